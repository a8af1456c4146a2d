// The lexer: cuts a text into the tokens the parser reads, in one pass. White space, comments and junk are left out here;
// token-list.ts finds them again in the gaps. It is written by hand because chevrotain's lexer makes an object and tries
// regular expressions for every token; the token types are chevrotain's.
import type { Declared } from "../diagnostics/diagnostic.ts";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { classes, closingCurly, isJunkAt, isLetterAt, isWordChar, nameOfJunk, shorten, widthAt } from "./characters.ts";
import { isHidden } from "./hidden-characters.ts";
import { fenceLength, findMultilineEnd, lineEndAt } from "./multiline.ts";
import { operatorAt } from "./operators.ts";
import { tokens, typeIndex, wordTypes } from "./token-types.ts";

/** What mends a finding: a replacement, at its own place when it is not that of the finding, and others besides. */
export interface ReportFix {
  readonly title: string;
  readonly text: string;
  readonly safe: boolean;
  /** Shown under the place, such as `did you mean "run"?`. */
  readonly hint?: string;
  readonly start?: number;
  readonly end?: number;
  readonly others?: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

/** Tells about something wrong at a stretch of the text. */
export type ReportAt = <A>(declared: Declared<A>, start: number, end: number, args: A, fix?: ReportFix) => void;

/** A `///` line and the number of the token it stands before. */
export interface DocLine {
  readonly before: number;
  readonly start: number;
  readonly end: number;
}

/** Tokens as parallel arrays, followed by a few end-of-file tokens so that looking ahead needs no test. */
export interface LexedText {
  readonly types: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Without the end-of-file tokens. */
  readonly count: number;
  readonly docs: readonly DocLine[];
}

/** Cuts a text into tokens. Every text has some; what is wrong with it goes to `report`. */
export function lex(text: string, report: ReportAt): LexedText {
  return new Lexer(text, report, 0).run();
}

/**
 * Cuts a text into tokens from a place outside of all strings on, at least to `until`, and further line by line while
 * `goesOn` says so, which is told the tokens so far. End-of-file tokens follow only when it was read to its end.
 */
export function lexFrom(
  text: string,
  from: number,
  until: number,
  report: ReportAt,
  goesOn: (lexed: LexedText) => boolean,
): LexedText {
  return new Lexer(text, report, from).runUntil(until, goesOn);
}

const endOfFilePadding = 4;

/** No name, not of a field either: the objects that values are kept in can't hold it. */
export const impossibleName = "__proto__";

const longestWord = Math.max(...[...wordTypes.keys()].map((word) => word.length));

/** A file of more tokens is not read on: what is made of them would fill the memory. */
export const mostTokens = 2_500_000;

const type = {
  eof: typeIndex(tokens.EOF),
  identifier: typeIndex(tokens.Identifier),
  number: typeIndex(tokens.Number),
  string: typeIndex(tokens.String),
  stringStart: typeIndex(tokens.StringStart),
  stringMiddle: typeIndex(tokens.StringMiddle),
  stringEnd: typeIndex(tokens.StringEnd),
  lcurly: typeIndex(tokens.LCurly),
  rcurly: typeIndex(tokens.RCurly),
} as const;

/** An open `${`: of a one-line string, or of a multi-line one with where its text and its closing quotes end. */
interface Frame {
  readonly multiline: boolean;
  readonly bodyEnd: number;
  readonly closeEnd: number;
  /** Where the open `${` starts. */
  readonly opened: number;
  /** Whether its string has an end. */
  readonly closed: boolean;
  braces: number;
}

class Lexer {
  private readonly text: string;
  private readonly report: ReportAt;
  private types: Uint16Array;
  private starts: Int32Array;
  private ends: Int32Array;
  private count = 0;
  private pos = 0;
  private readonly docs: DocLine[] = [];
  private readonly frames: Frame[] = [];
  private stopped = false;

  constructor(text: string, report: ReportAt, from: number) {
    this.text = text;
    this.report = report;
    this.pos = from;
    const guess = from === 0 ? Math.min(Math.max(64, text.length >> 2), mostTokens) : 1024;
    this.types = new Uint16Array(guess);
    this.starts = new Int32Array(guess);
    this.ends = new Int32Array(guess);
  }

