// From a name to where it is declared and to all places that mean the same, across files.
import type { DocumentHighlight, Location, Position } from "vscode-languageserver-types";
import { plainText, resolvePath } from "@sequitur/compiler/model";
import type { ProgramSymbol } from "@sequitur/compiler/model";
import { nodeAt } from "@sequitur/grammar";
import { documentOf, documentOfModule, locationIn, offsetAt, rangeOf } from "../document.ts";
import type { Document, EditorProject } from "../document.ts";
import { isSameSymbol, occurrenceAt, occurrencesIn } from "../occurrences.ts";
import type { Occurrence } from "../occurrences.ts";

/** Where the name at a position is declared, or the file whose path stands there; undefined: neither. */
export function definition(project: EditorProject, path: string, position: Position): Location | undefined {
  const document = documentOf(project, path);
  if (document === undefined) return undefined;
  const offset = offsetAt(document, position);
  const occurrence = occurrenceAt(document, offset);
  return occurrence === undefined ? namedFile(document, offset) : declarationOf(project, occurrence.symbol);
}

/** Undefined: it is declared in no file, as a variable that Configuration Manager sets. */
export function declarationOf(project: EditorProject, symbol: ProgramSymbol): Location | undefined {
  if (symbol.kind === "scriptAction" && symbol.action !== undefined) {
    return locationIn(project, symbol.action.at.file, symbol.action.at);
  }
  if (symbol.nameNode === undefined) return undefined;
  return locationIn(project, symbol.module.path, symbol.nameNode);
}

function namedFile({ project, parsed, path }: Document, offset: number): Location | undefined {
  const around = nodeAt(parsed.tree, offset);
  const literal = around.findLast((node) => node.kind === "string");
  const owner = around.findLast(
    ({ kind }) => kind === "importModule" || kind === "importNames" || kind === "scriptFile",
  );
  const written = literal?.kind === "string" ? plainText(literal) : undefined;
  if (owner === undefined || written === undefined) return undefined;
  return locationIn(project, resolvePath(path, written), { start: 0, end: 0 });
}

/** A file with the names in it that stand for one symbol. */
export interface FileOccurrences {
  readonly document: Document;
  readonly occurrences: readonly Occurrence[];
}

/** All places in all files; files without one are left out. Cost linear in the text of the project. */
export function occurrencesOf(project: EditorProject, symbol: ProgramSymbol): readonly FileOccurrences[] {
  const program = project.workspace.program();
  const found: FileOccurrences[] = [];
  for (const module of program.modules.values()) {
    // A name that is not in the text is not in the tree, and most files lack most names.
    if (!module.parsed.text.includes(symbol.name)) continue;
    const document = documentOfModule(project, program, module);
    const occurrences = occurrencesIn(document).filter((each) => isSameSymbol(each.symbol, symbol));
    if (occurrences.length > 0) found.push({ document, occurrences });
  }
  return found;
}

/** All places of the name at a position; empty where none stands. */
export function references(
  project: EditorProject,
  path: string,
  position: Position,
  includeDeclaration: boolean,
): Location[] {
  const document = documentOf(project, path);
  const at = document === undefined ? undefined : occurrenceAt(document, offsetAt(document, position));
  if (at === undefined) return [];
  return occurrencesOf(project, at.symbol).flatMap(({ document: file, occurrences }) =>
    occurrences
      .filter(({ role }) => includeDeclaration || role !== "declaration")
      .map((span) => ({ uri: project.uriOf(file.path), range: rangeOf(file, span) })),
  );
}

/** The places in the same file, by what is done there. */
export function highlights(project: EditorProject, path: string, position: Position): DocumentHighlight[] {
  const document = documentOf(project, path);
  const at = document === undefined ? undefined : occurrenceAt(document, offsetAt(document, position));
  if (document === undefined || at === undefined) return [];
  return occurrencesIn(document)
    .filter(({ symbol }) => isSameSymbol(symbol, at.symbol))
    .map((each) => ({ range: rangeOf(document, each), kind: each.role === "read" ? 2 : 3 }));
}
