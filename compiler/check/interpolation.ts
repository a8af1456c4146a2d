// What may stand in `${…}`: values with one obvious text.
import type { Expression, Interpolation, StringLiteral } from "@sequitur/grammar";
import { secretDiagnostics } from "../diagnostics/secrets.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { stringType, widened } from "../types/constructors.ts";
import { holdsSecret } from "../types/holds-secret.ts";
import { describeType } from "../types/print-type.ts";
import type { Type } from "../types/type.ts";
import { report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { reportMismatch } from "./mismatch.ts";

/** Checks every value that stands in a text. */
export function checkInterpolations(ctx: CheckContext, literal: StringLiteral): void {
  for (const part of literal.parts) if (part.kind === "interpolation") checkInterpolation(ctx, part);
}

/** Checks one value that stands in a text; gives its type. */
export function checkInterpolation(ctx: CheckContext, part: Interpolation): Type {
  const type = ctx.program.checkExpression(ctx, part.expression);
  requireText(ctx, part.expression, type);
  return type;
}

/** Reports a value that has no text. */
export function requireText(ctx: CheckContext, expression: Expression, type: Type): void {
  if (holdsSecret(type)) {
    report(ctx, expression, secretDiagnostics.SEQ6001, { place: "a text" });
    return;
  }
  const base = widened(type);
  switch (base.kind) {
    case "optional":
      if (ctx.inLog) return;
      reportMismatch(ctx, expression, type, stringType, { kind: "optional", from: type, to: stringType });
      return;
    case "list":
      if (ctx.inLog) return;
      reportNoText(ctx, expression, base, 'join it, as in join(list, ", ")');
      return;
    case "record":
      if (ctx.inLog) return;
      reportNoText(ctx, expression, base, "name the field that is meant");
      return;
    case "handle":
      reportNoText(ctx, expression, base, "it stands for a thing, not for a text");
      return;
    default:
  }
}

function reportNoText(ctx: CheckContext, expression: Expression, type: Type, way: string): void {
  report(ctx, expression, typeDiagnostics.SEQ3006, { type: describeType(type), way });
}
