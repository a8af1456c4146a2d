// Text as it may be shown on a terminal: what comes from files, programs and machines can't move the cursor, colour
// anything or reorder what people read. Also how many cells a text takes.

/** One thing on the screen that can't be divided: `text` is what is shown for `[start, end)` of the original. */
export interface Cell {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** 0, 1 or 2 for what fonts draw; more for what is spelt out. */
  readonly width: number;
}

const tabWidth = 4;
const plainAscii = /^[ -~]*$/;

/** Made when first needed: it takes longer than the rest of the program's start. */
let knownSegmenter: Intl.Segmenter | undefined;

function segmenter(): Intl.Segmenter {
  knownSegmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return knownSegmenter;
}

/** Control characters, and those that reorder or hide text, spelt out; line breaks and tabs as spaces. */
export function printable(text: string): string {
  if (plainAscii.test(text)) return text;
  return cellsOf(text.replace(/\r\n|[\n\t]/g, " "))
    .map((cell) => cell.text)
    .join("");
}

/** How many cells a text takes when it is shown as `printable` gives it. */
export function displayWidth(text: string): number {
  if (plainAscii.test(text)) return text.length;
  return cellsOf(text).reduce((sum, cell) => sum + cell.width, 0);
}

/** Cuts a text to a number of cells; what was cut is shown by `…`. */
export function cutToWidth(text: string, width: number): string {
  if (plainAscii.test(text) && text.length <= width) return text;
  const cells = cellsOf(text);
  if (cells.reduce((sum, cell) => sum + cell.width, 0) <= width) return cells.map((cell) => cell.text).join("");
  let taken = "";
  let room = width - 1;
  for (const cell of cells) {
    room -= cell.width;
    if (room < 0) break;
    taken += cell.text;
  }
  return width > 0 ? `${taken}…` : "";
}

/** The cells of one line of text. */
export function cellsOf(line: string): readonly Cell[] {
  if (plainAscii.test(line)) {
    return Array.from(line, (text, start) => ({ start, end: start + 1, text, width: 1 }));
  }
  const cells: Cell[] = [];
  for (const { segment, index } of segmenter().segment(line)) {
    const shown = spelled(segment);
    const end = index + segment.length;
    if (shown === segment) cells.push({ start: index, end, text: segment, width: graphemeWidth(segment) });
    else cells.push({ start: index, end, text: shown, width: shown.length });
  }
  return cells;
}

/** What is not drawn, or draws something else than itself, is spelt out. */
function spelled(grapheme: string): string {
  if (grapheme === "\t") return " ".repeat(tabWidth);
  // A joiner within a family of emoji, or a mark on a letter, is part of what is drawn.
  if (!/^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Mn}\p{Me}]/u.test(grapheme)) {
    return grapheme.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, spelledCodePoint);
  }
  return Array.from(grapheme, spelledCodePoint).join("");
}

function spelledCodePoint(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;
}

function graphemeWidth(grapheme: string): number {
  const codePoint = grapheme.codePointAt(0) ?? 0;
  if (codePoint < 0x300) return grapheme.includes("\ufe0f") ? 2 : 1;
  if (/^\p{Emoji_Presentation}/u.test(grapheme) || grapheme.includes("\ufe0f")) return 2;
  return wideRanges.some(([low, high]) => codePoint >= low && codePoint <= high) ? 2 : 1;
}

/** East Asian wide and full-width characters (Unicode Standard Annex 11), joined where the gaps are unassigned. */
const wideRanges: readonly (readonly [low: number, high: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];
