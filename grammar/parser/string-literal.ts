// From the pieces of a string token to its value: escapes resolved, indentation and the fences' newlines taken off, line
// breaks always \n. What is wrong with a piece is reported at the very characters.
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import type { ReportAt } from "../lexer/lexer.ts";
import { fenceLength, lineEndAt } from "../lexer/multiline.ts";
import type { Interpolation, StringForm, StringLiteral, StringText } from "../syntax/tree.ts";

/** The texts between the interpolations of one string: `bounds` holds start and end of each, fences not yet taken off. */
export interface StringPieces {
  readonly start: number;
  readonly end: number;
  readonly bounds: readonly number[];
  readonly interpolations: readonly Interpolation[];
}

/** Builds the node of a string without interpolations. */
export function stringToken(text: string, start: number, end: number, report: ReportAt): StringLiteral {
  const plain = plainLiteral(text, start, end);
  return plain ?? stringLiteral(text, { start, end, bounds: [start, end], interpolations: [] }, report);
}

/** Builds the node of a string from its pieces. */
export function stringLiteral(text: string, pieces: StringPieces, report: ReportAt): StringLiteral {
  const { start, end } = pieces;
  const shape = shapeOf(text, start, end);
  const parts: (StringText | Interpolation)[] = [];
  const last = pieces.bounds.length - 2;
  const wrongLines: number[] = [];
  for (let index = 0; index <= last; index += 2) {
    const from = index === 0 ? shape.bodyStart : (pieces.bounds[index] ?? start);
    const to = index === last ? shape.bodyEnd : (pieces.bounds[index + 1] ?? end);
    if (to > from) {
      const value = shape.multiline
        ? multilineText(text, from, to, shape, report, wrongLines)
        : onelineText(text, from, to, shape, report);
      if (value !== "") parts.push({ kind: "stringText", start: from, end: to, value });
    }
    const interpolation = pieces.interpolations[index >> 1];
    if (interpolation !== undefined) parts.push(interpolation);
  }
  if (wrongLines.length > 0) reportWrongLines(text, wrongLines, shape.indentation, report);
  return { kind: "string", start, end, form: shape.form, parts };
}

/** `"text"` without anything to resolve, which is what most strings are; undefined for others. */
function plainLiteral(text: string, start: number, end: number): StringLiteral | undefined {
  if (end - start < 3 || text.charCodeAt(start) !== 34 || text.charCodeAt(end - 1) !== 34) return undefined;
  if (text.charCodeAt(start + 1) === 34) return undefined;
  const value = text.slice(start + 1, end - 1);
  if (value.includes("\\")) return undefined;
  const part: StringText = { kind: "stringText", start: start + 1, end: end - 1, value };
  return { kind: "string", start, end, form: "interpolated", parts: [part] };
}

interface StringShape {
  readonly form: StringForm;
  readonly multiline: boolean;
  readonly raw: boolean;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly indentation: string;
}

function shapeOf(text: string, start: number, end: number): StringShape {
  const code = text.charCodeAt(start);
  const raw = code === 39;
  // Curly quotes: what stands between them is taken as it is.
  if (code > 127)
    return { form: "raw", multiline: false, raw: true, bodyStart: start + 1, bodyEnd: end - 1, indentation: "" };
  const fence = Math.min(fenceLength(text, start, code), end - start);
  if (fence < 3) {
    const closed =
      fence === 2 || (end - start >= 2 && text.charCodeAt(end - 1) === code && !isEscaped(text, start, end - 1, raw));
    const bodyEnd = closed ? end - 1 : end;
    return {
      form: raw ? "raw" : "interpolated",
      multiline: false,
      raw,
      bodyStart: start + 1,
      bodyEnd: Math.max(bodyEnd, start + 1),
      indentation: "",
    };
  }
  const newline = text.indexOf("\n", start);
  if (newline < 0 || newline >= end || text.slice(start + fence, newline).trim() !== "") {
    return misplacedShape(text, start, end, fence, raw);
  }
  const lastLine = text.lastIndexOf("\n", end - 1) + 1;
  const closed =
    end - fence >= lastLine && text.slice(lastLine, end - fence).trim() === "" && isFence(text, end - fence, end, code);
  const bodyEnd = closed ? lastLine - (text.charCodeAt(lastLine - 2) === 13 ? 2 : 1) : end;
  return {
    form: raw ? "multilineRaw" : "multiline",
    multiline: true,
    raw,
    bodyStart: newline + 1,
    bodyEnd,
    indentation: closed ? text.slice(lastLine, end - fence) : "",
  };
}

function misplacedShape(text: string, start: number, end: number, fence: number, raw: boolean): StringShape {
  let bodyEnd = end;
  while (bodyEnd > start + fence && text.charCodeAt(bodyEnd - 1) === text.charCodeAt(start)) bodyEnd--;
  const form = raw ? "raw" : "interpolated";
  return { form, multiline: false, raw: true, bodyStart: start + fence, bodyEnd, indentation: "" };
}

