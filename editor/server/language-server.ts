// The language server: the protocol on one side, the features on the other. Keeps nothing but which files are open and
// what has been published; everything else is the workspace's.
import { createConnection, ResponseError } from "vscode-languageserver/node.js";
import type { Connection, TextDocumentPositionParams } from "vscode-languageserver";
import { codeActions } from "../features/code-actions.ts";
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "../features/call-hierarchy.ts";
import { codeLenses } from "../features/code-lenses.ts";
import { completion } from "../features/completion.ts";
import { diagnosticsOf } from "../features/diagnostics.ts";
import { formatting } from "../features/formatting.ts";
import { hover } from "../features/hover.ts";
import { inlayHints } from "../features/inlay-hints.ts";
import { documentLinks } from "../features/links.ts";
import { foldingRanges, selectionRanges } from "../features/ranges.ts";
import { definition, highlights, references } from "../features/references.ts";
import { prepareRename, rename, renameFiles } from "../features/rename.ts";
import { semanticTokens } from "../features/semantic-tokens.ts";
import { signatureHelp } from "../features/signature-help.ts";
import { documentSymbols, workspaceSymbols } from "../features/symbols.ts";
import { capabilities } from "./capabilities.ts";
import { changeDocument, closeDocument, openDocument, Projects } from "./projects.ts";
import type { Disk, OpenProject, Place } from "./projects.ts";

/** Findings follow the last key by so many milliseconds: while somebody types on, those of a half word are of no use. */
const diagnosticsDelay = 80;
/** The protocol's code for a request that was understood and can't be done. */
const requestFailed = -32803;

/** Answers on the streams until the client ends the session, and ends the process then. `version` is what the server says. */
export function startLanguageServer(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  disk: Disk,
  version: string,
): void {
  const connection = createConnection(input, output);
  const projects = new Projects(disk);
  connection.onInitialize(() => ({ capabilities, serverInfo: { name: "sequitur", version } }));
  answerDocuments(connection, projects);
  answerReading(connection, projects);
  answerEditing(connection, projects, disk);
  connection.listen();
}

function answerDocuments(connection: Connection, projects: Projects): void {
  const publisher = createPublisher(connection);
  connection.onDidOpenTextDocument(({ textDocument: { uri, text, version } }) => {
    const place = projects.placeOf(uri);
    if (place === undefined) return;
    openDocument(place, uri, text, version);
    publisher.soon(place.project, "all");
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const place = projects.placeOf(uri);
    if (place === undefined) return;
    changeDocument(place, contentChanges, version);
    publisher.soon(place.project, "open");
  });
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    const place = projects.placeOf(uri);
    if (place === undefined) return;
    place.project.refresh();
    publisher.soon(place.project, "all");
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const place = projects.placeOf(uri);
    if (place === undefined) return;
    closeDocument(place);
    publisher.soon(place.project, "all");
  });
  connection.onDidChangeWatchedFiles(() => {
    for (const project of projects.all()) {
      project.refresh();
      publisher.soon(project, "all");
    }
  });
  connection.onExit(() => publisher.stop());
}

interface Publisher {
  /** Publishes the findings about the open files, or about all, after a short while without another call. */
  soon(project: OpenProject, files: "open" | "all"): void;
  stop(): void;
}

