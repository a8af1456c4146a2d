// What the text does not say and is known: names of parameters in calls, and values that are computed before the run.
import { walk } from "@sequitur/grammar";
import type { Expression, Node } from "@sequitur/grammar";
import type { InlayHint, Range } from "vscode-languageserver-types";
import { functionSignature, valueOf } from "../describe.ts";
import { documentOf, offsetAt, positionAt } from "../document.ts";
import type { Document, EditorProject } from "../document.ts";

/** Longer values are shown by hovers alone. */
const longestValue = 60;

/** Hints within a range, by place. */
export function inlayHints(project: EditorProject, path: string, range: Range): InlayHint[] {
  const document = documentOf(project, path);
  if (document === undefined) return [];
  const start = offsetAt(document, range.start);
  const end = offsetAt(document, range.end);
  const hints: InlayHint[] = [];
  walk(document.parsed.tree, (node) => {
    if (node.end < start || node.start > end) return false;
    if (node.kind === "const") noteValue(node.value, document, hints);
    if (node.kind === "invocation") noteParameters(node, document, hints);
    return true;
  });
  return hints;
}

/** A literal says its value itself. */
function noteValue(value: Expression, document: Document, hints: InlayHint[]): void {
  if (isPlain(value)) return;
  const text = valueOf(value, document.program);
  if (text === undefined || text.length > longestValue) return;
  if (text === document.parsed.text.slice(value.start, value.end)) return;
  hints.push({ position: positionAt(document, value.end), label: `= ${text}`, paddingLeft: true });
}

function isPlain(value: Expression): boolean {
  switch (value.kind) {
    case "string":
      return value.parts.every(({ kind }) => kind === "stringText");
    case "number":
    case "boolean":
    case "missing":
      return true;
    case "list":
      return value.items.every(isPlain);
    case "record":
      return value.fields.every((field) => isPlain(field.value));
    default:
      return false;
  }
}

/** One parameter says nothing that the function's name does not. */
function noteParameters(node: Extract<Node, { kind: "invocation" }>, document: Document, hints: InlayHint[]): void {
  const resolution = document.program.resolutions.get(node);
  const names =
    resolution?.kind === "function"
      ? functionSignature(resolution.function).parameters.map(({ label }) => label.split(":")[0])
      : resolution?.kind === "fn"
        ? resolution.symbol.node.parameters.map(({ name }) => (name.kind === "name" ? name.text : undefined))
        : [];
  if (names.length < 2) return;
  for (const [index, argument] of node.arguments.entries()) {
    const name = names[index];
    const isSaid = argument.kind === "reference" && argument.name.text === name;
    if (name === undefined || isSaid || argument.kind === "missing") continue;
    hints.push({ position: positionAt(document, argument.start), label: `${name}:`, kind: 2, paddingRight: true });
  }
}
