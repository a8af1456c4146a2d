// What the server says that it can do.
import type { ServerCapabilities } from "vscode-languageserver";
import { semanticLegend } from "../features/semantic-tokens.ts";

const sequences = { filters: [{ scheme: "file", pattern: { glob: "**/*.seq" } }] };

export const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
  completionProvider: { triggerCharacters: [".", '"', "/", "{", ":", " "] },
  hoverProvider: true,
  signatureHelpProvider: { triggerCharacters: ["(", ",", "{"] },
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  codeActionProvider: { codeActionKinds: ["quickfix", "refactor.rewrite", "refactor.extract", "source.fixAll"] },
  codeLensProvider: {},
  callHierarchyProvider: true,
  inlayHintProvider: true,
  documentFormattingProvider: true,
  renameProvider: { prepareProvider: true },
  documentLinkProvider: {},
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  semanticTokensProvider: { legend: semanticLegend, full: true, range: true },
  workspace: { fileOperations: { willRename: sequences } },
};
