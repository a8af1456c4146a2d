// Texts that must stand in the source as they are.
import type { Missing, StringLiteral } from "@sequitur/grammar";
import { plainText } from "../bind/plain-text.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";

/** The text; undefined where it lacks or holds a value, which is reported. `what`: `a title`. */
export function checkPlainText(
  ctx: CheckContext,
  literal: StringLiteral | Missing | undefined,
  what: string,
): string | undefined {
  if (literal === undefined || literal.kind === "missing") return undefined;
  const text = plainText(literal);
  const part = literal.parts.find((piece) => piece.kind === "interpolation");
  if (text === undefined && part !== undefined) report(ctx, part, typeDiagnostics.SEQ3018, { what });
  return text;
}
