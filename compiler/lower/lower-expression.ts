// Lowers expressions to stack code: afterwards exactly one value lies on the stack, of the type that its place asks for.
// Constants become one PUSH; `and or ?? ?. if` jump over what is not needed. Conversions and notes for reports happen here;
// names and calls are lower-names.ts, texts lower-text.ts.
import type { Binary, Comprehension, Conditional, Expression, Record, Span } from "@sequitur/grammar";
import { compilePattern, facts, fieldType, isOptional, stateFields } from "@sequitur/runtime/plan";
import type { ArithmeticOperator, FunctionName, PlanType } from "@sequitur/runtime/plan";
import { fieldKey, isOpen } from "../constants/constant-evaluator.ts";
import { needsConversion } from "../constants/fit-constant.ts";
import { invariant, unreachable } from "../invariant.ts";
import type { Resolution } from "../model/resolution.ts";
import { optionalOf, withoutOptional } from "../types/constructors.ts";
import type { Type } from "../types/type.ts";
import { lowerResolved } from "./lower-names.ts";
import { lowerText } from "./lower-text.ts";
import { anyValueOf, comparedTypeOf, constantType, planTypeOf, presentPlanType } from "./plan-type-of.ts";
import type { SequenceContext } from "./sequence-context.ts";
import { oneLine } from "./source-text.ts";

/** Lowers an expression; `to` is the type wanted, where it is not that of the expression's own place. */
export function lowerExpression(ctx: SequenceContext, expression: Expression, to?: Type): void {
  // A plan past its limit is thrown away: going on would only take time, and inlined fns can take very much of it.
  if (ctx.builder.full) return;
  if (expression.kind === "parenthesized") {
    lowerExpression(ctx, expression.expression, to ?? ctx.shared.program.expected.get(expression));
    return;
  }
  const target = to ?? ctx.shared.program.expected.get(expression);
  const meaning = meaningOf(ctx, expression);
  const constant = meaning !== undefined && isOpen(meaning) ? undefined : ctx.constantOf(expression, to);
  if (constant !== undefined) {
    ctx.at(expression);
    ctx.builder.push(constantType(planTypeOf(target ?? ctx.typeOf(expression))), constant);
    return;
  }
  const secretsBefore = ctx.secretsRead;
  const converted = lowerUnfitted(ctx, expression, meaning, target);
  if (ctx.noting && meaning !== undefined && isNoted(meaning)) note(ctx, expression, secretsBefore);
  if (!converted && target !== undefined) convert(ctx, ctx.typeOf(expression), target);
}

function meaningOf(ctx: SequenceContext, expression: Expression): Resolution | undefined {
  switch (expression.kind) {
    case "reference":
    case "member":
    case "invocation":
      return ctx.shared.program.resolutions.get(expression);
    default:
      return undefined;
  }
}

/** Lowers the condition of a node: its parts are noted for the report. */
export function lowerCondition(ctx: SequenceContext, condition: Expression): void {
  const noting = ctx.noting;
  ctx.noting = true;
  lowerExpression(ctx, condition);
  ctx.noting = noting;
}

// ---- Notes and conversions ------------------------------------------------------------------------------------------

function isNoted(meaning: Resolution): boolean {
  switch (meaning.kind) {
    case "variable":
    case "global":
    case "fact":
    case "state":
    case "step":
    case "field":
    case "defined":
      return true;
    default:
      return false;
  }
}

function note(ctx: SequenceContext, expression: Expression, secretsBefore: number): void {
  if (ctx.secretsRead !== secretsBefore) return;
  ctx.at(expression);
  ctx.builder.emit("NOTE", ctx.builder.part(oneLine(ctx.module, expression)));
}

/** A comparison's operand: noted as a whole, unless it is a constant or was noted already. */
function lowerOperand(ctx: SequenceContext, operand: Expression): void {
  const secretsBefore = ctx.secretsRead;
  lowerExpression(ctx, operand);
  if (!ctx.noting) return;
  let inner = operand;
  while (inner.kind === "parenthesized") inner = inner.expression;
  const meaning = meaningOf(ctx, inner);
  if (meaning !== undefined && (meaning.kind === "fnParameter" || isNoted(meaning))) return;
  if (ctx.constantOf(inner) === undefined) note(ctx, inner, secretsBefore);
}

