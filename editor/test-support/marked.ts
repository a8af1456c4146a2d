// Projects in memory for tests: texts in which `|` marks the cursor, and places of answers shown in the text again.
import { memoryHost, Workspace } from "@sequitur/compiler";
import type { Position, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { documentOf, offsetAt, positionAt } from "../document.ts";
import type { EditorProject } from "../document.ts";

export interface MarkedProject extends EditorProject {
  readonly path: string;
  readonly position: Position;
  readonly files: { readonly [path: string]: string };
}

/** A project of these files; `main` becomes main.seq, and its only `¦` is where the cursor is. */
export function marked(main: string, others: { readonly [path: string]: string } = {}): MarkedProject {
  const cursor = main.indexOf("¦");
  const files = { ...others, "main.seq": main.replace("¦", "") };
  const host = memoryHost(files);
  const workspace = new Workspace(host);
  workspace.include(Object.keys(files).filter((path) => path.endsWith(".seq")));
  workspace.open("main.seq", files["main.seq"]);
  const project = { workspace, host, uriOf: (path: string) => path };
  const document = documentOf(project, "main.seq");
  if (document === undefined) throw new Error("main.seq is not checked");
  const position = positionAt(document, cursor < 0 ? 0 : cursor);
  return { ...project, path: "main.seq", position, files };
}

/** The text of a file after edits. */
export function edited(project: EditorProject, path: string, edits: readonly TextEdit[]): string {
  const document = documentOf(project, path);
  if (document === undefined) throw new Error(`${path} is not checked`);
  const { text } = document.parsed;
  const places = edits.map(({ range, newText }) => ({
    start: offsetAt(document, range.start),
    end: offsetAt(document, range.end),
    newText,
  }));
  return places
    .sort((left, right) => right.start - left.start)
    .reduce((now, { start, end, newText }) => now.slice(0, start) + newText + now.slice(end), text);
}

/** The texts of all files that an edit touches. */
export function editedFiles(project: EditorProject, edit: WorkspaceEdit | undefined): { [path: string]: string } {
  const changed = Object.entries(edit?.changes ?? {});
  return Object.fromEntries(changed.map(([path, edits]) => [path, edited(project, path, edits)]));
}