  run(): LexedText {
    const { length } = this.text;
    this.readTo(length);
    const { count } = this;
    for (let index = 0; index < endOfFilePadding; index++) this.emit(type.eof, length, length);
    return this.lexed(count);
  }

  runUntil(until: number, goesOn: (lexed: LexedText) => boolean): LexedText {
    const { text } = this;
    let newline = until - 1;
    for (let to = until; to < text.length && newline >= 0; to = newline + 1) {
      this.readTo(to);
      const lexed = this.lexed(this.count);
      if (this.frames.length === 0 && !goesOn(lexed)) return lexed;
      newline = text.indexOf("\n", Math.max(to, this.pos));
    }
    return this.run();
  }

  private lexed(count: number): LexedText {
    return { types: this.types, starts: this.starts, ends: this.ends, count, docs: this.docs };
  }

  /** Reads all that starts before `limit`, and the strings that are open then when that is the end of the text. */
  private readTo(limit: number): void {
    const { text } = this;
    if (this.pos === 0 && text.charCodeAt(0) === 0xfeff) this.pos = 1;
    for (;;) {
      if (this.pos >= limit) {
        if (this.frames.length === 0 || limit < text.length) return;
        this.closeAtLineEnd();
        continue;
      }
      const code = text.charCodeAt(this.pos);
      if (code < 128) {
        const kind = classes[code];
        if (kind === 1) this.pos++;
        else if (kind === 3) this.word();
        else if (kind === 2) this.number();
        else if (code === 10) {
          if (this.frames.length > 0) this.closeAtLineEnd();
          else this.pos++;
        } else this.sign(code);
      } else this.foreign(code);
    }
  }

  private emit(tokenType: number, start: number, end: number): void {
    if (this.count === this.types.length) this.grow();
    this.types[this.count] = tokenType;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
  }

  private grow(): void {
    if (this.count >= mostTokens) this.stop();
    // Behind the limit only the ends of what was open then, and of the file, come.
    const size = this.count >= mostTokens ? this.count + 1024 : Math.min(this.count * 2, mostTokens);
    const types = new Uint16Array(size);
    types.set(this.types);
    this.types = types;
    const starts = new Int32Array(size);
    starts.set(this.starts);
    this.starts = starts;
    const ends = new Int32Array(size);
    ends.set(this.ends);
    this.ends = ends;
  }

  /** Takes the text for ended here. */
  private stop(): void {
    this.pos = this.text.length;
    this.frames.length = 0;
    if (this.stopped) return;
    this.stopped = true;
    const place = this.ends[this.count - 1] ?? 0;
    const args = { what: "this file", limit: mostTokens, of: "words and signs" };
    this.report(syntaxDiagnostics.SEQ1137, place, place, args);
  }

  private word(): void {
    const { text } = this;
    const start = this.pos;
    let end = start;
    let code = text.charCodeAt(end);
    // The words of the language have small letters alone.
    while (code >= 97 && code <= 122) code = text.charCodeAt(++end);
    const isPlain = !isWordChar(code);
    while (isWordChar(code)) code = text.charCodeAt(++end);
    if (code >= 128 && isLetterAt(text, end)) return this.wordWithForeignLetters(start);
    this.pos = end;
    const known = isPlain && end - start <= longestWord ? wordTypes.get(text.slice(start, end)) : undefined;
    this.emit(known ?? type.identifier, start, end);
    const isImpossible = end - start === impossibleName.length && text.startsWith(impossibleName, start);
    if (isImpossible) this.report(syntaxDiagnostics.SEQ1018, start, end, {});
  }

  private wordWithForeignLetters(start: number): void {
    const { text } = this;
    let end = start;
    while (end < text.length && (isWordChar(text.charCodeAt(end)) || isLetterAt(text, end))) end += widthAt(text, end);
    this.pos = end;
    this.emit(type.identifier, start, end);
    const word = text.slice(start, end);
    const fix = { title: "Put the name in backticks", text: `\`${word}\``, safe: true };
    this.report(syntaxDiagnostics.SEQ1010, start, end, { text: shorten(word) }, fix);
  }

  private number(): void {
    const { text } = this;
    const start = this.pos;
    let end = start + 1;
    while (isWordChar(text.charCodeAt(end))) end++;
    if (text.charCodeAt(end) === 46 && classes[text.charCodeAt(end + 1)] === 2) {
      end += 2;
      while (isWordChar(text.charCodeAt(end))) end++;
    }
    if (text.charCodeAt(end) === 37) end++;
    this.pos = end;
    this.emit(type.number, start, end);
  }