/**
 * Where a condition has proved that an optional value is present, its type there is that of the value: the plan is shown so by
 * a default that is never taken.
 */
function narrow(ctx: SequenceContext, expression: Expression, meaning: Resolution): void {
  if (!isOptional(storedType(ctx, expression, meaning))) return;
  const type = ctx.planTypeOf(expression);
  if (isOptional(type)) return;
  const end = ctx.builder.label();
  ctx.builder.emit("JPRESENT", end);
  ctx.builder.push(constantType(type), anyValueOf(type));
  ctx.builder.place(end);
}

/** The type of what the code of a name leaves on the stack; `never` where it is that of the expression. */
function storedType(ctx: SequenceContext, expression: Expression, resolution: Resolution): PlanType {
  switch (resolution.kind) {
    case "variable":
      return ctx.slotOfVariable(resolution.symbol).type;
    case "fnParameter":
      return ctx.bindings.get(resolution.symbol.node)?.type ?? "never";
    case "fact":
      return facts[resolution.fact].result;
    case "state":
      return stateFields[resolution.field].type;
    case "step":
      return { optional: "never" };
    case "field": {
      if (expression.kind !== "member") return "never";
      const object = presentPlanType(ctx.fittedTypeOf(expression.object));
      return fieldType(object, resolution.field) ?? "never";
    }
    default:
      return "never";
  }
}

function convert(ctx: SequenceContext, from: Type, to: Type): void {
  const conversion = needsConversion(from, to);
  if (conversion === null) return;
  const end = ctx.builder.label();
  if (from.kind === "optional") ctx.builder.emit("JABSENT", end);
  ctx.builder.emit("BUILTIN", conversion, 1);
  ctx.builder.place(end);
}

// ---- Kinds ----------------------------------------------------------------------------------------------------------

/** True: the value has the wanted type already, since the parts it is made of were given it. */
function lowerUnfitted(
  ctx: SequenceContext,
  expression: Expression,
  meaning: Resolution | undefined,
  to: Type | undefined,
): boolean {
  switch (expression.kind) {
    case "string":
      lowerText(ctx, expression);
      return false;
    case "reference":
    case "member":
    case "invocation":
      invariant(meaning !== undefined, "every name of a program without errors is resolved");
      lowerResolved(ctx, expression, meaning);
      narrow(ctx, expression, meaning);
      return false;
    case "unary":
      lowerUnary(ctx, expression.operator, expression.operand, expression);
      return false;
    case "binary":
      return lowerBinary(ctx, expression, to);
    case "conditional":
      lowerConditional(ctx, expression, to);
      return true;
    case "list": {
      const item = to === undefined ? undefined : itemOf(to);
      for (const each of expression.items) lowerExpression(ctx, each, item);
      ctx.at(expression);
      ctx.builder.emit("LIST", expression.items.length);
      return true;
    }
    case "comprehension":
      lowerComprehension(ctx, expression, to);
      return true;
    case "record":
      lowerRecord(ctx, expression, to);
      return true;
    case "number":
    case "boolean":
    case "parenthesized":
    case "missing":
      invariant(false, `a ${expression.kind} is a constant, was looked into, or was reported`);
      return true;
    default:
      return unreachable(expression);
  }
}

function itemOf(type: Type): Type | undefined {
  const present = withoutOptional(type);
  return present.kind === "list" ? present.item : undefined;
}

// ---- Operators ------------------------------------------------------------------------------------------------------

function lowerUnary(ctx: SequenceContext, operator: "-" | "not", operand: Expression, place: Span): void {
  if (operator === "-") {
    ctx.at(place);
    ctx.builder.push(presentPlanType(ctx.planTypeOf(operand)), 0);
  }
  lowerExpression(ctx, operand);
  ctx.at(place);
  if (operator === "-") ctx.builder.emit("ARITH", "-");
  else ctx.builder.emit("NOT");
}

