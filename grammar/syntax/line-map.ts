// Turns offsets into lines and columns and back. Made on demand: parsing and checking work with offsets alone.

/** A place in a text for people: both count from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface LineMap {
  readonly lineCount: number;
  /** The position of an offset; one outside of the text is taken as its start or end. Costs O(log lines). */
  positionAt(offset: number): Position;
  /** The offset of a position; what lies outside of the text or its line is moved to the nearest place inside. */
  offsetAt(position: Position): number;
  /** The text of a line, counted from 1, without its line break; empty for a line that is not there. */
  lineText(line: number): string;
}

/** Reads the lines of a text. Lines end with LF or CRLF; a CR alone is no line break. */
export function lineMap(text: string): LineMap {
  const starts: number[] = [0];
  for (let newline = text.indexOf("\n"); newline >= 0; newline = text.indexOf("\n", newline + 1)) {
    starts.push(newline + 1);
  }
  const endOf = (index: number): number => {
    const next = starts[index + 1];
    if (next === undefined) return text.length;
    return text.charCodeAt(next - 2) === 13 && next - 2 >= (starts[index] ?? 0) ? next - 2 : next - 1;
  };
  return {
    lineCount: starts.length,
    positionAt(offset) {
      const place = Math.min(Math.max(offset, 0), text.length);
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= place) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: place - (starts[low] ?? 0) + 1 };
    },
    offsetAt(position) {
      if (position.line < 1) return 0;
      const start = starts[position.line - 1];
      if (start === undefined) return text.length;
      return Math.min(start + Math.max(position.column - 1, 0), endOf(position.line - 1));
    },
    lineText(line) {
      const start = starts[line - 1];
      return start === undefined ? "" : text.slice(start, endOf(line - 1));
    },
  };
}