function createPublisher(connection: Connection): Publisher {
  const waiting = new Map<OpenProject, { files: "open" | "all"; timer: NodeJS.Timeout }>();
  const published = new Set<string>();
  const publish = (project: OpenProject, files: "open" | "all"): void => {
    const paths = files === "open" ? [...project.open.keys()] : [...project.workspace.program().modules.keys()];
    for (const path of paths) {
      const uri = project.uriOf(path);
      const diagnostics = diagnosticsOf(project, path);
      const version = project.workspace.document(path)?.version;
      // A file that is not open and has nothing, nor had anything, need not be spoken of.
      if (version === undefined && diagnostics.length === 0 && !published.has(uri)) continue;
      if (diagnostics.length === 0) published.delete(uri);
      else published.add(uri);
      void connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
    }
  };
  return {
    soon(project, files) {
      const before = waiting.get(project);
      if (before !== undefined) clearTimeout(before.timer);
      const wanted = before?.files === "all" ? "all" : files;
      const timer = setTimeout(() => {
        waiting.delete(project);
        publish(project, wanted);
      }, diagnosticsDelay);
      waiting.set(project, { files: wanted, timer });
    },
    stop() {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

/** What only looks. */
function answerReading(connection: Connection, projects: Projects): void {
  const at = <T>(uri: string, find: (place: Place) => T): T | undefined => {
    const place = projects.placeOf(uri);
    return place === undefined ? undefined : find(place);
  };
  const atPosition = <T>(
    { textDocument, position }: TextDocumentPositionParams,
    find: (project: OpenProject, path: string, position: TextDocumentPositionParams["position"]) => T,
  ): T | undefined => at(textDocument.uri, ({ project, path }) => find(project, path, position));

  connection.onCompletion((params) => atPosition(params, completion) ?? []);
  connection.onHover((params) => atPosition(params, hover) ?? null);
  connection.onSignatureHelp((params) => atPosition(params, signatureHelp) ?? null);
  connection.onDefinition((params) => atPosition(params, definition) ?? null);
  connection.onDocumentHighlight((params) => atPosition(params, highlights) ?? []);
  connection.onReferences(({ context, ...params }) => {
    const found = atPosition(params, (project, path, position) =>
      references(project, path, position, context.includeDeclaration),
    );
    return found ?? [];
  });
  connection.onDocumentSymbol(
    ({ textDocument: { uri } }) => at(uri, (place) => documentSymbols(place.project, place.path)) ?? [],
  );
  connection.onWorkspaceSymbol(({ query }) =>
    [...projects.all()].flatMap((project) => workspaceSymbols(project, query)),
  );
  connection.onDocumentLinks(
    ({ textDocument: { uri } }) => at(uri, (place) => documentLinks(place.project, place.path)) ?? [],
  );
  connection.onFoldingRanges(
    ({ textDocument: { uri } }) => at(uri, (place) => foldingRanges(place.project, place.path)) ?? [],
  );
  connection.onSelectionRanges(
    ({ textDocument: { uri }, positions }) =>
      at(uri, (place) => selectionRanges(place.project, place.path, positions)) ?? [],
  );
  connection.onCodeLens(({ textDocument: { uri } }) => at(uri, (place) => codeLenses(place.project, place.path)) ?? []);
  connection.languages.inlayHint.on(
    ({ textDocument: { uri }, range }) => at(uri, (place) => inlayHints(place.project, place.path, range)) ?? [],
  );
  connection.languages.callHierarchy.onPrepare((params) => atPosition(params, prepareCallHierarchy) ?? []);
  connection.languages.callHierarchy.onIncomingCalls(
    ({ item: { uri, selectionRange } }) =>
      at(uri, ({ project, path }) => incomingCalls(project, path, selectionRange.start)) ?? [],
  );
  connection.languages.callHierarchy.onOutgoingCalls(
    ({ item: { uri, selectionRange } }) =>
      at(uri, ({ project, path }) => outgoingCalls(project, path, selectionRange.start)) ?? [],
  );
  connection.languages.semanticTokens.on(({ textDocument: { uri } }) => ({
    data: at(uri, (place) => semanticTokens(place.project, place.path)) ?? [],
  }));
  connection.languages.semanticTokens.onRange(({ textDocument: { uri }, range }) => ({
    data: at(uri, (place) => semanticTokens(place.project, place.path, range)) ?? [],
  }));
}

/** What gives edits. */
function answerEditing(connection: Connection, projects: Projects, disk: Disk): void {
  connection.onCodeAction(({ textDocument, range, context }) => {
    const place = projects.placeOf(textDocument.uri);
    if (place === undefined) return [];
    const found = codeActions(place.project, place.path, range);
    const { only } = context;
    if (only === undefined) return found;
    return found.filter(({ kind }) => only.some((each) => kind === each || kind?.startsWith(`${each}.`) === true));
  });
  connection.onDocumentFormatting(({ textDocument }) => {
    const place = projects.placeOf(textDocument.uri);
    return place === undefined ? [] : formatting(place.project, place.path);
  });
  connection.onPrepareRename(({ textDocument, position }) => {
    const place = projects.placeOf(textDocument.uri);
    if (place === undefined) return null;
    const found = prepareRename(place.project, place.path, position);
    if (found.kind === "refused") return new ResponseError(requestFailed, found.why);
    return { range: found.range, placeholder: found.placeholder };
  });
  connection.onRenameRequest(({ textDocument, position, newName }) => {
    const place = projects.placeOf(textDocument.uri);
    if (place === undefined) return null;
    const renamed = rename(place.project, place.path, position, newName);
    return renamed.kind === "refused" ? new ResponseError(requestFailed, renamed.why) : renamed.edit;
  });
  connection.workspace.onWillRenameFiles(({ files }) => {
    const changes: NonNullable<ReturnType<typeof renameFiles>["changes"]> = {};
    for (const project of projects.all()) {
      const moves = files.flatMap(({ oldUri, newUri }) => {
        const from = disk.pathOf(oldUri);
        const to = disk.pathOf(newUri);
        if (from === undefined || to === undefined) return [];
        return [{ from: disk.within(project.root, from), to: disk.within(project.root, to) }];
      });
      Object.assign(changes, renameFiles(project, moves).changes);
    }
    return { changes };
  });
}