  private sign(code: number): void {
    const { text } = this;
    const start = this.pos;
    switch (code) {
      case 34:
      case 39:
        return this.quote(code);
      case 96:
        return this.backtickName();
      case 123:
        this.braces(1);
        return this.single(type.lcurly);
      case 125:
        if (this.closesInterpolation()) return;
        return this.single(type.rcurly);
      case 47:
        if (text.charCodeAt(start + 1) === 47) return this.lineComment();
        if (text.charCodeAt(start + 1) === 42) return this.blockComment();
    }
    const operator = operatorAt(text, start, code);
    if (operator === undefined) return this.junk();
    this.pos = start + operator.length;
    this.emit(operator.type, start, this.pos);
    if (operator.meant !== undefined) {
      const written = text.slice(start, this.pos);
      const fix = { title: `Write "${operator.meant}"`, text: operator.replacement ?? operator.meant, safe: true };
      this.report(syntaxDiagnostics.SEQ1013, start, this.pos, { written, meant: operator.meant }, fix);
    }
  }

  private single(tokenType: number): void {
    this.emit(tokenType, this.pos, this.pos + 1);
    this.pos++;
  }

  private braces(change: 1 | -1): void {
    const frame = this.frames.at(-1);
    if (frame !== undefined) frame.braces += change;
  }

  // ---- Comments and junk ----------------------------------------------------------------------------------------------

  private lineComment(): void {
    const { text } = this;
    const start = this.pos;
    this.pos = lineEndAt(text, start);
    if (text.charCodeAt(start + 2) === 47 && text.charCodeAt(start + 3) !== 47) {
      this.docs.push({ before: this.count, start, end: this.pos });
    }
  }

  private blockComment(): void {
    const { text } = this;
    const start = this.pos;
    const close = text.indexOf("*/", start + 2);
    const end = close < 0 ? text.length : close + 2;
    const lineEnd = this.frames.length === 0 ? end : lineEndAt(text, start);
    this.pos = Math.min(end, lineEnd);
    if (close < 0) this.report(syntaxDiagnostics.SEQ1007, start, start + 2, {});
  }

  private foreign(code: number): void {
    const { text } = this;
    if (isLetterAt(text, this.pos)) this.wordWithForeignLetters(this.pos);
    else if (code === 0xa0 || code === 0xfeff || /\s/u.test(text[this.pos] ?? "")) this.pos++;
    else this.junk();
  }

  private junk(): void {
    const { text } = this;
    const start = this.pos;
    const code = text.charCodeAt(start);
    if (code === 59) {
      this.pos++;
      const fix = { title: "Remove the semicolon", text: "", safe: true };
      return this.report(syntaxDiagnostics.SEQ1014, start, this.pos, {}, fix);
    }
    if (code === 35) {
      this.pos = lineEndAt(text, start);
      const fix = { title: 'Write "//"', text: "//", safe: true, start, end: start + 1 };
      return this.report(syntaxDiagnostics.SEQ1015, start, start + 1, {}, fix);
    }
    if (this.curlyQuotes(code)) return;
    let end = start;
    do end += widthAt(text, end);
    while (end < text.length && isJunkAt(text, end));
    this.pos = end;
    const written = text.slice(start, end);
    if (isHidden(written.charAt(0))) return;
    this.report(syntaxDiagnostics.SEQ1001, start, end, { text: nameOfJunk(written) });
  }

  /** Curly quotes around a text on one line are read as the straight ones that were meant; false when they are not. */
  private curlyQuotes(code: number): boolean {
    const closing = closingCurly(code);
    if (closing === undefined) return false;
    const { text } = this;
    const start = this.pos;
    const lineEnd = lineEndAt(text, start);
    let end = start + 1;
    while (end < lineEnd && !closing.includes(text.charAt(end))) end++;
    if (end >= lineEnd) return false;
    const body = text.slice(start + 1, end);
    const quote = body.includes("\\") || body.includes('"') ? "'" : '"';
    const safe = !body.includes("'") && (quote === '"' || !body.includes("${"));
    const others = [{ start: end, end: end + 1, text: quote }];
    this.pos = end + 1;
    this.emit(type.string, start, this.pos);
    const fix = { title: "Write straight quotes", text: quote, safe, start, end: start + 1, others };
    this.report(syntaxDiagnostics.SEQ1019, start, this.pos, {}, fix);
    return true;
  }

