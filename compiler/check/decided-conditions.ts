// Conditions that are not asked but known: of literals alone, or decided by a condition around or before. Reported at the
// smallest part. A constant with a name is a switch that its author turns, and no finding.
import type { Block, Expression, If } from "@sequitur/grammar";
import { flowDiagnostics } from "../diagnostics/flow.ts";
import { mayConcern } from "./asked-names.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { decidedBy, exhausts, literalOf } from "./known-values.ts";
import { isAnythingKnown, noteTold } from "./narrowing.ts";
import { constantValue } from "./program-context.ts";

/** To be called of every condition and of every part of one that is a condition itself, when it has been checked. */
export function reportDecided(ctx: CheckContext, condition: Expression): void {
  const { assumed } = ctx.narrowings;
  if (assumed.length === 0 || isMadeOfConditions(condition)) return;
  if (!mayConcern(assumed, condition) || !isAnythingKnown(ctx)) return;
  const decided = decidedBy(ctx, condition);
  if (decided === undefined) return;
  const { truth, by, subject, key } = decided;
  const related = [{ ...locate(ctx, by.at), message: "this condition has decided it" }];
  report(ctx, condition, flowDiagnostics.SEQ4008, { truth }, { related });
  noteTold(ctx, subject, key, { ...by, told: true });
}

/** To be called of a whole condition: the first part of it that has nothing but literals is a finding. */
export function reportConstant(ctx: CheckContext, condition: Expression): void {
  const found = constantPart(condition);
  if (found === undefined) return;
  const truth = constantValue(ctx.program, ctx.module, found);
  if (typeof truth === "boolean") report(ctx, found, flowDiagnostics.SEQ4007, { truth });
}

function constantPart(condition: Expression): Expression | undefined {
  let found: Expression | undefined;
  for (let rest = condition; ;) {
    if (rest.kind === "parenthesized") rest = rest.expression;
    else if (rest.kind === "unary" && rest.operator === "not") rest = rest.operand;
    else if (rest.kind === "binary" && isMadeOfConditions(rest)) {
      // A loop: a chain may be long, and it leans to the left.
      found = constantPart(rest.right) ?? found;
      rest = rest.left;
    } else return isConstant(rest) ? rest : found;
  }
}

/** Texts and numbers that differ can't be compared at all, which is another finding. */
function isConstant(part: Expression): boolean {
  if (part.kind === "boolean") return true;
  if (part.kind !== "binary" || !isLiteral(part.right) || !isLiteral(part.left)) return false;
  const { operator, left, right } = part;
  if (operator === "in") return false;
  return (operator !== "==" && operator !== "!=") || literalOf(left) === literalOf(right);
}

/** Its parts are looked at one by one. */
function isMadeOfConditions(condition: Expression): boolean {
  switch (condition.kind) {
    case "parenthesized":
      return true;
    case "unary":
      return condition.operator === "not";
    case "binary":
      return condition.operator === "and" || condition.operator === "or";
    default:
      return false;
  }
}

/** `true`, `"a" == "b"`, `1 < 2`: nothing in it has a name. */
function isLiteral(expression: Expression): boolean {
  switch (expression.kind) {
    case "boolean":
    case "number":
      return true;
    case "string":
      return expression.parts.every((part) => part.kind === "stringText");
    case "parenthesized":
      return isLiteral(expression.expression);
    case "unary":
      return isLiteral(expression.operand);
    case "binary":
      // The right side first: a long chain leans to the left.
      return isLiteral(expression.right) && isLiteral(expression.left);
    default:
      return false;
  }
}

/** An `else` for a value that has been asked for each of its literals. One that only fails is there for safety. */
export function reportExhausted(ctx: CheckContext, condition: Expression, otherwise: If | Block): void {
  isAnythingKnown(ctx);
  if (!exhausts(ctx, condition)) return;
  const statements = otherwise.kind === "block" ? otherwise.statements : [];
  const onlyFails =
    statements.length > 0 && statements.every((each) => each.kind === "step" && each.action.kind === "fail");
  if (onlyFails) return;
  const related = [{ ...locate(ctx, condition), message: "this asks for the last of its values" }];
  const at = otherwise.kind === "if" ? otherwise.condition : { start: otherwise.start, end: otherwise.start + 1 };
  report(ctx, at, flowDiagnostics.SEQ4010, {}, { related });
}
