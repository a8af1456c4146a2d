// A small document printer after Wadler's "A prettier printer": a layout is described once, and each group of it is put on
// one line when it fits and broken at its lines when it does not.

/** A piece of layout. */
export type Layout = string | readonly Layout[] | Line | Indent | Group | IfBroken | Suffix;

interface Line {
  readonly kind: "line";
  /**
   * `soft`: nothing when flat; `space`: a blank when flat; `comma`: a comma and a blank when flat; `hard`: always a line
   * break; `text`: one in a string; `raw`: one in what stays as it was written, with no indentation behind it.
   */
  readonly mode: "soft" | "space" | "comma" | "hard" | "text" | "raw";
}

interface Indent {
  readonly kind: "indent";
  readonly content: Layout;
}

interface Group {
  readonly kind: "group";
  readonly content: Layout;
  readonly broken: boolean;
}

interface IfBroken {
  readonly kind: "ifBroken";
  readonly text: string;
}

interface Suffix {
  readonly kind: "suffix";
  readonly text: string;
}

export const softLine: Layout = { kind: "line", mode: "soft" };
export const line: Layout = { kind: "line", mode: "space" };
/** Between two things that need a comma on one line alone. */
export const commaLine: Layout = { kind: "line", mode: "comma" };
export const hardLine: Layout = { kind: "line", mode: "hard" };
/** A line break in a multi-line string: it does not break the groups around it. */
export const textLine: Layout = { kind: "line", mode: "text" };

/** A line break in what stays as it was written: nothing is put in front of what follows. */
export const rawLine: Layout = { kind: "line", mode: "raw" };

/** A text that is there only when the group around it is broken. */
export function ifBroken(text: string): Layout {
  return { kind: "ifBroken", text };
}

/** A text at the end of a line that may stand out of it, such as a comment. */
export function suffix(text: string): Layout {
  return { kind: "suffix", text };
}

export function indent(content: Layout): Layout {
  return { kind: "indent", content };
}

/** Flat when it fits on the rest of the line and holds no hard line; `broken` forces it apart. */
export function group(content: Layout, broken = false): Layout {
  return { kind: "group", content, broken: broken || holdsHardLine(content) };
}

export function join(separator: Layout, items: readonly Layout[]): Layout {
  return items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
}

/** Whether a layout can't stand on one line. A group inside has answered already. */
export function holdsHardLine(layout: Layout): boolean {
  if (typeof layout === "string") return false;
  if (!("kind" in layout)) return layout.some(holdsHardLine);
  switch (layout.kind) {
    case "line":
      return layout.mode === "hard" || layout.mode === "raw";
    case "indent":
      return holdsHardLine(layout.content);
    case "group":
      return layout.broken;
    case "ifBroken":
    case "suffix":
      return false;
  }
}

interface Pending {
  readonly layout: Layout;
  readonly indentation: number;
  readonly flat: boolean;
}

const flatText: { readonly [M in Line["mode"]]?: string } = { soft: "", space: " ", comma: ", " };

/** The text of a layout, with lines of at most `width` columns where it can be. No line ends in blanks of the layout's. */
export function render(layout: Layout, width: number): string {
  const output: string[] = [];
  let column = 0;
  let blanks = "";
  const write = (text: string): void => {
    if (text === "") return;
    output.push(blanks, text);
    blanks = "";
    column += text.length;
  };
  const waiting: Pending[] = [{ layout, indentation: 0, flat: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { layout: piece, indentation, flat } = next;
    if (typeof piece === "string") write(piece);
    else if (!("kind" in piece)) {
      for (let index = piece.length - 1; index >= 0; index--) {
        waiting.push({ layout: piece[index] ?? "", indentation, flat });
      }
    } else if (piece.kind === "indent") {
      // What is on one line indents nothing; only strings break lines in it, and they stand with the line's start.
      waiting.push({ layout: piece.content, indentation: flat ? indentation : indentation + 2, flat });
    } else if (piece.kind === "group") {
      const fitsFlat = flat || (!piece.broken && fits(piece.content, waiting, width - column));
      waiting.push({ layout: piece.content, indentation, flat: fitsFlat });
    } else if (piece.kind === "suffix") write(piece.text);
    else if (piece.kind === "ifBroken") write(flat ? "" : piece.text);
    else if (flat && flatText[piece.mode] !== undefined) {
      const text = flatText[piece.mode] ?? "";
      write(text.trimEnd());
      blanks += text === "" ? "" : " ";
      column += text === "" ? 0 : 1;
    } else {
      output.push("\n");
      column = piece.mode === "raw" ? 0 : indentation;
      blanks = " ".repeat(column);
    }
  }
  return output.join("");
}

/** Whether a flat layout, and what follows it up to the next possible line break, fits into `room` columns. */
function fits(layout: Layout, behind: readonly Pending[], room: number): boolean {
  let left = room;
  const waiting: { layout: Layout; flat: boolean }[] = [{ layout, flat: true }];
  let next = behind.length;
  for (;;) {
    const piece = waiting.pop() ?? behind[--next];
    if (piece === undefined) return true;
    const { layout: content, flat } = piece;
    if (typeof content === "string") {
      left -= content.length;
      if (left < 0) return false;
    } else if (!("kind" in content)) {
      for (let index = content.length - 1; index >= 0; index--) waiting.push({ layout: content[index] ?? "", flat });
    } else if (content.kind === "indent") waiting.push({ layout: content.content, flat });
    else if (content.kind === "group") waiting.push({ layout: content.content, flat: flat && !content.broken });
    else if (content.kind === "suffix") continue;
    else if (content.kind === "ifBroken") left -= flat ? 0 : content.text.length;
    else if (!flat || flatText[content.mode] === undefined) return true;
    else left -= flatText[content.mode]?.length ?? 0;
  }
}
