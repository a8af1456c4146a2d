// Signs and operators: which one starts at a character, the longest first, and what those of other languages stand for.
import { tokens, words } from "./token-types.ts";

/** An operator in the text. `meant` is set when it is one of another language. */
export interface OperatorToken {
  readonly type: number;
  readonly length: number;
  readonly meant?: string;
  /** What to write for it, when that is more than `meant`. */
  readonly replacement?: string;
}

function row(type: { tokenTypeIdx?: number }, length: number, meant?: string, replacement?: string): OperatorToken {
  return {
    type: type.tokenTypeIdx ?? -1,
    length,
    ...(meant === undefined ? {} : { meant }),
    ...(replacement === undefined ? {} : { replacement }),
  };
}

const singles: ReadonlyMap<number, OperatorToken> = new Map(
  [
    tokens.LParen,
    tokens.RParen,
    tokens.LSquare,
    tokens.RSquare,
    tokens.Comma,
    tokens.Colon,
    tokens.Dot,
    tokens.Plus,
    tokens.Minus,
    tokens.Star,
    tokens.Slash,
    tokens.Question,
    tokens.Less,
    tokens.Greater,
    tokens.Assign,
    tokens.Pipe,
  ].map((type) => [(type.LABEL ?? "").charCodeAt(1), row(type, 1)]),
);

const equal = row(tokens.Equal, 2);
const notEqual = row(tokens.NotEqual, 2);
const lessEqual = row(tokens.LessEqual, 2);
const greaterEqual = row(tokens.GreaterEqual, 2);
const sameText = row(tokens.SameText, 2);
const coalesce = row(tokens.Coalesce, 2);
const questionDot = row(tokens.QuestionDot, 2);
const tripleEqual = row(tokens.Equal, 3, "==");
const tripleNotEqual = row(tokens.NotEqual, 3, "!=");
const and = row(words.and, 2, "and");
const or = row(words.or, 2, "or");
const not = row(words.not, 1, "not", "not ");

/** The operator or sign that starts at `index`, whose character is `code`; undefined when none does. */
export function operatorAt(text: string, index: number, code: number): OperatorToken | undefined {
  const next = text.charCodeAt(index + 1);
  switch (code) {
    case 61: // =
      if (next !== 61) break;
      return text.charCodeAt(index + 2) === 61 ? tripleEqual : equal;
    case 33: // !
      if (next !== 61) return not;
      return text.charCodeAt(index + 2) === 61 ? tripleNotEqual : notEqual;
    case 60: // <
      if (next === 61) return lessEqual;
      break;
    case 62: // >
      if (next === 61) return greaterEqual;
      break;
    case 126: // ~
      return next === 61 ? sameText : undefined;
    case 63: // ?
      if (next === 63) return coalesce;
      if (next === 46) return questionDot;
      break;
    case 38: // &
      return next === 38 ? and : undefined;
    case 124: // |
      if (next === 124) return or;
      break;
  }
  return singles.get(code);
}
