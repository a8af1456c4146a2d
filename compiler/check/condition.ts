// Expressions whose place asks for a kind of value that is decided on: conditions, and the lists of loops.
import type { Expression } from "@sequitur/grammar";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { boolType, errorType, widened } from "../types/constructors.ts";
import { describeType } from "../types/print-type.ts";
import { relate } from "../types/relation.ts";
import type { Type } from "../types/type.ts";
import { report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { reportConstant, reportDecided } from "./decided-conditions.ts";
import { reportMismatch } from "./mismatch.ts";

/** A condition: a bool, and nothing that only seems to be one. */
export function checkCondition(ctx: CheckContext, expression: Expression): void {
  requireCondition(ctx, expression, ctx.program.checkExpression(ctx, expression));
  reportConstant(ctx, expression);
}

/** The same of an expression that was checked already, and has this type. */
export function requireCondition(ctx: CheckContext, expression: Expression, type: Type): void {
  if (type === boolType) return reportDecided(ctx, expression);
  ctx.program.expected.set(expression, boolType);
  const mismatch = relate(type, boolType);
  if (mismatch === undefined) return reportDecided(ctx, expression);
  if (mismatch.kind === "optional" || type.kind === "secret") reportMismatch(ctx, expression, type, boolType, mismatch);
  else report(ctx, expression, typeDiagnostics.SEQ3005, { type: describeType(widened(type)) });
}

/** The type of the items of what `for` goes through. */
export function checkIterable(ctx: CheckContext, expression: Expression): Type {
  const type = ctx.program.checkExpression(ctx, expression);
  if (type.kind === "list") return type.item;
  if (type.kind === "error") return errorType;
  if (type.kind === "optional" && type.inner.kind === "list") {
    reportMismatch(ctx, expression, type, type.inner, { kind: "optional", from: type, to: type.inner });
    return type.inner.item;
  }
  report(ctx, expression, typeDiagnostics.SEQ3013, { type: describeType(widened(type)) });
  return errorType;
}
