// Parts of a file that can be folded, and the ranges that a selection grows by.
import { nodeAt, walk } from "@sequitur/grammar";
import type { Span } from "@sequitur/grammar";
import type { FoldingRange, Position, SelectionRange } from "vscode-languageserver-types";
import { documentOf, offsetAt, positionAt, rangeOf } from "../document.ts";
import type { EditorProject } from "../document.ts";

const foldable: ReadonlySet<string> = new Set([
  "sequence",
  "group",
  "if",
  "for",
  "step",
  "block",
  "record",
  "list",
  "string",
  "recordType",
  "test",
  "fn",
]);

/** Everything that takes more than one line; of several that start in the same line the longest. */
export function foldingRanges(project: EditorProject, path: string): FoldingRange[] {
  const document = documentOf(project, path);
  if (document === undefined) return [];
  const byLine = new Map<number, FoldingRange>();
  const add = (span: Span, kind?: "comment" | "imports"): void => {
    const startLine = positionAt(document, span.start).line;
    const endLine = positionAt(document, span.end).line;
    if (endLine <= startLine || (byLine.get(startLine)?.endLine ?? -1) >= endLine) return;
    byLine.set(startLine, { startLine, endLine, ...(kind === undefined ? {} : { kind }) });
  };
  walk(document.parsed.tree, (node) => {
    if (node.kind === "doc") add(node, "comment");
    else if (foldable.has(node.kind))
      add("doc" in node && node.doc !== undefined ? { ...node, start: behind(node.doc) } : node);
  });
  const imports = document.parsed.tree.declarations.filter(
    ({ kind }) => kind === "importModule" || kind === "importNames",
  );
  const [first] = imports;
  const last = imports.at(-1);
  if (first !== undefined && last !== undefined) add({ start: first.start, end: last.end }, "imports");
  for (const run of commentRuns(document.parsed.text)) add(run, "comment");
  return [...byLine.values()].sort((left, right) => left.startLine - right.startLine);

  function behind(doc: Span): number {
    const text = document?.parsed.text ?? "";
    let at = doc.end;
    while (at < text.length && /\s/.test(text.charAt(at))) at++;
    return at;
  }
}

/** Lines of `//` comments that follow each other, and comments of many lines. */
function* commentRuns(text: string): Iterable<Span> {
  const pattern = /^[ \t]*\/\/(?!\/)[^\n]*(?:\n[ \t]*\/\/(?!\/)[^\n]*)+|\/\*[\s\S]*?\*\//gm;
  for (const match of text.matchAll(pattern)) yield { start: match.index, end: match.index + match[0].length };
}

/** For each position the ranges around it, from the innermost out. */
export function selectionRanges(
  project: EditorProject,
  path: string,
  positions: readonly Position[],
): SelectionRange[] {
  const document = documentOf(project, path);
  if (document === undefined) return [];
  return positions.map((position) => {
    let range: SelectionRange | undefined;
    let before: Span | undefined;
    for (const node of nodeAt(document.parsed.tree, offsetAt(document, position))) {
      if (before !== undefined && before.start === node.start && before.end === node.end) continue;
      range = { range: rangeOf(document, node), ...(range === undefined ? {} : { parent: range }) };
      before = node;
    }
    return range ?? { range: { start: position, end: position } };
  });
}