  private backtickName(): void {
    const { text } = this;
    const start = this.pos;
    const lineEnd = lineEndAt(text, start);
    const close = text.slice(start + 1, lineEnd).indexOf("`");
    if (close >= 0) {
      this.pos = start + close + 2;
      this.emit(type.identifier, start, this.pos);
      if (close === 0) this.report(syntaxDiagnostics.SEQ1009, start, this.pos, {});
      else if (text.slice(start + 1, this.pos - 1) === impossibleName) {
        this.report(syntaxDiagnostics.SEQ1018, start, this.pos, {});
      }
      return;
    }
    // What looks like a plain name is most likely all that was meant to be in the backticks.
    let end = start + 1;
    while (
      isWordChar(text.charCodeAt(end)) ||
      (end < lineEnd && text.charCodeAt(end) === 32 && isWordChar(text.charCodeAt(end + 1)))
    )
      end++;
    this.pos = end;
    this.emit(type.identifier, start, end);
    this.report(
      syntaxDiagnostics.SEQ1008,
      start,
      end,
      {},
      { title: "Close the name", text: "`", safe: false, start: end, end },
    );
  }

  // ---- Strings --------------------------------------------------------------------------------------------------------

  private quote(code: number): void {
    const { text } = this;
    const start = this.pos;
    const fence = fenceLength(text, start, code);
    if (fence >= 3) {
      if (this.frames.length === 0) {
        const end = findMultilineEnd(text, start, fence);
        if (end !== undefined) return this.multiline(start, fence, end);
      }
      return this.misplacedFence(start, fence);
    }
    if (code === 39) return this.rawString(start);
    const frame = this.frames.at(-1);
    if (frame !== undefined && !frame.multiline && !hasClosingQuote(text, start + 1)) {
      // No string starts here: this quote closes the one whose `${` lacks its brace.
      this.reportUnclosedInterpolation(frame, start);
      this.frames.pop();
      return this.interpolatedPiece(start, start, false);
    }
    this.interpolatedPiece(start, start + 1, true);
  }

  private rawString(start: number): void {
    const { text } = this;
    const lineEnd = lineEndAt(text, start);
    let end = start + 1;
    for (; end < lineEnd; end++) {
      if (text.charCodeAt(end) !== 39) continue;
      if (text.charCodeAt(end + 1) !== 39) break;
      end++;
    }
    if (end >= lineEnd) return this.unclosedString(type.string, start, lineEnd, "'");
    this.pos = end + 1;
    this.emit(type.string, start, this.pos);
  }

  private unclosedString(tokenType: number, start: number, end: number, quote: string): void {
    this.pos = end;
    this.emit(tokenType, start, end);
    const from = this.text.charCodeAt(start) === 125 ? end : start;
    this.report(
      syntaxDiagnostics.SEQ1002,
      from,
      end,
      {},
      {
        title: "Close the string",
        text: quote,
        safe: false,
        start: end,
        end,
      },
    );
  }

  /** Reads on in a one-line string at `from`; the piece starts with a quote (`first`) or after an expression. */
  private interpolatedPiece(start: number, from: number, first: boolean): void {
    const { text } = this;
    const length = text.length;
    for (let index = from; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code === 34) {
        this.pos = index + 1;
        return this.emit(first ? type.string : type.stringEnd, start, this.pos);
      }
      if (code === 92 && index + 1 < length && text.charCodeAt(index + 1) !== 10 && text.charCodeAt(index + 1) !== 13)
        index++;
      else if (code === 36 && text.charCodeAt(index + 1) === 123) {
        this.pos = index + 2;
        this.frames.push({ multiline: false, bodyEnd: 0, closeEnd: 0, opened: index, closed: true, braces: 0 });
        return this.emit(first ? type.stringStart : type.stringMiddle, start, this.pos);
      } else if (code === 10) break;
    }
    const lineEnd = lineEndAt(text, from);
    this.unclosedString(first ? type.string : type.stringEnd, start, lineEnd, '"');
  }

