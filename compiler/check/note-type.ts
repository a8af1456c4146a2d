// Notes the type of an expression that has been checked, and whether its value may be known before the run.
import type { Expression } from "@sequitur/grammar";
import { isOpen } from "../constants/constant-evaluator.ts";
import type { Type } from "../types/type.ts";
import type { CheckContext } from "./check-context.ts";

/** Its names have their resolutions by now. */
export function noteType(ctx: CheckContext, expression: Expression, type: Type): void {
  const { program } = ctx;
  program.types.set(expression, type);
  if (program.disabledDepth === 0 && isComputable(ctx, expression)) {
    program.computable.get(ctx.module.path)?.push(expression);
  }
}

/** May something be computed here before the run? Literals say their value themselves. */
function isComputable(ctx: CheckContext, expression: Expression): boolean {
  switch (expression.kind) {
    case "string":
      return expression.parts.some((part) => part.kind === "interpolation") && !startsOpen(ctx, expression);
    case "reference":
    case "member":
    case "invocation":
    case "binary":
      return !startsOpen(ctx, expression);
    case "unary":
    case "conditional":
    case "list":
    case "comprehension":
    case "record":
      return true;
    default:
      return false;
  }
}

function startsOpen(ctx: CheckContext, expression: Expression): boolean {
  const { resolutions } = ctx.program;
  if (expression.kind !== "reference" && expression.kind !== "member" && expression.kind !== "invocation") {
    return ctx.program.evaluator.startsOpen(expression);
  }
  const resolution = resolutions.get(expression);
  return resolution === undefined || isOpen(resolution);
}
