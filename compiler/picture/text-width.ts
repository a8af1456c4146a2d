// How wide text will be without a browser at hand: the widths of Helvetica, which the fonts of a diagram are close to, and
// some room. Breaks and cuts lines by them.

/** Thousandths of the font's size, for the characters from space to tilde. */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
const averageWidth = 600;
const wideWidth = 1000;
const firstWide = 0x1100;
/** For fonts that run wider than Helvetica. */
const room = 1.08;
const boldRoom = 1.08;
const monospaceWidth = 0.605;

export type Face = "plain" | "bold" | "mono";

/** Width of a line of text in pixels at a font size in pixels. */
export function textWidth(text: string, size: number, face: Face): number {
  let sum = 0;
  for (const character of text) sum += characterWidth(character.codePointAt(0) ?? 0, face);
  return sum * size;
}

function characterWidth(code: number, face: Face): number {
  if (code >= firstWide && !(code >= 0x2000 && code < 0x2e80))
    return face === "mono" ? 2 * monospaceWidth : wideWidth / 1000;
  if (face === "mono") return monospaceWidth;
  return ((widths[code - 32] ?? averageWidth) / 1000) * room * (face === "bold" ? boldRoom : 1);
}

/** Breaks text into at most `most` lines that fit a width; what is left over is cut, and `…` says so. */
export function wrapText(text: string, width: number, size: number, face: Face, most: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer, size, face) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === most - 1) return [...lines, cutText(longer, width, size, face)];
    if (line !== "") lines.push(line);
    line = word;
    while (textWidth(line, size, face) > width) {
      if (lines.length === most - 1) return [...lines, cutText(line, width, size, face)];
      const head = fitting(line, width, size, face);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** A line that fits a width, with `…` where it was cut. */
export function cutText(text: string, width: number, size: number, face: Face): string {
  if (textWidth(text, size, face) <= width) return text;
  return `${fitting(text, width - textWidth("…", size, face), size, face).trimEnd()}…`;
}

/** The longest beginning that fits; at least one character. */
function fitting(text: string, width: number, size: number, face: Face): string {
  let taken = "";
  let sum = 0;
  for (const character of text) {
    sum += characterWidth(character.codePointAt(0) ?? 0, face) * size;
    if (sum > width && taken !== "") break;
    taken += character;
  }
  return taken;
}
