// The token table: one declaration of every kind of token the parser sees, as chevrotain token types. White space and
// comments are not in it: the lexer leaves them out, and the lossless list is made from the gaps (token-list.ts).
import { createToken, EOF, Lexer, type TokenType } from "chevrotain";
import { contextualWords, reservedWords, type ContextualWord, type ReservedWord } from "./words.ts";

function category(name: string, label: string, categories: TokenType[] = []): TokenType {
  const type = createToken({ name, label, pattern: Lexer.NA });
  // Given to createToken, they would be counted anew for every token of a category; the parser's constructor does it once.
  type.CATEGORIES = categories;
  return type;
}

/** Any word: allowed as a property and field name. */
const Word = category("Word", "WORD");
/** A word that may be a name: an identifier, a contextual word, or text in backticks. */
const Name = category("Name", "NAME", [Word]);

/** An operator between two operands; how tightly it binds is said in parser/precedence.ts. */
const BinaryOperator = category("BinaryOperator", "OPERATOR");

const binaryTexts = [
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "~=",
  "??",
  "+",
  "-",
  "*",
  "/",
  "or",
  "and",
  "in",
  "matches",
  "like",
];

const punctuationTexts = {
  LCurly: "{",
  RCurly: "}",
  LParen: "(",
  RParen: ")",
  LSquare: "[",
  RSquare: "]",
  Comma: ",",
  Colon: ":",
  Dot: ".",
  QuestionDot: "?.",
  Question: "?",
  Coalesce: "??",
  Assign: "=",
  Equal: "==",
  NotEqual: "!=",
  Less: "<",
  LessEqual: "<=",
  Greater: ">",
  GreaterEqual: ">=",
  SameText: "~=",
  Plus: "+",
  Minus: "-",
  Star: "*",
  Slash: "/",
  Pipe: "|",
} as const;

type PunctuationName = keyof typeof punctuationTexts;

function punctuationTokens(): { readonly [P in PunctuationName]: TokenType } {
  const entries = Object.entries(punctuationTexts).map(([name, text]) => {
    return [name, category(name, `"${text}"`, binaryTexts.includes(text) ? [BinaryOperator] : [])];
  });
  return Object.fromEntries(entries) as { readonly [P in PunctuationName]: TokenType };
}

function wordTokens<W extends string>(
  groups: Readonly<{ [group: string]: readonly W[] }>,
  parent: TokenType,
): { readonly [K in W]: TokenType } {
  const words = Object.values(groups).flat();
  const entries = words.map((word) => {
    const categories = binaryTexts.includes(word) ? [parent, BinaryOperator] : [parent];
    return [word, category(`Word_${word}`, `"${word}"`, categories)];
  });
  return Object.fromEntries(entries) as { readonly [K in W]: TokenType };
}

/** Token types that are no words. A string without `${` is one `String`; others are pieces around expressions. */
export const tokens = {
  ...punctuationTokens(),
  Word,
  Name,
  BinaryOperator,
  Identifier: category("Identifier", "IDENT", [Name]),
  Number: category("Number", "NUMBER"),
  String: category("String", "STRING"),
  /** From the opening quote to `${`. */
  StringStart: category("StringStart", "STRING_START"),
  /** From `}` to the next `${`. */
  StringMiddle: category("StringMiddle", "STRING_MIDDLE"),
  /** From `}` to the closing quote. */
  StringEnd: category("StringEnd", "STRING_END"),
  EOF,
} as const;

/** One token type a reserved or contextual word. */
export const words: { readonly [W in ReservedWord | ContextualWord]: TokenType } = {
  ...wordTokens<ReservedWord>(reservedWords, Word),
  ...wordTokens<ContextualWord>(contextualWords, Name),
};

export const allTokenTypes: readonly TokenType[] = [...Object.values(tokens), ...Object.values(words)];

/** The number the lexer writes for a token type. */
export function typeIndex(type: TokenType): number {
  return type.tokenTypeIdx ?? -1;
}

/** Room for a table indexed by token type. */
export const tokenTypeCount: number = Math.max(...allTokenTypes.map(typeIndex)) + 1;

/** What a word is: its token type's number, looked up by its text. */
export const wordTypes: ReadonlyMap<string, number> = new Map(
  Object.entries(words).map(([word, type]) => [word, typeIndex(type)]),
);

/** The fixed text of a token type, such as `}` or `timeout`; undefined for names, numbers and strings. */
export function fixedText(type: TokenType): string | undefined {
  const label = type.LABEL ?? "";
  return label.startsWith('"') ? label.slice(1, -1) : undefined;
}
