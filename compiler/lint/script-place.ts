// Where a place of a script's text stands in the source: scripts of several lines lose their indentation on the way.
import type { Span, StringLiteral } from "@sequitur/grammar";
import type { Module } from "../model/module.ts";

/** Lines and columns count from 1, columns in UTF-16 units. */
export interface ScriptPosition {
  readonly line: number;
  readonly column: number;
}

/** The place in the source; the line, or the whole literal, where escapes keep it from being told more exactly. */
export function scriptPlace(module: Module, literal: StringLiteral, from: ScriptPosition, to: ScriptPosition): Span {
  const { text } = module.parsed;
  const [part] = literal.parts;
  if (part?.kind !== "stringText") return literal;
  if (literal.form === "multiline" || literal.form === "multilineRaw") {
    const start = offsetIn(text, literal, from);
    const end = offsetIn(text, literal, to);
    return start === undefined || end === undefined || end < start ? literal : { start, end };
  }
  // On one line; an escape or a doubled quote moves what is behind it.
  if (part.end - part.start !== part.value.length) return literal;
  return { start: part.start + from.column - 1, end: Math.min(part.start + to.column - 1, part.end) };
}

/** The content begins on the line behind the opening quotes; the closing ones stand where its left edge is. */
function offsetIn(text: string, literal: StringLiteral, { line, column }: ScriptPosition): number | undefined {
  const lastLine = text.lastIndexOf("\n", literal.end - 1) + 1;
  const edge = /^[ \t]*/.exec(text.slice(lastLine, literal.end))?.[0].length ?? 0;
  let start = literal.start;
  for (let count = 0; count < line; count++) {
    start = text.indexOf("\n", start) + 1;
    if (start === 0 || start > literal.end) return undefined;
  }
  const newline = text.indexOf("\n", start);
  return Math.min(start + edge + column - 1, newline < 0 ? literal.end : newline);
}