function isFence(text: string, start: number, end: number, code: number): boolean {
  return fenceLength(text, start, code) >= end - start;
}

/** Whether the quote at `index` is taken by what stands before it, so that it closes nothing. */
function isEscaped(text: string, start: number, index: number, raw: boolean): boolean {
  let count = 0;
  const mark = raw ? 39 : 92;
  while (index - count - 1 > start && text.charCodeAt(index - count - 1) === mark) count++;
  return count % 2 === 1;
}

function onelineText(text: string, from: number, to: number, shape: StringShape, report: ReportAt): string {
  if (shape.raw) {
    const value = text.slice(from, to);
    return value.includes("''") ? value.replaceAll("''", "'") : value;
  }
  return unescape(text, from, to, report);
}

function multilineText(
  text: string,
  from: number,
  to: number,
  shape: StringShape,
  report: ReportAt,
  wrongLines: number[],
): string {
  let value = "";
  let position = from;
  for (;;) {
    const newline = text.indexOf("\n", position);
    const isLast = newline < 0 || newline >= to;
    const lineEnd = isLast ? to : text.charCodeAt(newline - 1) === 13 && newline > position ? newline - 1 : newline;
    let start = position;
    if (position === shape.bodyStart || text.charCodeAt(position - 1) === 10) {
      start = dedent(text, position, lineEnd, shape.indentation, wrongLines);
    }
    value += shape.raw ? text.slice(start, lineEnd) : unescape(text, start, lineEnd, report);
    if (isLast) return value;
    value += "\n";
    position = newline + 1;
  }
}

/** Where a line's own text starts. */
function dedent(text: string, lineStart: number, lineEnd: number, indentation: string, wrongLines: number[]): number {
  if (text.startsWith(indentation, lineStart)) return Math.min(lineStart + indentation.length, lineEnd);
  let start = lineStart;
  while (start < lineEnd && (text.charCodeAt(start) === 32 || text.charCodeAt(start) === 9)) start++;
  if (start !== lineEndAt(text, lineStart)) wrongLines.push(lineStart, start);
  return start;
}

function reportWrongLines(text: string, wrongLines: readonly number[], indentation: string, report: ReportAt): void {
  const edits = [];
  for (let index = 0; index < wrongLines.length; index += 2) {
    edits.push({ start: wrongLines[index] ?? 0, end: wrongLines[index + 1] ?? 0, text: indentation });
  }
  const [first, ...others] = edits;
  if (first === undefined) return;
  // The span is the text of the line, since there may be no blanks to point at.
  const fix = {
    title: "Indent as the closing quotes are",
    text: indentation,
    safe: false,
    start: first.start,
    end: first.end,
  };
  report(syntaxDiagnostics.SEQ1005, first.end, lineEndAt(text, first.end), {}, { ...fix, others });
}

const simpleEscapes: ReadonlyMap<number, string> = new Map([
  [92, "\\"],
  [34, '"'],
  [36, "$"],
  [110, "\n"],
  [114, "\r"],
  [116, "\t"],
]);

function unescape(text: string, from: number, to: number, report: ReportAt): string {
  // The slice comes first: a search in the whole text would run to its end for every string without a backslash.
  const written = text.slice(from, to);
  if (!written.includes("\\")) return written;
  let value = "";
  let copied = from;
  for (let index = written.indexOf("\\"); index >= 0; index = written.indexOf("\\", copied - from)) {
    const backslash = from + index;
    value += text.slice(copied, backslash);
    const simple = backslash + 1 < to ? simpleEscapes.get(text.charCodeAt(backslash + 1)) : undefined;
    if (simple !== undefined) {
      value += simple;
      copied = backslash + 2;
    } else {
      const escape = unicodeEscape(text, backslash, to);
      value += escape.value;
      copied = escape.end;
      if (!escape.known) reportEscape(text, backslash, escape.end, report);
    }
  }
  return value + text.slice(copied, to);
}

function unicodeEscape(text: string, start: number, to: number): { value: string; end: number; known: boolean } {
  const match = /^\\u\{([0-9A-Fa-f]{1,8})\}/.exec(text.slice(start, Math.min(to, start + 13)));
  if (match === null) {
    const width = start + 1 >= to ? 1 : (text.codePointAt(start + 1) ?? 0) > 0xffff ? 3 : 2;
    return { value: text.slice(start, start + width), end: start + width, known: false };
  }
  const code = Number.parseInt(match[1] ?? "", 16);
  const end = start + match[0].length;
  const known = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return { value: known ? String.fromCodePoint(code) : "\uFFFD", end, known };
}

function reportEscape(text: string, start: number, end: number, report: ReportAt): void {
  const hint = "in single quotes a \\ stands for itself";
  const fix = { title: "Write \\\\ for a backslash", text: "\\\\", safe: false, hint, start, end: start + 1 };
  report(syntaxDiagnostics.SEQ1006, start, end, { text: text.slice(start, end) }, fix);
}
