// Draws lines of source with spans underlined: the finding's own with ^, related ones near to it with -. Tabs and wide
// characters keep the underlines in place; a line that is too long is clipped around what it shows.
import type { Diagnostic, LineMap, Location, Related } from "@sequitur/grammar";
import { cellsOf, displayWidth, printable } from "./printable.ts";
import type { Cell } from "./printable.ts";
import type { Positions } from "./sources.ts";
import type { TextStyle } from "./text.ts";

export interface Frame {
  /** Cells that the line numbers take. */
  readonly gutter: number;
  readonly lines: readonly string[];
  /** Related places that the frame shows, so that they need no line of their own. */
  readonly drawn: ReadonlySet<Related>;
}

/** A related place this near to the finding, in lines, is drawn within its frame. */
const nearLines = 4;
/** A span of more lines is drawn with its first and its last alone. */
const wholeSpanLines = 5;
/** What a line of source may hold before the part around the span is taken, whatever the terminal's width. */
const lineReach = 2000;

/** An underline on one line: offsets are within the line. */
interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly primary: boolean;
}

/** The frame of a finding; undefined if the text of its file is not known. */
export function drawFrame(diagnostic: Diagnostic, positions: Positions, style: TextStyle): Frame | undefined {
  const map = positions.lines(diagnostic.file);
  if (map === undefined) return undefined;
  const first = map.positionAt(diagnostic.start).line;
  const last = map.positionAt(Math.max(diagnostic.start, diagnostic.end)).line;
  const drawn = new Set(diagnostic.related.filter((related) => isNear(related, diagnostic, map, first, last)));
  const marks = [
    ...marksOf(diagnostic, diagnostic.hint ?? "", true, map),
    ...[...drawn].flatMap((related) => marksOf(related, related.message, false, map)),
  ];
  const shown = linesToShow(marks);
  const gutter = String(shown.at(-1) ?? 1).length;
  const { paint } = style;
  const blank = `${" ".repeat(gutter)} ${paint("frame", "|")}`;
  const lines = [blank];
  let previous: number | undefined;
  for (const line of shown) {
    if (previous !== undefined && line > previous + 1) lines.push(paint("frame", "..."));
    const number = paint("frame", `${String(line).padStart(gutter)} |`);
    const onLine = marks.filter((mark) => mark.line === line);
    const row = layOut(map.lineText(line), onLine, Math.max(style.width - gutter - 3, 20));
    lines.push(row.text === "" ? number : `${number} ${row.text}`);
    for (const underline of row.underlines) {
      const role = underline.primary ? diagnostic.severity : "frame";
      lines.push(`${blank} ${underline.indent}${paint(role, underline.text)}`);
    }
    previous = line;
  }
  return { gutter, lines, drawn };
}

function isNear(related: Related, diagnostic: Diagnostic, map: LineMap, first: number, last: number): boolean {
  if (related.file !== diagnostic.file) return false;
  if (related.start < diagnostic.end && diagnostic.start < related.end) return false;
  const line = map.positionAt(related.start).line;
  return line >= first - nearLines && line <= last + nearLines;
}

/** A span over several lines is marked on its first and its last; the label stands at the last. */
function marksOf(span: Location, label: string, primary: boolean, map: LineMap): readonly Mark[] {
  const start = map.positionAt(span.start);
  const end = map.positionAt(Math.max(span.start, span.end));
  if (start.line === end.line) {
    return [{ line: start.line, start: start.column - 1, end: end.column - 1, label, primary }];
  }
  const firstText = map.lineText(start.line);
  const lastText = map.lineText(end.line);
  const indent = lastText.length - lastText.trimStart().length;
  return [
    { line: start.line, start: start.column - 1, end: firstText.length, label: "", primary },
    { line: end.line, start: Math.min(indent, end.column - 1), end: end.column - 1, label, primary },
  ];
}

function linesToShow(marks: readonly Mark[]): readonly number[] {
  const marked = [...new Set(marks.map((mark) => mark.line))].sort((left, right) => left - right);
  const shown: number[] = [];
  for (const line of marked) {
    const before = shown.at(-1);
    if (before !== undefined && line - before <= wholeSpanLines - 1) {
      for (let between = before + 1; between < line; between++) shown.push(between);
    }
    shown.push(line);
  }
  return shown;
}

interface Underline {
  readonly indent: string;
  readonly text: string;
  readonly primary: boolean;
}

/** The text of a line as far as it fits, and its underlines in cells. */
function layOut(text: string, marks: readonly Mark[], width: number): { text: string; underlines: Underline[] } {
  const focus = marks.find((mark) => mark.primary) ?? marks[0];
  const window = clip(text, focus?.start ?? 0, focus?.end ?? 0, width);
  const underlines = marks.map((mark): Underline => {
    const indent = widthUntil(window, mark.start);
    const length = Math.max(widthUntil(window, mark.end) - indent, 1);
    const label = mark.label === "" ? "" : ` ${printable(mark.label)}`;
    return {
      indent: " ".repeat(indent),
      text: (mark.primary ? "^" : "-").repeat(length) + label,
      primary: mark.primary,
    };
  });
  return { text: (window.lead + window.cells.map((cell) => cell.text).join("")).trimEnd() + window.tail, underlines };
}

interface Window {
  /** `…` where something before was cut. */
  readonly lead: string;
  readonly cells: readonly Cell[];
  readonly tail: string;
}

/** The part of a line around a span that fits into a number of cells. */
function clip(text: string, start: number, end: number, width: number): Window {
  const from = Math.max(0, Math.min(start, text.length) - lineReach);
  const all = cellsOf(text.slice(from, Math.min(text.length, start + lineReach))).map((cell) => ({
    ...cell,
    start: cell.start + from,
    end: cell.end + from,
  }));
  const complete = from === 0 && text.length <= start + lineReach;
  if (complete && displayWidth(text) <= width) return { lead: "", cells: all, tail: "" };
  // A third of the width shows what stands before the span; a span that reaches further is cut at its end.
  const spanStart = Math.max(
    0,
    all.findIndex((cell) => cell.end > start),
  );
  const spanWidth = all
    .filter((cell) => cell.start >= start && cell.end <= end)
    .reduce((sum, cell) => sum + cell.width, 0);
  const before = Math.max(Math.floor(width / 3), width - spanWidth - Math.floor(width / 3));
  let first = start >= text.length ? all.length : spanStart;
  for (let room = before - 1; first > 0; first--) {
    room -= all[first - 1]?.width ?? 0;
    if (room < 0) break;
  }
  let room = width - 2;
  let last = first;
  while (last < all.length && room >= (all[last]?.width ?? 0)) room -= all[last++]?.width ?? 0;
  return {
    lead: first > 0 || from > 0 ? "…" : "",
    cells: all.slice(first, last),
    tail: last < all.length || !complete ? "…" : "",
  };
}

function widthUntil(window: Window, offset: number): number {
  let width = window.lead.length;
  for (const cell of window.cells) {
    if (cell.end > offset) break;
    width += cell.width;
  }
  return width;
}