function lowerBinary(ctx: SequenceContext, expression: Binary, to: Type | undefined): boolean {
  const { operator } = expression;
  switch (operator) {
    case "and":
    case "or":
      lowerLogic(ctx, expression, operator);
      return false;
    case "??":
      lowerCoalesce(ctx, expression, to);
      return true;
    case "+":
    case "-":
    case "*":
    case "/":
      lowerArithmetic(ctx, expression);
      return false;
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      lowerOperand(ctx, expression.left);
      lowerOperand(ctx, expression.right);
      ctx.at(expression.operatorSpan);
      ctx.builder.emit(
        "CMP",
        operator,
        comparedTypeOf(ctx.fittedTypeOf(expression.left), ctx.fittedTypeOf(expression.right)),
      );
      return false;
    case "~=":
    case "like":
    case "in":
      lowerOperand(ctx, expression.left);
      lowerOperand(ctx, expression.right);
      ctx.at(expression.operatorSpan);
      ctx.builder.emit("BUILTIN", functionOf(ctx, operator, expression), 2);
      return false;
    case "matches":
      lowerMatches(ctx, expression);
      return false;
    default:
      return unreachable(operator);
  }
}

/** A long chain leans to the left: its links are a loop here, not a recursion. */
function lowerArithmetic(ctx: SequenceContext, expression: Binary): void {
  const links = [expression];
  let first = expression.left;
  while (first.kind === "binary" && isPlainArithmetic(ctx, first)) {
    links.push(first);
    first = first.left;
  }
  lowerExpression(ctx, first);
  for (let link = links.pop(); link !== undefined; link = links.pop()) {
    const operator = arithmeticOperator(link);
    lowerExpression(ctx, link.right);
    ctx.at(link.operatorSpan);
    if (operator !== undefined) ctx.builder.emit("ARITH", operator);
  }
}

/** An operation that is neither known before the run nor fitted to another type. */
function isPlainArithmetic(ctx: SequenceContext, link: Binary): boolean {
  if (arithmeticOperator(link) === undefined || ctx.shared.program.expected.has(link)) return false;
  return ctx.constantOf(link) === undefined;
}

function arithmeticOperator({ operator }: Binary): ArithmeticOperator | undefined {
  return operator === "+" || operator === "-" || operator === "*" || operator === "/" ? operator : undefined;
}

function functionOf(ctx: SequenceContext, operator: "~=" | "like" | "in", expression: Binary): FunctionName {
  if (operator === "~=") return "equalsFolded";
  if (operator === "like") return "like";
  return presentPlanType(ctx.fittedTypeOf(expression.left)) === "version" ? "inVersions" : "in";
}

/**
 * The operands of a chain of one operator, left to right: a long chain is a loop here, not a recursion. `isFitted` says
 * which links have a type of their own to be fitted to, and so are operands.
 */
function chainOf(expression: Binary, isFitted: (link: Binary) => boolean): readonly Expression[] {
  const operands: Expression[] = [expression.right];
  let { left } = expression;
  while (left.kind === "binary" && left.operator === expression.operator && !isFitted(left)) {
    operands.push(left.right);
    left = left.left;
  }
  operands.push(left);
  return operands.reverse();
}

function lowerLogic(ctx: SequenceContext, expression: Binary, operator: "and" | "or"): void {
  const { builder } = ctx;
  const operands = chainOf(expression, () => false);
  const known = builder.label();
  const end = builder.label();
  for (const [i, operand] of operands.entries()) {
    lowerExpression(ctx, operand);
    if (i === operands.length - 1) continue;
    ctx.at(operand);
    if (operator === "or") builder.emit("NOT");
    builder.emit("JFALSE", known);
  }
  ctx.at(expression.operatorSpan);
  builder.emit("JUMP", end);
  builder.place(known);
  builder.push("bool", operator === "or");
  builder.place(end);
}

/** What stands right of a value that is always there is never needed. */
function lowerCoalesce(ctx: SequenceContext, expression: Binary, to: Type | undefined): void {
  const { builder } = ctx;
  const operands = chainOf(expression, (link) => ctx.shared.program.expected.has(link));
  const end = builder.label();
  for (const [i, operand] of operands.entries()) {
    const last = i === operands.length - 1;
    lowerExpression(ctx, operand, to === undefined || last ? to : optionalOf(to));
    const global = isGlobal(ctx, operand);
    if (last || (!global && !isOptional(ctx.planTypeOf(operand)))) break;
    ctx.at(operand);
    if (global) builder.emit("BUILTIN", "nonEmpty", 1);
    builder.emit("JPRESENT", end);
  }
  builder.place(end);
}

