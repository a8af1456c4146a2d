// What an editor can ask about sequences: one pure function each, over a project whose files come in through a host. Runs in
// a browser too; the protocol is server/'s.
export { documentOf } from "./document.ts";
export type { Document, EditorProject } from "./document.ts";
export { incomingCalls, outgoingCalls, prepareCallHierarchy } from "./features/call-hierarchy.ts";
export { codeActions } from "./features/code-actions.ts";
export { codeLenses } from "./features/code-lenses.ts";
export { completion } from "./features/completion.ts";
export { diagnosticsOf } from "./features/diagnostics.ts";
export { formatting } from "./features/formatting.ts";
export { hover } from "./features/hover.ts";
export { inlayHints } from "./features/inlay-hints.ts";
export { documentLinks } from "./features/links.ts";
export { foldingRanges, selectionRanges } from "./features/ranges.ts";
export { definition, highlights, references } from "./features/references.ts";
export { prepareRename, rename, renameFiles } from "./features/rename.ts";
export type { Renamable, Renamed } from "./features/rename.ts";
export { semanticLegend, semanticTokens } from "./features/semantic-tokens.ts";
export { signatureHelp } from "./features/signature-help.ts";
export { documentSymbols, workspaceSymbols } from "./features/symbols.ts";
