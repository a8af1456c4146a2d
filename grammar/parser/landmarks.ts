// What each token type can start, as bits: recovery stops at these, and error productions ask for them.
import { tokens, tokenTypeCount, typeIndex, words } from "../lexer/token-types.ts";
import { contextualWords, reservedWords } from "../lexer/words.ts";

export const landmark = {
  /** A reserved word that starts a declaration. */
  declaration: 1,
  /** A contextual word that starts a declaration when a name or a string follows. */
  contextualDeclaration: 2,
  /** A variable's word. */
  variable: 4,
  /** step, group, if, for. */
  statement: 8,
  action: 16,
  clause: 32,
  /** A contextual word that starts a clause. */
  contextualClause: 64,
  /** Starts an operand, save for the gates. */
  operand: 128,
  /** `not`, `-`. */
  prefix: 256,
  testItem: 512,
  name: 1024,
  word: 2048,
  reserved: 4096,
  /** STRING or the first piece of one. */
  string: 8192,
} as const;

const table = new Uint16Array(tokenTypeCount);

function add(bits: number, ...types: readonly { tokenTypeIdx?: number }[]): void {
  for (const type of types) {
    const index = type.tokenTypeIdx ?? 0;
    table[index] = (table[index] ?? 0) | bits;
  }
}

for (const word of Object.values(reservedWords).flat()) add(landmark.reserved | landmark.word, words[word]);
for (const word of Object.values(contextualWords).flat()) {
  add(landmark.name | landmark.word | landmark.operand, words[word]);
}
add(landmark.name | landmark.word | landmark.operand, tokens.Identifier);
for (const word of ["import", "const", "type", "fn", "sequence", "extern"] as const)
  add(landmark.declaration, words[word]);
for (const word of contextualWords.declarations) if (word !== "of") add(landmark.contextualDeclaration, words[word]);
for (const word of ["param", "secret", "output", "var", "global"] as const) add(landmark.variable, words[word]);
for (const word of ["step", "group", "if", "for"] as const) add(landmark.statement, words[word]);
for (const word of reservedWords.actions) add(landmark.action, words[word]);
for (const word of reservedWords.clauses) add(landmark.clause, words[word]);
for (const word of contextualWords.clauses) {
  if (word !== "every" && word !== "doubling") add(landmark.contextualClause, words[word]);
}
for (const word of contextualWords.testItems) add(landmark.testItem, words[word]);
add(landmark.testItem, words.when);
add(landmark.string | landmark.operand, tokens.String, tokens.StringStart);
add(
  landmark.operand,
  tokens.Number,
  words.true,
  words.false,
  words.run,
  words.if,
  tokens.LParen,
  tokens.LSquare,
  tokens.LCurly,
);
add(landmark.prefix, words.not, tokens.Minus);

/** The bits of a token type. */
export function landmarksOf(type: number): number {
  return table[type] ?? 0;
}

/** Numbers of the token types that recovery compares with. */
export const at = {
  eof: typeIndex(tokens.EOF),
  identifier: typeIndex(tokens.Identifier),
  number: typeIndex(tokens.Number),
  string: typeIndex(tokens.String),
  lcurly: typeIndex(tokens.LCurly),
  rcurly: typeIndex(tokens.RCurly),
  lparen: typeIndex(tokens.LParen),
  rparen: typeIndex(tokens.RParen),
  lsquare: typeIndex(tokens.LSquare),
  rsquare: typeIndex(tokens.RSquare),
  comma: typeIndex(tokens.Comma),
  colon: typeIndex(tokens.Colon),
  dot: typeIndex(tokens.Dot),
  assign: typeIndex(tokens.Assign),
  greater: typeIndex(tokens.Greater),
  greaterEqual: typeIndex(tokens.GreaterEqual),
  coalesce: typeIndex(tokens.Coalesce),
  stringStart: typeIndex(tokens.StringStart),
  stringMiddle: typeIndex(tokens.StringMiddle),
  stringEnd: typeIndex(tokens.StringEnd),
  as: typeIndex(words.as),
  sequence: typeIndex(words.sequence),
  secret: typeIndex(words.secret),
  step: typeIndex(words.step),
  group: typeIndex(words.group),
  extern: typeIndex(words.extern),
  global: typeIndex(words.global),
  run: typeIndex(words.run),
  if: typeIndex(words.if),
  for: typeIndex(words.for),
  then: typeIndex(words.then),
  else: typeIndex(words.else),
  on: typeIndex(words.on),
  error: typeIndex(words.error),
  finally: typeIndex(words.finally),
  env: typeIndex(words.env),
  foreign: typeIndex(words.foreign),
  disabled: typeIndex(words.disabled),
  options: typeIndex(words.options),
  test: typeIndex(words.test),
  not: typeIndex(words.not),
  minus: typeIndex(tokens.Minus),
  from: typeIndex(words.from),
  when: typeIndex(words.when),
} as const;
