// A file as an editor sees it: its tree and the program around it, and the way between offsets and the protocol's
// positions, which count lines and UTF-16 units from 0.
import { lineMap, nodeAt } from "@sequitur/grammar";
import type { Expression, LineMap, Node, ParsedFile, Span } from "@sequitur/grammar";
import type { CompilerHost, Workspace } from "@sequitur/compiler";
import type { CheckedProgram, Module } from "@sequitur/compiler/model";
import type { Location, Position, Range } from "vscode-languageserver-types";

/** Files that are checked together, and how the editor names them. */
export interface EditorProject {
  readonly workspace: Workspace;
  /** The same files as the workspace's; paths are relative to the project. */
  readonly host: CompilerHost;
  uriOf(this: void, path: string): string;
}

/** A file of a project. Holds until the next edit. */
export interface Document {
  readonly project: EditorProject;
  readonly path: string;
  readonly parsed: ParsedFile;
  readonly module: Module;
  readonly program: CheckedProgram;
  readonly lines: LineMap;
}

const lineMaps = new WeakMap<ParsedFile, LineMap>();

/** Undefined: the project checks no such file. */
export function documentOf(project: EditorProject, path: string): Document | undefined {
  const program = project.workspace.program();
  const module = program.modules.get(path);
  return module === undefined ? undefined : documentOfModule(project, program, module);
}

export function documentOfModule(project: EditorProject, program: CheckedProgram, module: Module): Document {
  const { parsed, path } = module;
  return { project, path, parsed, module, program, lines: linesOf(parsed) };
}

function linesOf(parsed: ParsedFile): LineMap {
  const known = lineMaps.get(parsed);
  if (known !== undefined) return known;
  const lines = lineMap(parsed.text);
  lineMaps.set(parsed, lines);
  return lines;
}

/** A position outside of the text is taken to the nearest place inside. */
export function offsetAt({ lines }: Pick<Document, "lines">, position: Position): number {
  return lines.offsetAt({ line: position.line + 1, column: position.character + 1 });
}

export function positionAt({ lines }: Pick<Document, "lines">, offset: number): Position {
  const { line, column } = lines.positionAt(offset);
  return { line: line - 1, character: column - 1 };
}

export function rangeOf(document: Pick<Document, "lines">, span: Span): Range {
  return { start: positionAt(document, span.start), end: positionAt(document, span.end) };
}

/** A place in any file that the project knows; undefined: it has no text. */
export function locationIn(project: EditorProject, path: string, span: Span): Location | undefined {
  const document = documentOf(project, path);
  if (document !== undefined) return { uri: project.uriOf(path), range: rangeOf(document, span) };
  const answer = project.host.readText(path);
  if (answer.kind !== "text") return undefined;
  return { uri: project.uriOf(path), range: rangeOf({ lines: lineMap(answer.text) }, span) };
}

/**
 * The nodes around an offset, the outermost first. Behind something that is not whole yet there are blanks alone, which belong
 * to nothing: there it is what stands in front of them.
 */
export function nodesAround({ parsed }: Pick<Document, "parsed">, offset: number): readonly Node[] {
  const around = nodeAt(parsed.tree, offset);
  if (around.length > 1) return around;
  let end = offset;
  while (/\s/.test(parsed.text.charAt(end - 1))) end--;
  return nodeAt(parsed.tree, end);
}

/** The path that a node names a file or folder by, as it is written; undefined where it names none. */
export function pathLiteralOf(node: Node): Expression | undefined {
  switch (node.kind) {
    case "importModule":
    case "importNames":
    case "content":
      return node.source;
    case "scriptFile":
      return node.path;
    default:
      return undefined;
  }
}