function isGlobal(ctx: SequenceContext, expression: Expression): boolean {
  if (expression.kind === "parenthesized") return isGlobal(ctx, expression.expression);
  return ctx.shared.program.resolutions.get(expression)?.kind === "global";
}

function lowerMatches(ctx: SequenceContext, expression: Binary): void {
  const source = ctx.constantOf(expression.right);
  invariant(typeof source === "string", "the checker takes a constant pattern only");
  lowerOperand(ctx, expression.left);
  ctx.at(expression.operatorSpan);
  const pattern = ctx.builder.pattern(source, () => {
    const compiled = compilePattern(source);
    invariant("pattern" in compiled, "the checker takes a pattern that compiles only");
    return compiled.pattern;
  });
  ctx.builder.emit("MATCH", pattern);
}

function lowerConditional(ctx: SequenceContext, expression: Conditional, to: Type | undefined): void {
  const otherwise = ctx.builder.label();
  const end = ctx.builder.label();
  lowerExpression(ctx, expression.condition);
  ctx.at(expression);
  ctx.builder.emit("JFALSE", otherwise);
  lowerExpression(ctx, expression.whenTrue, to);
  ctx.at(expression);
  ctx.builder.emit("JUMP", end);
  ctx.builder.place(otherwise);
  lowerExpression(ctx, expression.whenFalse, to);
  ctx.builder.place(end);
}

// ---- Lists and records ----------------------------------------------------------------------------------------------

function lowerComprehension(ctx: SequenceContext, expression: Comprehension, to: Type | undefined): void {
  const { builder } = ctx;
  const end = builder.label();
  ctx.at(expression);
  const node = builder.reserveNode();
  builder.setNode(node, {
    kind: "for",
    silent: true,
    name: `for ${expression.variable.kind === "name" ? expression.variable.text : ""}`,
    parent: ctx.parent,
    sequence: ctx.index,
    position: ctx.positionOf(expression),
    condition: oneLine(ctx.module, expression.iterable),
  });
  const slot = ctx.slotOfLoop(expression);
  ctx.withoutNotes(() => {
    builder.emit("LIST", 0);
    lowerExpression(ctx, expression.iterable);
    ctx.at(expression);
    builder.emit("ITER", node);
    const top = builder.label();
    builder.place(top);
    builder.emit("NEXT", node, slot, end);
    if (expression.condition !== undefined) {
      lowerExpression(ctx, expression.condition);
      ctx.at(expression.condition);
      builder.emit("JFALSE", top);
    }
    lowerExpression(ctx, expression.item, to === undefined ? undefined : itemOf(to));
    ctx.at(expression);
    builder.emit("APPEND");
    builder.emit("JUMP", top);
    builder.place(end);
  });
}

function lowerRecord(ctx: SequenceContext, expression: Record, to: Type | undefined): void {
  const present = to === undefined ? undefined : withoutOptional(to);
  const names: string[] = [];
  for (const field of expression.fields) {
    const name = fieldKey(field.key);
    if (name === undefined) continue;
    names.push(name);
    lowerOptionalValue(ctx, field, present?.kind === "record" ? present.fields.get(name) : undefined);
  }
  ctx.at(expression);
  ctx.builder.emit("RECORD", names);
}

/** `value when condition`: absent where the condition is false. */
export function lowerOptionalValue(ctx: SequenceContext, field: Record["fields"][number], to?: Type): void {
  if (field.when === undefined) return lowerExpression(ctx, field.value, to);
  const without = ctx.builder.label();
  const end = ctx.builder.label();
  lowerExpression(ctx, field.when);
  ctx.at(field.when);
  ctx.builder.emit("JFALSE", without);
  lowerExpression(ctx, field.value, to);
  ctx.at(field);
  ctx.builder.emit("JUMP", end);
  ctx.builder.place(without);
  ctx.builder.emit("ABSENT");
  ctx.builder.place(end);
}
