// The last lines of a terminal, redrawn in place below lines that stay. Each change is one write, and lines are overwritten
// instead of cleared first, so that nothing flickers. The cursor stays visible: there is nothing to restore after a crash.
import { cutToWidth, displayWidth } from "../render/printable.ts";
import type { Output } from "../surroundings.ts";

export interface LiveRegion {
  /** Prints lines that stay, and draws the live lines below them. Long live lines are cut, never wrapped. */
  draw(kept: readonly string[], live: readonly LiveLine[]): void;
  /** Removes the live lines. */
  clear(): void;
}

/** A live line: painted after it was cut to the terminal's width. */
export interface LiveLine {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const escape = "\u001b[";
/** Terminals that know it show the change at once; others ignore it (synchronized output, DEC private mode 2026). */
const beginUpdate = `${escape}?2026h`;
const endUpdate = `${escape}?2026l`;
const clearToLineEnd = `${escape}K`;
const clearToScreenEnd = `${escape}J`;

export function createLiveRegion(output: Output): LiveRegion {
  /** Widths in cells of the live lines on the screen. */
  let drawn: readonly number[] = [];
  let lastFrame = "";

  const toTop = (columns: number): string => {
    // A terminal that became narrower has wrapped what stood there.
    const rows = drawn.reduce((sum, width) => sum + Math.max(Math.ceil(width / columns), 1), 0);
    return `\r${rows > 1 ? `${escape}${rows - 1}A` : ""}`;
  };

  return {
    draw(kept, live) {
      const columns = output.columns() ?? 80;
      const cut = live.map((line) => ({ ...line, text: cutToWidth(line.text, columns - 1) }));
      const frame = cut.map((line) => (line.paint ?? ((text) => text))(line.text) + clearToLineEnd).join("\n");
      if (kept.length === 0 && frame === lastFrame) return;
      const above = kept.map((line) => `${line}${clearToLineEnd}\n`).join("");
      output.write(`${beginUpdate}${toTop(columns)}${above}${frame}${clearToScreenEnd}${endUpdate}`);
      drawn = cut.map((line) => displayWidth(line.text));
      lastFrame = frame;
    },
    clear() {
      if (drawn.length > 0) output.write(`${toTop(output.columns() ?? 80)}${clearToScreenEnd}`);
      drawn = [];
      lastFrame = "";
    },
  };
}