  private multiline(start: number, fence: number, end: { bodyEnd: number; closeEnd: number; closed: boolean }): void {
    const { text } = this;
    if (!end.closed) {
      const quotes = text.slice(start, start + Math.min(fence, 8));
      this.report(syntaxDiagnostics.SEQ1003, start, start + fence, { quotes });
    }
    if (text.charCodeAt(start) === 39) {
      this.pos = end.closeEnd;
      return this.emit(type.string, start, end.closeEnd);
    }
    this.multilinePiece(start, start + fence, true, end.bodyEnd, end.closeEnd);
  }

  private multilinePiece(start: number, from: number, first: boolean, bodyEnd: number, closeEnd: number): void {
    const { text } = this;
    for (let index = from; index < bodyEnd; index++) {
      const code = text.charCodeAt(index);
      if (code === 92) index++;
      else if (code === 36 && text.charCodeAt(index + 1) === 123 && index + 1 < bodyEnd) {
        this.pos = index + 2;
        this.frames.push({ multiline: true, bodyEnd, closeEnd, opened: index, closed: closeEnd > bodyEnd, braces: 0 });
        return this.emit(first ? type.stringStart : type.stringMiddle, start, this.pos);
      }
    }
    this.pos = closeEnd;
    this.emit(first ? type.string : type.stringEnd, start, closeEnd);
  }

  /** Three quotes or more that open no multi-line string: text stands behind them, or they stand in a `${…}`. */
  private misplacedFence(start: number, fence: number): void {
    const { text } = this;
    const quotes = text.slice(start, start + fence);
    const lineEnd = lineEndAt(text, start);
    const inLine = text.slice(start + fence, lineEnd);
    const close = inLine.indexOf(quotes);
    const single = inLine.indexOf(quotes.charAt(0));
    const below = close < 0 && single < 0 && this.frames.length === 0 ? closingFenceBelow(text, lineEnd, quotes) : -1;
    if (below >= 0) this.pos = below;
    else this.pos = close >= 0 ? start + 2 * fence + close : single >= 0 ? start + fence + single + 1 : lineEnd;
    this.emit(type.string, start, this.pos);
    this.report(syntaxDiagnostics.SEQ1004, start, Math.min(lineEnd, this.pos), { quotes: shorten(quotes) });
  }

  /** At a `}`: whether it ended a `${…}`; then the string it stands in was read on. */
  private closesInterpolation(): boolean {
    const frame = this.frames.at(-1);
    if (frame === undefined) return false;
    if (frame.braces > 0) {
      frame.braces--;
      return false;
    }
    this.frames.pop();
    this.resume(frame, this.pos, this.pos + 1);
    return true;
  }

  private resume(frame: Frame, start: number, from: number): void {
    if (frame.multiline) this.multilinePiece(start, from, false, frame.bodyEnd, frame.closeEnd);
    else this.interpolatedPiece(start, from, false);
  }

  /** At the end of a line, or of the text, with a `${` open: closes what ends with its line. */
  private closeAtLineEnd(): void {
    const end = this.text.charCodeAt(this.pos - 1) === 13 ? this.pos - 1 : this.pos;
    let outermost: Frame | undefined;
    let frame = this.frames.pop();
    for (; frame !== undefined && !frame.multiline; frame = this.frames.pop()) {
      outermost = frame;
      this.emit(type.stringEnd, end, end);
    }
    outermost ??= frame;
    // Of a string that has no end, this was said already.
    if (outermost?.closed === true) this.reportUnclosedInterpolation(outermost, end);
    if (frame !== undefined) this.resume(frame, end, end);
  }

  private reportUnclosedInterpolation(frame: Frame, end: number): void {
    this.report(
      syntaxDiagnostics.SEQ1016,
      frame.opened,
      frame.opened + 2,
      {},
      {
        title: 'Close it with "}"',
        text: "}",
        safe: false,
        start: end,
        end,
      },
    );
  }
}

function hasClosingQuote(text: string, from: number): boolean {
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 34) return true;
    if (code === 10) return false;
    if (code === 92) index++;
  }
  return false;
}

/** Where quotes end that stand first on a line below and are the next ones of their kind; -1 when there are none. */
function closingFenceBelow(text: string, from: number, quotes: string): number {
  const next = text.indexOf(quotes, from);
  if (next < 0 || text.slice(text.lastIndexOf("\n", next) + 1, next).trim() !== "") return -1;
  return next + quotes.length;
}
