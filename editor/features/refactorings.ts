// What an editor of task sequences has buttons for, as edits of the text: move a step, disable it, go on after its errors,
// put steps into a group. Works on whole lines, so comments above a step go with it.
import { nodeAt } from "@sequitur/grammar";
import type { Block, Group, Node, SequenceDeclaration, Span, Statement, Step } from "@sequitur/grammar";
import type { CodeAction, TextEdit } from "vscode-languageserver-types";
import { rangeOf } from "../document.ts";
import type { Document } from "../document.ts";
import { extractScript, extractSequence } from "./extractions.ts";

/** Refactorings of what is selected; empty where nothing can be done. */
export function refactorings(document: Document, start: number, end: number): CodeAction[] {
  const { text } = document.parsed;
  const isChosen = (each: Statement): boolean => each.start <= end && start <= each.end;
  const lists = nodeAt(document.parsed.tree, start).filter((node) => node.kind === "block" || node.kind === "sequence");
  const statements = lists.map(statementsOf).findLast((each) => each.some(isChosen)) ?? [];
  const chosen = statements.filter(isChosen);
  const [first] = chosen;
  const last = chosen.at(-1);
  if (first === undefined || last === undefined) return [];
  const lines = statements.map((each) => wholeLines(text, each));
  const from = statements.indexOf(first);
  const to = statements.indexOf(last);
  const action = (title: string, kind: string, edits: TextEdit[]): CodeAction => ({
    title,
    kind,
    edit: { changes: { [document.project.uriOf(document.path)]: edits } },
  });
  const found: CodeAction[] = [];
  const what = chosen.length > 1 ? "these steps" : `this ${first.kind === "group" ? "group" : "step"}`;
  const own = joined(lines[from], lines[to]);
  if (own === undefined) return clauseActions(document, chosen, action);
  const before = lines[from - 1];
  const after = lines[to + 1];
  if (before !== undefined && before.end <= own.start) {
    found.push(action(`Move ${what} up`, "refactor.rewrite", swap(document, before, own)));
  }
  if (after !== undefined && own.end <= after.start) {
    found.push(action(`Move ${what} down`, "refactor.rewrite", swap(document, own, after)));
  }
  found.push(action(`Wrap ${what} in a group`, "refactor.rewrite", wrap(document, own)));
  const extracted = extractSequence(document, own, chosen);
  if (extracted !== undefined) found.push(extracted);
  return [...found, ...clauseActions(document, chosen, action)];
}

function statementsOf(list: Block | SequenceDeclaration): readonly Statement[] {
  const members: readonly Node[] = list.kind === "block" ? list.statements : list.members;
  return members.filter(
    (node) => node.kind === "step" || node.kind === "group" || node.kind === "if" || node.kind === "for",
  );
}

/** The lines of a statement with the comments right above it, without the last line break; undefined: it shares a line. */
function wholeLines(text: string, { start, end }: Span): Span | undefined {
  let lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", end);
  const lineEnd = newline < 0 ? text.length : newline;
  if (!/^[ \t]*$/.test(text.slice(lineStart, start)) || !/^[ \t\r]*(?:\/\/.*)?$/.test(text.slice(end, lineEnd))) {
    return undefined;
  }
  while (lineStart > 0) {
    const above = text.lastIndexOf("\n", lineStart - 2) + 1;
    if (!/^[ \t]*\/\//.test(text.slice(above, lineStart))) break;
    lineStart = above;
  }
  return { start: lineStart, end: text.charAt(lineEnd - 1) === "\r" ? lineEnd - 1 : lineEnd };
}

function joined(first: Span | undefined, last: Span | undefined): Span | undefined {
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

/** Exchanges two stretches; what stands between them stays. */
function swap(document: Document, first: Span, second: Span): TextEdit[] {
  const { text } = document.parsed;
  return [
    { range: rangeOf(document, first), newText: text.slice(second.start, second.end) },
    { range: rangeOf(document, second), newText: text.slice(first.start, first.end) },
  ];
}

/** Every line goes two blanks further in, those of texts too: their indentation is taken from their last line. */
function wrap(document: Document, span: Span): TextEdit[] {
  const body = document.parsed.text.slice(span.start, span.end);
  const lineEnd = body.includes("\r\n") ? "\r\n" : "\n";
  const indent = /^[ \t]*/.exec(body)?.[0] ?? "";
  const inner = body
    .split(lineEnd)
    .map((line) => (line === "" ? line : `  ${line}`))
    .join(lineEnd);
  const newText = `${indent}group "New group" {${lineEnd}${inner}${lineEnd}${indent}}`;
  return [{ range: rangeOf(document, span), newText }];
}

function clauseActions(
  document: Document,
  chosen: readonly Statement[],
  action: (title: string, kind: string, edits: TextEdit[]) => CodeAction,
): CodeAction[] {
  const steps = chosen.filter((each) => each.kind === "step" || each.kind === "group");
  const [only] = steps;
  if (only === undefined || chosen.length !== 1) return [];
  const what = only.kind;
  const found: CodeAction[] = [];
  const script =
    only.kind === "step" && only.action.kind === "script" ? extractScript(document, only.action) : undefined;
  if (script !== undefined) found.push(script);
  const disabled = only.clauses.find(({ kind }) => kind === "disabled");
  if (disabled === undefined) {
    found.push(action(`Disable this ${what}`, "refactor.rewrite", [addClause(document, only, "disabled")]));
  } else {
    found.push(action(`Enable this ${what}`, "refactor.rewrite", [removal(document, disabled)]));
  }
  if (only.clauses.every(({ kind }) => kind !== "continueOnError")) {
    const edit = addClause(document, only, "continue on error");
    found.push(action(`Go on when this ${what} fails`, "refactor.rewrite", [edit]));
  }
  return found;
}

function addClause(document: Document, node: Step | Group, clause: string): TextEdit {
  const before = node.clauses.at(-1) ?? (node.kind === "step" ? node.action : (node.title ?? node.label));
  const at = before === undefined ? document.parsed.text.indexOf("group", node.start) + "group".length : before.end;
  return { range: rangeOf(document, { start: at, end: at }), newText: ` ${clause}` };
}

/** With the blanks in front of it. */
function removal(document: Document, { start, end }: Span): TextEdit {
  let from = start;
  while (/\s/.test(document.parsed.text.charAt(from - 1))) from--;
  return { range: rangeOf(document, { start: from, end }), newText: "" };
}
