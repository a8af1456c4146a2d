// Where a multi-line string ends, and the small readings of a text by lines that strings need.

/** The offset of the end of the line that `from` is on, its line break not included. */
export function lineEndAt(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  if (newline < 0) return text.length;
  return newline > from && text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
}

/** How many quotes of the kind `code` stand at `start`. */
export function fenceLength(text: string, start: number, code: number): number {
  let end = start;
  while (text.charCodeAt(end) === code) end++;
  return end - start;
}

export interface MultilineEnd {
  /** Where the text ends: at the start of the line of the closing quotes. */
  readonly bodyEnd: number;
  /** Where the string ends. */
  readonly closeEnd: number;
  readonly closed: boolean;
}

function skipBlanks(text: string, from: number): number {
  let index = from;
  while (text.charCodeAt(index) === 32 || text.charCodeAt(index) === 9) index++;
  return index;
}

/** The width of the blanks that the line which `offset` is on starts with. */
export function indentationAt(text: string, offset: number): number {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return skipBlanks(text, lineStart) - lineStart;
}

/**
 * Where the multi-line string ends that `fence` quotes at `start` open; undefined when they open none, since text stands
 * behind them. One that is never closed, or before whose end a line ends in the same opening quotes, ends before the first
 * line that is not indented deeper than the line it starts on; when its own first line is not either, before the first line
 * that is indented less or starts with a brace that closes.
 */
export function findMultilineEnd(text: string, start: number, fence: number): MultilineEnd | undefined {
  const code = text.charCodeAt(start);
  const openEnd = lineEndAt(text, start);
  let behind = skipBlanks(text, start + fence);
  if (behind < openEnd && text.charCodeAt(behind) === 13) behind++;
  if (behind < openEnd) return undefined;
  for (let newline = text.indexOf("\n", openEnd); newline >= 0; newline = text.indexOf("\n", newline + 1)) {
    const lineStart = newline + 1;
    const first = skipBlanks(text, lineStart);
    if (text.charCodeAt(first) === code && fenceLength(text, first, code) === fence) {
      return { bodyEnd: lineStart, closeEnd: first + fence, closed: true };
    }
    if (endsInFence(text, lineStart, code, fence)) break;
  }
  return unclosedEnd(text, start, openEnd);
}

/** Whether the line at `lineStart` ends in exactly `fence` quotes of the kind `code`. */
function endsInFence(text: string, lineStart: number, code: number, fence: number): boolean {
  let end = lineEndAt(text, lineStart);
  while (end > lineStart && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9)) end--;
  let length = 0;
  while (end - length > lineStart && text.charCodeAt(end - length - 1) === code) length++;
  return length === fence;
}

function unclosedEnd(text: string, start: number, openEnd: number): MultilineEnd {
  const indentation = indentationAt(text, start);
  let end = openEnd;
  let least = indentation + 1;
  for (let newline = text.indexOf("\n", openEnd); newline >= 0; newline = text.indexOf("\n", newline + 1)) {
    const first = skipBlanks(text, newline + 1);
    const lineEnd = lineEndAt(text, newline + 1);
    if (first >= lineEnd) continue;
    const own = first - newline - 1;
    if (end === openEnd && own <= indentation && text.charCodeAt(first) !== 125) least = own;
    if (own < least || (own <= indentation && text.charCodeAt(first) === 125)) break;
    end = lineEnd;
  }
  return { bodyEnd: end, closeEnd: end, closed: false };
}
