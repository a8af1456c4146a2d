// Texts that must stand in the source as they are: paths, titles, keys.
import type { Missing, Span, StringLiteral } from "@sequitur/grammar";

/** The text of a literal; undefined when it holds an interpolation. */
export function plainText(literal: StringLiteral | Missing): string | undefined {
  if (literal.kind === "missing") return undefined;
  let text = "";
  for (const part of literal.parts) {
    if (part.kind !== "stringText") return undefined;
    text += part.value;
  }
  return text;
}

/** The span within the quotes, where all of it is one text; else the whole literal. */
export function plainTextSpan(literal: StringLiteral): Span {
  const [first, second] = literal.parts;
  return first?.kind === "stringText" && second === undefined ? first : literal;
}
