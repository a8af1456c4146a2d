// Operators between two values: which types each takes, and what it gives. An optional value may stand left of `== !=
// ~= like in matches` and `??` alone.
import type { Binary, Expression } from "@sequitur/grammar";
import { arithmeticType, compilePattern } from "@sequitur/runtime/plan";
import type { ArithmeticOperator } from "@sequitur/runtime/plan";
import { asClause } from "../diagnostics/as-clause.ts";
import { secretDiagnostics } from "../diagnostics/secrets.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { unreachable } from "../invariant.ts";
import {
  boolType,
  errorType,
  listOf,
  membersOf,
  optionalOf,
  stringType,
  widened,
  withoutOptional,
} from "../types/constructors.ts";
import { joinTypes } from "../types/join.ts";
import { holdsSecret } from "../types/holds-secret.ts";
import { planTypeOf, typeOfPlanType } from "../types/plan-type.ts";
import { describeType } from "../types/print-type.ts";
import { fits, overlap, readableKind, relate } from "../types/relation.ts";
import type { Type } from "../types/type.ts";
import { report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { requireCondition } from "./condition.ts";
import { reportMismatch } from "./mismatch.ts";
import { assume, forget, narrowingMark } from "./narrowing.ts";
import { noteType } from "./note-type.ts";
import { constantValue } from "./program-context.ts";

/**
 * The type of `left operator right`, with what is wrong about it reported. A long chain leans to the left: its links are
 * a loop here, not a recursion.
 */
export function checkBinary(ctx: CheckContext, expression: Binary, expected: Type | undefined): Type {
  const links = [expression];
  let first = expression.left;
  while (first.kind === "binary") {
    links.push(first);
    first = first.left;
  }
  const before = narrowingMark(ctx);
  let type = ctx.program.checkExpression(ctx, first);
  for (let link = links.pop(); link !== undefined; link = links.pop()) {
    learnFromLeft(ctx, link, type, before);
    type = checkOperator(ctx, link, type, link === expression ? expected : undefined);
    // Of the last one it is noted where this is called.
    if (link !== expression) noteType(ctx, link, type);
  }
  forget(ctx, before);
  return type;
}

/** Right of `and` the left side holds, right of `or` it does not. What a chain of one of them taught so far stays. */
function learnFromLeft(ctx: CheckContext, link: Binary, leftType: Type, before: number): void {
  const { left, operator } = link;
  const isLogic = operator === "and" || operator === "or";
  const goesOn = isLogic && left.kind === "binary" && left.operator === operator;
  if (!goesOn) forget(ctx, before);
  if (!isLogic) return;
  requireCondition(ctx, left, leftType);
  assume(ctx, goesOn ? left.right : left, operator === "and");
}

function checkOperator(ctx: CheckContext, expression: Binary, leftType: Type, expected: Type | undefined): Type {
  const { operator } = expression;
  switch (operator) {
    case "and":
    case "or":
      requireCondition(ctx, expression.right, ctx.program.checkExpression(ctx, expression.right));
      return boolType;
    case "==":
    case "!=":
      checkEquality(ctx, expression, leftType);
      return boolType;
    case "<":
    case "<=":
    case ">":
    case ">=":
      checkOrder(ctx, expression, leftType);
      return boolType;
    case "in":
      checkMembership(ctx, expression, leftType);
      return boolType;
    case "~=":
    case "like":
    case "matches":
      checkTextOperator(ctx, expression, leftType);
      return boolType;
    case "??":
      return checkDefault(ctx, expression, leftType, expected);
    case "+":
    case "-":
    case "*":
    case "/":
      return checkArithmetic(ctx, expression, operator, leftType);
    default:
      return unreachable(operator);
  }
}

// ---- comparing ------------------------------------------------------------------------------------------------------

function checkEquality(ctx: CheckContext, expression: Binary, leftType: Type): void {
  const { left, right } = expression;
  const rightType = checkComparedWith(ctx, right, leftType);
  if (isSecret(ctx, expression, leftType, rightType)) return;
  if (isAbsentable(ctx, right, rightType, withoutOptional(leftType))) return;
  if (fitTexts(ctx, left, leftType, right, rightType)) return;
  if (overlap(leftType, rightType)) return;
  if (leftType.kind !== "literal" && rightType.kind === "literal" && sharesBase(leftType, rightType)) {
    const to = withoutOptional(leftType);
    const mismatch = relate(rightType, to);
    if (mismatch !== undefined) reportMismatch(ctx, right, rightType, to, mismatch);
    return;
  }
  const types = { left: describeType(leftType), right: describeType(rightType) };
  report(ctx, expression, typeDiagnostics.SEQ3102, types);
}

function checkComparedWith(ctx: CheckContext, expression: Expression, other: Type): Type {
  ctx.comparedWith = other;
  const type = ctx.program.checkExpression(ctx, expression);
  ctx.comparedWith = undefined;
  return type;
}

/** Are all values of both of one base type, as those of `"AMS" | "RTM"` and `"BRU"` are? */
function sharesBase(left: Type, right: Type): boolean {
  return membersOf(widened(left)).every((member) => member.kind === widened(right).kind);
}

const orderedKinds: readonly Type["kind"][] = ["string", "int", "duration", "size", "version"];

function checkOrder(ctx: CheckContext, expression: Binary, leftType: Type): void {
  const { left, right } = expression;
  const rightType = ctx.program.checkExpression(ctx, right);
  if (isSecret(ctx, expression, leftType, rightType)) return;
  if (isAbsentable(ctx, left, leftType, withoutOptional(leftType))) return;
  if (isAbsentable(ctx, right, rightType, withoutOptional(rightType))) return;
  if (fitTexts(ctx, left, leftType, right, rightType)) return;
  const base = widened(leftType);
  const other = widened(rightType);
  if (base.kind === "error" || other.kind === "error") return;
  if (base.kind === other.kind && orderedKinds.includes(base.kind)) return;
  reportOperands(ctx, expression, base, other);
}

function checkMembership(ctx: CheckContext, expression: Binary, leftType: Type): void {
  const { right } = expression;
  const item = widened(withoutOptional(leftType));
  if (right.kind === "list" && readableKind(item) !== undefined) {
    ctx.program.checkExpression(ctx, right, listOf(item));
    return;
  }
  const rightType = ctx.program.checkExpression(ctx, right);
  if (isSecret(ctx, expression, leftType, rightType)) return;
  if (rightType.kind === "error" || leftType.kind === "error") return;
  if (isAbsentable(ctx, right, rightType, withoutOptional(rightType))) return;
  if (rightType.kind !== "list") {
    report(ctx, right, typeDiagnostics.SEQ3013, { type: describeType(widened(rightType)) });
    return;
  }
  if (right.kind === "list" && reportForeignItems(ctx, right.items, leftType)) return;
  if (overlap(leftType, rightType.item)) return;
  const types = { left: describeType(leftType), right: `an item of ${describeType(rightType)}` };
  report(ctx, expression, typeDiagnostics.SEQ3102, types);
}

/** Items of a written list that the left side can never be. */
function reportForeignItems(ctx: CheckContext, items: readonly Expression[], leftType: Type): boolean {
  let reported = false;
  for (const item of items) {
    const type = ctx.program.types.get(item) ?? errorType;
    if (overlap(leftType, type)) continue;
    reported = true;
    const to = withoutOptional(leftType);
    const mismatch = relate(type, to) ?? { kind: "different", from: type, to };
    reportMismatch(ctx, item, type, to, mismatch);
  }
  return reported;
}

function checkTextOperator(ctx: CheckContext, expression: Binary, leftType: Type): void {
  const { left, right, operator } = expression;
  const rightType = ctx.program.checkExpression(ctx, right);
  if (isSecret(ctx, expression, leftType, rightType)) return;
  requireOperandText(ctx, left, withoutOptional(leftType), operator);
  if (isAbsentable(ctx, right, rightType, stringType)) return;
  requireOperandText(ctx, right, rightType, operator);
  if (operator !== "matches" || !fits(rightType, stringType)) return;
  checkPattern(ctx, right, rightType);
}

function checkPattern(ctx: CheckContext, expression: Expression, type: Type): void {
  const source = constantValue(ctx.program, ctx.module, expression);
  if (typeof source === "string") {
    const compiled = compilePattern(source);
    if ("pattern" in compiled) return;
    report(ctx, expression, typeDiagnostics.SEQ3105, { why: asClause(compiled.problem.message) });
  } else if (type.kind !== "error") report(ctx, expression, typeDiagnostics.SEQ3008, { what: "a pattern" });
}

function requireOperandText(ctx: CheckContext, expression: Expression, type: Type, operator: string): void {
  if (fits(type, stringType)) return;
  report(ctx, expression, typeDiagnostics.SEQ3103, { operator, type: describeType(widened(type)) });
}

/** A secret on either side; reported. */
function isSecret(ctx: CheckContext, expression: Binary, left: Type, right: Type): boolean {
  const isLeft = holdsSecret(left);
  if (!isLeft && !holdsSecret(right)) return false;
  report(ctx, isLeft ? expression.left : expression.right, secretDiagnostics.SEQ6002, {});
  return true;
}

/** An optional value where one is needed; reported. */
function isAbsentable(ctx: CheckContext, expression: Expression, type: Type, to: Type): boolean {
  if (type.kind !== "optional") return false;
  reportMismatch(ctx, expression, type, to, { kind: "optional", from: type, to });
  return true;
}

/**
 * Where one side is a version, duration or size and the other a literal text, the text is read as one. False: no such
 * case.
 */
function fitTexts(ctx: CheckContext, left: Expression, leftType: Type, right: Expression, rightType: Type): boolean {
  const present = withoutOptional(leftType);
  return fitText(ctx, left, present, rightType) || fitText(ctx, right, rightType, present);
}

function fitText(ctx: CheckContext, expression: Expression, type: Type, other: Type): boolean {
  if (type.kind !== "literal" || typeof type.value !== "string" || readableKind(other) === undefined) return false;
  ctx.program.expected.set(expression, other);
  const mismatch = relate(type, other);
  if (mismatch !== undefined) reportMismatch(ctx, expression, type, other, mismatch);
  return true;
}

// ---- computing ------------------------------------------------------------------------------------------------------

function checkDefault(ctx: CheckContext, expression: Binary, leftType: Type, expected: Type | undefined): Type {
  const { left, right } = expression;
  const present = withoutOptional(leftType);
  const rightType = ctx.program.checkExpression(ctx, right);
  if (leftType.kind === "error") return errorType;
  const joined = joinTypes([present, rightType]);
  if (joined !== null) return joined;
  const to = commonTarget(present, rightType, expected);
  for (const [side, type] of [
    [left, present],
    [right, rightType],
  ] as const) {
    const mismatch = relate(type, to);
    if (mismatch === undefined)
      ctx.program.expected.set(side, side === left && leftType !== present ? optionalOf(to) : to);
    else reportMismatch(ctx, side, type, to, mismatch);
  }
  return to;
}

/**
 * What two sides of different types are fitted to: a version for a literal text, a size or percentage where one is due.
 */
function commonTarget(left: Type, right: Type, expected: Type | undefined): Type {
  const place = expected === undefined ? undefined : withoutOptional(expected);
  if (place?.kind === "extent" && fits(left, place) && fits(right, place)) return place;
  return left.kind === "literal" && fits(left, right) ? right : left;
}

function checkArithmetic(ctx: CheckContext, expression: Binary, operator: ArithmeticOperator, leftType: Type): Type {
  const { left, right } = expression;
  const rightType = ctx.program.checkExpression(ctx, right);
  const leftAbsent = isAbsentable(ctx, left, leftType, widened(withoutOptional(leftType)));
  const rightAbsent = isAbsentable(ctx, right, rightType, widened(withoutOptional(rightType)));
  if (leftAbsent || rightAbsent || leftType.kind === "error" || rightType.kind === "error") return errorType;
  const leftPlan = planTypeOf(leftType);
  const rightPlan = planTypeOf(rightType);
  const type = leftPlan === null || rightPlan === null ? null : arithmeticType(operator, leftPlan, rightPlan);
  if (type !== null) return typeOfPlanType(type);
  reportOperands(ctx, expression, widened(leftType), widened(rightType));
  return errorType;
}

function reportOperands(ctx: CheckContext, expression: Binary, left: Type, right: Type): void {
  const hint = operandHint(expression, left, right);
  const args = { operator: expression.operator, left: describeType(left), right: describeType(right) };
  report(ctx, expression, typeDiagnostics.SEQ3101, args, hint === undefined ? {} : { hint });
}

function operandHint(expression: Binary, left: Type, right: Type): string | undefined {
  const kinds = [left.kind, right.kind];
  if (expression.operator === "+" && kinds.includes("string")) return 'texts are joined in a string: "${…}${…}"';
  if (!kinds.includes("int")) return undefined;
  if (kinds.includes("size")) return "a size has a unit: 512MB, 40GB";
  return kinds.includes("duration") ? "a duration has a unit: 500ms, 30s, 10m, 2h, 1d" : undefined;
}
