// What type has an expression, and does it fit the place it stands in? The place's type goes down into lists, records
// and the sides of an `if`, so that a finding names the smallest part that is wrong. Operators, names and calls have
// files of their own.
import type {
  Comprehension,
  Conditional,
  Expression,
  List,
  NumberLiteral,
  StringLiteral,
  Unary,
} from "@sequitur/grammar";
import { declareLocal, forgetLocal, loopVariableSymbol } from "../bind/sequence-scope.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { unreachable } from "../invariant.ts";
import {
  boolType,
  durationType,
  errorType,
  intType,
  listOf,
  literalType,
  neverType,
  percentType,
  sizeType,
  stringType,
  widened,
  withoutOptional,
} from "../types/constructors.ts";
import { joinTypes } from "../types/join.ts";
import { describeType, printType } from "../types/print-type.ts";
import { relate } from "../types/relation.ts";
import { isTooLarge, typeSizeRange } from "../types/type-size.ts";
import type { Type } from "../types/type.ts";
import { report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { checkInvocation } from "./calls.ts";
import { checkCondition, checkIterable, requireCondition } from "./condition.ts";
import { checkInterpolations } from "./interpolation.ts";
import { reportMismatch } from "./mismatch.ts";
import { assume, forget, narrowingMark } from "./narrowing.ts";
import { noteType } from "./note-type.ts";
import { checkBinary } from "./operators.ts";
import { checkRecord } from "./records.ts";
import { checkMember, checkReference } from "./references.ts";

/**
 * The type of an expression, noted in the tables. With `expected`, what does not fit is reported, once, at the smallest
 * part.
 */
export function checkExpression(ctx: CheckContext, expression: Expression, expected?: Type): Type {
  const { program } = ctx;
  const shape = expected === undefined ? undefined : shapeFor(expression, expected);
  program.depth += 1;
  const type = withinSize(ctx, expression, infer(ctx, expression, expected, shape));
  program.depth -= 1;
  noteType(ctx, expression, type);
  if (expected === undefined) return type;
  if (shape === undefined) {
    if (type === expected) return type;
    const mismatch = relate(type, expected);
    if (mismatch !== undefined) reportMismatch(ctx, expression, type, expected, mismatch);
  }
  program.expected.set(expression, expected);
  return type;
}

/** The type, or `error` where it is larger than a plan takes it; only lists and records make types grow. */
function withinSize(ctx: CheckContext, expression: Expression, type: Type): Type {
  if (type.kind !== "list" && type.kind !== "record") return type;
  if (!isTooLarge(type)) return type;
  report(ctx, expression, typeDiagnostics.SEQ3015, { what: "a value", range: typeSizeRange });
  return errorType;
}

/**
 * The part of the expected type that the parts of this expression are checked against by themselves; undefined: the
 * expression is fitted as a whole.
 */
function shapeFor(expression: Expression, expected: Type): Type | undefined {
  switch (expression.kind) {
    case "parenthesized":
    case "conditional":
      return expected;
    case "list":
    case "comprehension":
      return memberOfKind(expected, "list");
    case "record":
      return memberOfKind(expected, "record");
    default:
      return undefined;
  }
}

function memberOfKind(type: Type, kind: "list" | "record"): Type | undefined {
  const present = withoutOptional(type);
  if (present.kind === "union") return present.members.find((member) => member.kind === kind);
  return present.kind === kind ? present : undefined;
}

function infer(ctx: CheckContext, expression: Expression, expected: Type | undefined, shape: Type | undefined): Type {
  switch (expression.kind) {
    case "missing":
      return errorType;
    case "boolean":
      return literalType(expression.value);
    case "number":
      return numberType(expression);
    case "string":
      return checkString(ctx, expression);
    case "parenthesized":
      return ctx.program.checkExpression(ctx, expression.expression, expected);
    case "reference":
      return checkReference(ctx, expression, expected);
    case "member":
      return checkMember(ctx, expression);
    case "invocation":
      return checkInvocation(ctx, expression);
    case "unary":
      return checkUnary(ctx, expression);
    case "binary":
      return checkBinary(ctx, expression, expected);
    case "conditional":
      return checkConditional(ctx, expression, expected);
    case "list":
      return checkList(ctx, expression, shape?.kind === "list" ? shape : undefined);
    case "comprehension":
      return checkComprehension(ctx, expression, shape?.kind === "list" ? shape : undefined);
    case "record":
      return checkRecord(ctx, expression, shape?.kind === "record" ? shape : undefined);
    default:
      return unreachable(expression);
  }
}

function numberType(literal: NumberLiteral): Type {
  switch (literal.unit) {
    case "int":
      return literalType(literal.value);
    case "duration":
      return durationType;
    case "size":
      return sizeType;
    case "percent":
      return percentType;
    case "error":
      return errorType;
  }
}

function checkString(ctx: CheckContext, literal: StringLiteral): Type {
  const first = literal.parts[0];
  if (first === undefined) return literalType("");
  if (literal.parts.length === 1 && first.kind === "stringText") return literalType(first.value);
  checkInterpolations(ctx, literal);
  return stringType;
}

function checkUnary(ctx: CheckContext, expression: Unary): Type {
  if (expression.operator === "not") {
    requireCondition(ctx, expression.operand, ctx.program.checkExpression(ctx, expression.operand));
    return boolType;
  }
  const type = ctx.program.checkExpression(ctx, expression.operand);
  if (type.kind === "literal" && typeof type.value === "number") return literalType(-type.value);
  const base = widened(type);
  switch (base.kind) {
    case "int":
    case "duration":
    case "size":
      return base;
    case "error":
      return errorType;
    case "optional":
      reportMismatch(ctx, expression.operand, type, intType, { kind: "optional", from: type, to: intType });
      return errorType;
    default:
      report(ctx, expression, typeDiagnostics.SEQ3104, { type: describeType(base) });
      return errorType;
  }
}

function checkConditional(ctx: CheckContext, expression: Conditional, expected: Type | undefined): Type {
  checkCondition(ctx, expression.condition);
  const before = assume(ctx, expression.condition, true);
  const whenTrue = ctx.program.checkExpression(ctx, expression.whenTrue, expected);
  forget(ctx, before);
  assume(ctx, expression.condition, false);
  const whenFalse = ctx.program.checkExpression(ctx, expression.whenFalse, expected);
  forget(ctx, before);
  if (expected !== undefined) return expected;
  const joined = joinTypes([whenTrue, whenFalse]);
  if (joined !== null) return joined;
  const types = `${printType(widened(whenTrue))} and ${printType(widened(whenFalse))}`;
  report(ctx, expression, typeDiagnostics.SEQ3007, { types, what: "the two sides of this `if` are" });
  return errorType;
}

function checkList(ctx: CheckContext, expression: List, expected: Extract<Type, { kind: "list" }> | undefined): Type {
  if (expected !== undefined) {
    for (const item of expression.items) ctx.program.checkExpression(ctx, item, expected.item);
    return expected;
  }
  const types = expression.items.map((item) => ctx.program.checkExpression(ctx, item));
  if (types.length === 0) return listOf(neverType);
  const joined = joinTypes(types);
  if (joined !== null) return listOf(joined);
  const kinds = [...new Set(types.map((type) => printType(widened(type))))].join(", ");
  report(ctx, expression, typeDiagnostics.SEQ3007, { types: kinds, what: "the items of this list are" });
  return listOf(errorType);
}

function checkComprehension(
  ctx: CheckContext,
  expression: Comprehension,
  expected: Extract<Type, { kind: "list" }> | undefined,
): Type {
  const itemType = checkIterable(ctx, expression.iterable);
  const { variable } = expression;
  const symbol = variable.kind === "missing" ? undefined : loopVariableSymbol(ctx.module, expression, variable);
  if (symbol !== undefined) {
    ctx.program.symbolTypes.set(symbol, itemType);
    declareLocal(ctx, ctx.module, symbol, ctx.program.report);
  }
  const before = narrowingMark(ctx);
  if (expression.condition !== undefined) {
    checkCondition(ctx, expression.condition);
    assume(ctx, expression.condition, true);
  }
  const type = ctx.program.checkExpression(ctx, expression.item, expected?.item);
  forget(ctx, before);
  if (symbol !== undefined) forgetLocal(ctx, symbol);
  return expected ?? listOf(type);
}
