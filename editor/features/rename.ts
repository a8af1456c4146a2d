// Renames what is declared in the project, in every file, and paths of imports when a file moves. Refuses what would
// change the meaning of something else.
import { reservedWords, walk } from "@sequitur/grammar";
import { plainText, plainTextSpan, resolvePath } from "@sequitur/compiler/model";
import type { ProgramSymbol } from "@sequitur/compiler/model";
import type { Position, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { documentOf, documentOfModule, offsetAt, pathLiteralOf, rangeOf } from "../document.ts";
import type { EditorProject } from "../document.ts";
import { occurrenceAt, occurrencesIn } from "../occurrences.ts";
import { occurrencesOf } from "./references.ts";

/** `why` is a sentence for the person who asked. */
export type Renamed =
  { readonly kind: "edit"; readonly edit: WorkspaceEdit } | { readonly kind: "refused"; readonly why: string };

export type Renamable =
  | { readonly kind: "name"; readonly range: Range; readonly placeholder: string }
  | { readonly kind: "refused"; readonly why: string };

const reserved: ReadonlySet<string> = new Set(Object.values(reservedWords).flat());

/** Can the name at a position be renamed? */
export function prepareRename(project: EditorProject, path: string, position: Position): Renamable {
  const document = documentOf(project, path);
  const at = document === undefined ? undefined : occurrenceAt(document, offsetAt(document, position));
  if (document === undefined || at === undefined) {
    return { kind: "refused", why: "There is no name here that your files declare." };
  }
  const why = whyFixed(at.symbol);
  if (why !== undefined) return { kind: "refused", why };
  return { kind: "name", range: rangeOf(document, at), placeholder: at.symbol.name };
}

function whyFixed(symbol: ProgramSymbol): string | undefined {
  if (symbol.nameNode === undefined) return `${symbol.name} is declared by another system, so it keeps its name.`;
  if (symbol.kind === "scriptAction") return `${symbol.name} is exported by a TypeScript file: rename it there.`;
  return undefined;
}

export function rename(project: EditorProject, path: string, position: Position, wanted: string): Renamed {
  const prepared = prepareRename(project, path, position);
  if (prepared.kind === "refused") return prepared;
  const document = documentOf(project, path);
  const at = document === undefined ? undefined : occurrenceAt(document, offsetAt(document, position));
  if (at === undefined) return { kind: "refused", why: "There is no name here." };
  const name = wanted.replace(/^`(.*)`$/s, "$1");
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return { kind: "refused", why: `"${wanted}" is no name: letters, digits and _, with no digit in front.` };
  }
  const taken = whyTaken(project, at.symbol, name);
  if (taken !== undefined) return { kind: "refused", why: taken };
  const newText = reserved.has(name) ? `\`${name}\`` : name;
  const changes: { [uri: string]: TextEdit[] } = {};
  for (const { document: file, occurrences } of occurrencesOf(project, at.symbol)) {
    changes[project.uriOf(file.path)] = occurrences.map((span) => ({ range: rangeOf(file, span), newText }));
  }
  return { kind: "edit", edit: { changes } };
}

/** In every file that names the symbol, nothing else may have the new name: it could be meant from then on. */
function whyTaken(project: EditorProject, symbol: ProgramSymbol, name: string): string | undefined {
  if (name === symbol.name) return undefined;
  for (const { document } of occurrencesOf(project, symbol)) {
    const { module } = document;
    const other = module.scope.has(name) || occurrencesIn(document).some((each) => each.symbol.name === name);
    if (other) return `${document.path} has something else with the name ${name}.`;
  }
  return undefined;
}

/** What imports and paths of scripts say when files are moved; paths are relative to the project. */
export function renameFiles(
  project: EditorProject,
  moves: readonly { readonly from: string; readonly to: string }[],
): WorkspaceEdit {
  const program = project.workspace.program();
  const target = (path: string): string => {
    for (const { from, to } of moves) {
      if (path === from) return to;
      if (path.startsWith(`${from}/`)) return to + path.slice(from.length);
    }
    return path;
  };
  const changes: { [uri: string]: TextEdit[] } = {};
  for (const module of program.modules.values()) {
    const document = documentOfModule(project, program, module);
    const edits: TextEdit[] = [];
    walk(module.parsed.tree, (node) => {
      if (node.kind === "sequence" && !module.parsed.text.includes("file(")) return false;
      const literal = pathLiteralOf(node);
      if (literal?.kind !== "string") return undefined;
      const written = plainText(literal);
      if (written === undefined || !written.startsWith(".")) return undefined;
      const before = resolvePath(module.path, written);
      const after = target(before);
      const isMoved = target(module.path) !== module.path;
      if (after === before && !isMoved) return undefined;
      const newText = relativePath(target(module.path), after);
      if (newText !== written) edits.push({ range: rangeOf(document, plainTextSpan(literal)), newText });
      return undefined;
    });
    if (edits.length > 0) changes[project.uriOf(module.path)] = edits;
  }
  return { changes };
}

/** As an import in `fromFile` writes the path. */
export function relativePath(fromFile: string, to: string): string {
  const from = fromFile.split("/").slice(0, -1);
  const parts = to.split("/");
  let same = 0;
  while (same < from.length && same < parts.length - 1 && from[same] === parts[same]) same++;
  const up = from.length - same;
  return `${up === 0 ? "./" : "../".repeat(up)}${parts.slice(same).join("/")}`;
}
