// The lossless list of tokens: what the lexer emitted with the gaps between filled in. Joining the texts of all tokens
// gives the source back, whatever the source is.
import type { Token, TokenKind } from "../syntax/parse-result.ts";
import { lex } from "./lexer.ts";
import { lineEndAt } from "./multiline.ts";
import { allTokenTypes, fixedText, tokens, typeIndex, wordTypes } from "./token-types.ts";

const stringTypes = new Set([tokens.String, tokens.StringStart, tokens.StringMiddle, tokens.StringEnd].map(typeIndex));

const kinds: readonly TokenKind[] = (() => {
  const table: TokenKind[] = [];
  for (const type of allTokenTypes) {
    const index = typeIndex(type);
    if (type === tokens.Number) table[index] = "number";
    else if (stringTypes.has(index)) table[index] = "string";
    else if (fixedText(type) !== undefined && !wordTypes.has(fixedText(type) ?? "")) table[index] = "punctuation";
    else table[index] = "word";
  }
  return table;
})();

/** Every token of a text in order, white space, comments and junk included. */
export function tokenList(text: string): readonly Token[] {
  const lexed = lex(text, () => undefined);
  const list: Token[] = [];
  let end = 0;
  for (let index = 0; index < lexed.count; index++) {
    const start = lexed.starts[index] ?? 0;
    const tokenEnd = lexed.ends[index] ?? 0;
    if (tokenEnd === start) continue;
    if (start > end) fillGap(text, end, start, list);
    list.push({ kind: kinds[lexed.types[index] ?? 0] ?? "word", start, end: tokenEnd });
    end = tokenEnd;
  }
  if (end < text.length) fillGap(text, end, text.length, list);
  return list;
}

function fillGap(text: string, from: number, to: number, list: Token[]): void {
  let start = from;
  while (start < to) {
    const end = Math.min(gapTokenEnd(text, start), to);
    list.push({ kind: gapKind(text, start), start, end });
    start = end;
  }
}

function gapKind(text: string, start: number): TokenKind {
  const code = text.charCodeAt(start);
  if (code === 10 || (code === 13 && text.charCodeAt(start + 1) === 10)) return "newline";
  if (isBlank(code)) return "whitespace";
  if (code === 47 && text.charCodeAt(start + 1) === 42) return "comment";
  if (code !== 47 || text.charCodeAt(start + 1) !== 47) return "junk";
  return text.charCodeAt(start + 2) === 47 && text.charCodeAt(start + 3) !== 47 ? "docComment" : "comment";
}

function gapTokenEnd(text: string, start: number): number {
  switch (gapKind(text, start)) {
    case "newline":
      return text.charCodeAt(start) === 13 ? start + 2 : start + 1;
    case "whitespace": {
      let end = start + 1;
      while (gapKind(text, end) === "whitespace" && end < text.length) end++;
      return end;
    }
    case "docComment":
      return lineEndAt(text, start);
    case "comment": {
      if (text.charCodeAt(start + 1) === 47) return lineEndAt(text, start);
      const close = text.indexOf("*/", start + 2);
      return close < 0 ? text.length : close + 2;
    }
    default: {
      if (text.charCodeAt(start) === 35) return lineEndAt(text, start);
      let end = start + 1;
      while (end < text.length && gapKind(text, end) === "junk") end++;
      return end;
    }
  }
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0;
}
