// Splits the text of `run` into words, as semantics 7.1 says: at blanks; quotes of either kind keep a word together and
// are removed; a value adds to its word unsplit. Pure text: the checker and lowering read the same answer.
import type { Expression, Interpolation, Span, StringLiteral } from "@sequitur/grammar";

/** A text as the program gets it, or a value. */
export type WordPiece =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "value"; readonly expression: Expression };

/** One argument, or one for each item where its only piece is a list. */
export interface CommandWord extends Span {
  /** Never empty; texts that touch are one piece. */
  readonly pieces: readonly WordPiece[];
}

/** A quote that is not closed within the text. */
export interface CommandProblem extends Span {
  readonly quote: string;
}

/** The words, and the first thing that is wrong with them. */
export interface SplitCommand {
  /** The program first. */
  readonly words: readonly CommandWord[];
  readonly problem?: CommandProblem;
}

interface Splitter {
  readonly words: CommandWord[];
  /** Of the word that is being collected; undefined: none yet. */
  pieces: WordPiece[] | undefined;
  /** The text that is being collected; undefined: none yet in this word. */
  text: string | undefined;
  start: number;
  quote: { readonly character: string; readonly at: Span } | undefined;
}

/** Cost linear in the text. */
export function splitCommand(literal: StringLiteral): SplitCommand {
  const splitter: Splitter = { words: [], pieces: undefined, text: undefined, start: literal.start, quote: undefined };
  let end = literal.start;
  for (const part of literal.parts) {
    if (part.kind === "interpolation") addValue(splitter, part);
    else addText(splitter, part.value, part);
    end = part.end;
  }
  endWord(splitter, end);
  const { words, quote } = splitter;
  return quote === undefined ? { words } : { words, problem: { ...quote.at, quote: quote.character } };
}

function addValue(splitter: Splitter, part: Interpolation): void {
  if (splitter.text === undefined && splitter.pieces === undefined) splitter.start = part.start;
  endText(splitter);
  addPiece(splitter, { kind: "value", expression: part.expression });
}

function addText(splitter: Splitter, text: string, part: Span): void {
  // Without an escape, a character's place in the text is its place in the source.
  const isPlain = text.length === part.end - part.start;
  for (let index = 0; index < text.length;) {
    const start = isPlain ? part.start + index : part.start;
    const { quote } = splitter;
    const next = quote === undefined ? endOfPlain(text, index) : endOfQuoted(text, index, quote.character);
    if (next > index) {
      beginText(splitter, start);
      const found = text.slice(index, next);
      splitter.text = splitter.text === "" || splitter.text === undefined ? found : splitter.text + found;
      index = next;
      continue;
    }
    const character = text.charAt(index);
    if (quote !== undefined) splitter.quote = undefined;
    else if (character === '"' || character === "'") {
      beginText(splitter, start);
      splitter.quote = { character, at: { start, end: isPlain ? start + 1 : part.end } };
    } else endWord(splitter, isPlain ? start : part.end);
    index += 1;
  }
}

/** The first word where that can be said at a glance, as of most commands: it is a text without quotes. */
export function plainFirstWord({ parts }: StringLiteral): string | undefined {
  const first = parts[0];
  if (first?.kind !== "stringText") return undefined;
  const { value } = first;
  const end = endOfPlain(value, 0);
  const isWhole = end === value.length ? parts.length === 1 : value.charCodeAt(end) <= 0x20;
  return end > 0 && isWhole ? value.slice(0, end) : undefined;
}

/** Where the next blank or quote is. */
function endOfPlain(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d || code === 0x22 || code === 0x27)
      return index;
  }
  return text.length;
}

function endOfQuoted(text: string, from: number, quote: string): number {
  const index = text.indexOf(quote, from);
  return index < 0 ? text.length : index;
}

/** A quoted part makes a word even when it is empty. */
function beginText(splitter: Splitter, start: number): void {
  if (splitter.text !== undefined) return;
  if (splitter.pieces === undefined) splitter.start = start;
  splitter.text = "";
}

function endText(splitter: Splitter): void {
  if (splitter.text === undefined) return;
  addPiece(splitter, { kind: "text", text: splitter.text });
  splitter.text = undefined;
}

function addPiece(splitter: Splitter, piece: WordPiece): void {
  if (splitter.pieces === undefined) splitter.pieces = [piece];
  else splitter.pieces.push(piece);
}

function endWord(splitter: Splitter, end: number): void {
  endText(splitter);
  const { pieces, start } = splitter;
  if (pieces !== undefined) splitter.words.push({ pieces, start, end });
  splitter.pieces = undefined;
}
