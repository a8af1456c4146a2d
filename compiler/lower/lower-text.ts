// Lowers texts with interpolations. What may stand in a text is the checker's; here it gets its text.
import type { Expression, Span, StringLiteral } from "@sequitur/grammar";
import { planTypeOf, textFunctionOf } from "./plan-type-of.ts";
import type { SequenceContext } from "./sequence-context.ts";

/** Text with interpolations; neighbours that are known are joined before the run. */
export function lowerText(ctx: SequenceContext, literal: StringLiteral): void {
  lowerPieces(ctx, literal, textPieces(ctx, literal.parts));
}

/** A stretch of text that is known, or an expression whose text is put in. */
export type TextPiece = string | Expression;

/** The pieces of a text, known values already in it as text; neighbouring texts are not joined. */
export function textPieces(ctx: SequenceContext, parts: StringLiteral["parts"]): readonly TextPiece[] {
  return parts.map((part) => {
    if (part.kind === "stringText") return part.value;
    return ctx.shared.constants.textOf(part.expression, ctx.module.path) ?? part.expression;
  });
}

/** Leaves the joined text of the pieces on the stack. */
export function lowerPieces(ctx: SequenceContext, place: Span, pieces: readonly TextPiece[]): void {
  let pending = "";
  let count = 0;
  const flush = (): void => {
    if (pending === "") return;
    ctx.builder.push("string", pending);
    pending = "";
    count += 1;
  };
  ctx.at(place);
  for (const piece of pieces) {
    if (typeof piece === "string") pending += piece;
    else {
      flush();
      lowerTextOf(ctx, piece);
      count += 1;
    }
  }
  ctx.at(place);
  flush();
  if (count === 0) ctx.builder.push("string", "");
  else if (count > 1) ctx.builder.emit("CONCAT", count);
}

/** Leaves the text of a value on the stack; a secret stays one. */
export function lowerTextOf(ctx: SequenceContext, expression: Expression): void {
  ctx.lower(expression);
  const type = planTypeOf(ctx.shared.program.expected.get(expression) ?? ctx.typeOf(expression));
  const convert = textFunctionOf(type);
  if (convert !== null) ctx.builder.emit("BUILTIN", convert, 1);
}

/**
 * A `wmi` query: an interpolated text becomes one quoted WQL literal, so that no value can add to the query. In WQL a
 * backslash escapes (https://learn.microsoft.com/windows/win32/wmisdk/wql-sql-for-wmi).
 */
export function lowerQuery(ctx: SequenceContext, literal: StringLiteral): void {
  let count = 0;
  const emit = (lower: () => void): void => {
    lower();
    count += 1;
  };
  for (const part of literal.parts) {
    if (part.kind === "stringText") emit(() => ctx.builder.push("string", part.value));
    else {
      emit(() => ctx.builder.push("string", "'"));
      emit(() => {
        lowerTextOf(ctx, part.expression);
        for (const escaped of ["\\", "'"]) {
          ctx.builder.push("string", escaped);
          ctx.builder.push("string", `\\${escaped}`);
          ctx.builder.emit("BUILTIN", "replace", 3);
        }
      });
      emit(() => ctx.builder.push("string", "'"));
    }
  }
  ctx.builder.emit("CONCAT", count);
}
