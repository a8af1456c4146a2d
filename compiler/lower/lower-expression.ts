// Lowers expressions to stack code: afterwards exactly one value lies on the stack, of the type that its place asks for.
// Constants become one PUSH; `and or ?? ?. if` jump over what is not needed. Conversions, notes for reports and fn
// inlining happen here; which facts, functions and symbols are meant was decided by the checker.
import type {
  Binary,
  Comprehension,
  Conditional,
  Expression,
  FnParameter,
  Member,
  Record,
  Span,
  StringLiteral,
} from "@sequitur/grammar";
import { compilePattern, facts, fieldType, holdsSecret, isOptional, stateFields } from "@sequitur/runtime/plan";
import type { FactName, FunctionName, PlanType } from "@sequitur/runtime/plan";
import { fieldKey } from "../constants/constant-evaluator.ts";
import { needsConversion } from "../constants/fit-constant.ts";
import { invariant, unreachable } from "../invariant.ts";
import type { Resolution } from "../model/resolution.ts";
import type { FnSymbol } from "../model/symbol.ts";
import { optionalOf, withoutOptional } from "../types/constructors.ts";
import type { Type } from "../types/type.ts";
import {
  anyValueOf,
  comparedTypeOf,
  constantType,
  planTypeOf,
  presentPlanType,
  textFunctionOf,
} from "./plan-type-of.ts";
import type { Binding, SequenceContext } from "./sequence-context.ts";
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
  const constant = ctx.constantOf(expression, to);
  if (constant !== undefined) {
    ctx.at(expression);
    ctx.builder.push(constantType(planTypeOf(target ?? ctx.typeOf(expression))), constant);
    return;
  }
  const secretsBefore = ctx.secretsRead;
  const converted = lowerUnfitted(ctx, expression, target);
  if (isNoted(ctx, expression)) note(ctx, expression, secretsBefore);
  if (!converted && target !== undefined) convert(ctx, ctx.typeOf(expression), target);
}

/** Lowers the condition of a node: its parts are noted for the report. */
export function lowerCondition(ctx: SequenceContext, condition: Expression): void {
  const noting = ctx.noting;
  ctx.noting = true;
  lowerExpression(ctx, condition);
  ctx.noting = noting;
}

// ---- Notes and conversions ------------------------------------------------------------------------------------------

function isNoted(ctx: SequenceContext, expression: Expression): boolean {
  if (!ctx.noting) return false;
  switch (ctx.shared.program.resolutions.get(expression)?.kind) {
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
  let inner = operand;
  while (inner.kind === "parenthesized") inner = inner.expression;
  if (!ctx.noting || isNoted(ctx, inner) || ctx.constantOf(inner) !== undefined) return;
  if (ctx.shared.program.resolutions.get(inner)?.kind === "fnParameter") return;
  note(ctx, inner, secretsBefore);
}

/**
 * Where a condition has proved that an optional value is present, its type there is that of the value: the plan is shown so by
 * a default that is never taken.
 */
function narrow(ctx: SequenceContext, expression: Expression): void {
  const type = ctx.planTypeOf(expression);
  if (isOptional(type) || !isOptional(storedType(ctx, expression))) return;
  const end = ctx.builder.label();
  ctx.builder.emit("JPRESENT", end);
  ctx.builder.push(constantType(type), anyValueOf(type));
  ctx.builder.place(end);
}

/** The type of what the code of a name leaves on the stack; `never` where it is that of the expression. */
function storedType(ctx: SequenceContext, expression: Expression): PlanType {
  const resolution = ctx.shared.program.resolutions.get(expression);
  switch (resolution?.kind) {
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
      const object = presentPlanType(fittedType(ctx, expression.object));
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
function lowerUnfitted(ctx: SequenceContext, expression: Expression, to: Type | undefined): boolean {
  switch (expression.kind) {
    case "string":
      lowerText(ctx, expression);
      return false;
    case "reference":
    case "member":
    case "invocation":
      lowerResolved(ctx, expression);
      narrow(ctx, expression);
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

// ---- Texts ----------------------------------------------------------------------------------------------------------

/** Text with interpolations; neighbours that are known are joined before the run. */
function lowerText(ctx: SequenceContext, literal: StringLiteral): void {
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
  lowerExpression(ctx, expression);
  const type = planTypeOf(ctx.shared.program.expected.get(expression) ?? ctx.typeOf(expression));
  const convert = textFunctionOf(type);
  if (convert !== null) ctx.builder.emit("BUILTIN", convert, 1);
}

/**
 * A `wmi` query: an interpolated text becomes one quoted WQL literal, so that no value can add to the query. In WQL a
 * backslash escapes (https://learn.microsoft.com/windows/win32/wmisdk/wql-sql-for-wmi).
 */
function lowerQuery(ctx: SequenceContext, literal: StringLiteral): void {
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

// ---- Names ----------------------------------------------------------------------------------------------------------

function lowerResolved(ctx: SequenceContext, expression: Expression): void {
  const resolution = ctx.shared.program.resolutions.get(expression);
  invariant(resolution !== undefined, "every name of a program without errors is resolved");
  switch (resolution.kind) {
    case "variable":
      return lowerVariable(ctx, expression, resolution);
    case "fnParameter": {
      const binding = ctx.bindings.get(resolution.symbol.node);
      invariant(binding !== undefined, "a parameter is read within its fn alone");
      return lowerBinding(ctx, expression, binding);
    }
    case "global":
      if (resolution.symbol.secret) ctx.secretsRead += 1;
      ctx.at(expression);
      ctx.builder.emit("GLOAD", ctx.globalIndex(resolution.symbol));
      return;
    case "fact":
      return lowerFact(ctx, expression, resolution.fact, resolution.arguments);
    case "state":
      ctx.at(expression);
      ctx.builder.emit("STATE", resolution.field);
      return;
    case "step": {
      ctx.at(expression);
      const node = ctx.nodeOf.get(resolution.symbol.node);
      // A disabled step, or one within a disabled group, never ends.
      if (node === undefined) ctx.builder.emit("ABSENT");
      else ctx.builder.emit("STEP", node, resolution.field);
      return;
    }
    case "function":
      return lowerFunction(ctx, expression, resolution.function, resolution.arguments);
    case "fn":
      return lowerFn(ctx, expression, resolution);
    case "defined":
      ctx.at(expression);
      ctx.builder.emit("GDEFINED", ctx.globalIndex(resolution.symbol));
      return;
    case "field":
      return lowerField(ctx, expression, resolution.field);
    case "handle":
      return lowerHandle(ctx, expression, resolution.symbol);
    case "constant":
    case "choice":
    case "error":
      invariant(false, `a ${resolution.kind} is known before the run, or was reported`);
      return;
    default:
      return unreachable(resolution);
  }
}

function lowerVariable(
  ctx: SequenceContext,
  expression: Expression,
  resolution: Extract<Resolution, { kind: "variable" }>,
): void {
  const { slot, type } = ctx.slotOfVariable(resolution.symbol);
  if (holdsSecret(type)) ctx.secretsRead += 1;
  ctx.at(expression);
  ctx.builder.emit("LOAD", slot);
}

function lowerBinding(ctx: SequenceContext, expression: Expression, binding: Binding): void {
  ctx.at(expression);
  if (binding.kind === "constant") return ctx.builder.push(binding.type, binding.value);
  if (binding.secret) ctx.secretsRead += 1;
  ctx.builder.emit("LOAD", binding.slot);
}

function lowerFact(ctx: SequenceContext, expression: Expression, fact: FactName, args: readonly Expression[]): void {
  for (const argument of args) {
    const query = fact === "wmi.exists" && argument === args[1] ? interpolatedLiteral(argument) : undefined;
    if (query === undefined) withoutNotes(ctx, () => lowerExpression(ctx, argument));
    else withoutNotes(ctx, () => lowerQuery(ctx, query));
  }
  if (fact === "env") {
    const name = args[0] === undefined ? undefined : ctx.constantOf(args[0]);
    if (typeof name === "string") ctx.builder.readsEnvironment(name);
  }
  ctx.at(expression);
  ctx.builder.emit("FACT", fact, args.length);
}

function interpolatedLiteral(expression: Expression): StringLiteral | undefined {
  if (expression.kind === "parenthesized") return interpolatedLiteral(expression.expression);
  if (expression.kind !== "string") return undefined;
  return expression.parts.some((part) => part.kind === "interpolation") ? expression : undefined;
}

function withoutNotes(ctx: SequenceContext, lower: () => void): void {
  const noting = ctx.noting;
  ctx.noting = false;
  lower();
  ctx.noting = noting;
}

function lowerFunction(
  ctx: SequenceContext,
  expression: Expression,
  name: FunctionName,
  args: readonly Expression[],
): void {
  if (name === "reveal") ctx.secretsRead += 1;
  for (const argument of args) lowerExpression(ctx, argument);
  ctx.at(expression);
  const end = ctx.builder.label();
  if (expression.kind === "member" && expression.optional && isOptional(fittedType(ctx, expression.object))) {
    ctx.builder.emit("JABSENT", end);
  }
  ctx.builder.emit("BUILTIN", name, args.length);
  ctx.builder.place(end);
}

function lowerField(ctx: SequenceContext, expression: Expression, field: string): void {
  invariant(expression.kind === "member", "a field is read by a member expression");
  const member: Member = expression;
  withoutNotes(ctx, () => lowerExpression(ctx, member.object));
  ctx.at(member.property);
  const end = ctx.builder.label();
  if (member.optional && isOptional(fittedType(ctx, member.object))) ctx.builder.emit("JABSENT", end);
  ctx.builder.emit("FIELD", field);
  ctx.builder.place(end);
}

type HandleSymbol = Extract<Resolution, { kind: "handle" }>["symbol"];

function lowerHandle(ctx: SequenceContext, expression: Expression, symbol: HandleSymbol): void {
  ctx.at(expression);
  switch (symbol.kind) {
    case "content":
      return ctx.builder.push(symbol.node.contentKind, ctx.shared.contentIndex(symbol));
    case "account":
      return ctx.builder.push("account", ctx.shared.accountIndex(symbol));
    case "global":
      return ctx.builder.push("variable", ctx.globalIndex(symbol));
    case "label": {
      const node = ctx.nodeOf.get(symbol.node);
      return ctx.builder.push("step", node ?? null);
    }
    case "sequence":
    case "externSequence":
    case "fleet":
      invariant(false, `no expression of a plan holds a ${symbol.kind}`);
      return;
    default:
      return unreachable(symbol);
  }
}

// ---- Inlined functions ----------------------------------------------------------------------------------------------

/** Arguments first, once each, left to right; then the body, which reads them from slots, or as the constants they are. */
function lowerFn(
  ctx: SequenceContext,
  expression: Expression,
  { symbol, arguments: args }: Extract<Resolution, { kind: "fn" }>,
): void {
  const { node, module } = symbol;
  const bindings = new Map<FnParameter, Binding>();
  const stores: number[] = [];
  for (const [i, argument] of args.entries()) {
    const parameter = node.parameters[i];
    if (parameter !== undefined) bindings.set(parameter, bind(ctx, symbol, parameter, argument, stores));
  }
  ctx.at(expression);
  for (const slot of stores.reverse()) ctx.builder.emit("STORE", slot);
  const outside = ctx.module;
  ctx.module = module;
  for (const [parameter, binding] of bindings) ctx.bindings.set(parameter, binding);
  for (const parameter of node.parameters.slice(args.length)) {
    if (parameter.value === undefined) continue;
    const own: number[] = [];
    ctx.bindings.set(parameter, bind(ctx, symbol, parameter, parameter.value, own));
    for (const slot of own) ctx.builder.emit("STORE", slot);
  }
  lowerExpression(ctx, node.body, ctx.shared.program.typeNodes.get(node.result));
  ctx.module = outside;
}

/** Pushes the argument unless it can be named where it is; a slot that has to be stored is added to `stores`. */
function bind(
  ctx: SequenceContext,
  fn: FnSymbol,
  parameter: FnParameter,
  argument: Expression,
  stores: number[],
): Binding {
  const { program } = ctx.shared;
  const wanted = program.expected.get(argument) ?? program.typeNodes.get(parameter.type) ?? ctx.typeOf(argument);
  const type = planTypeOf(wanted);
  const constant = ctx.constantOf(argument, wanted);
  if (constant !== undefined) return { kind: "constant", value: constant, type: constantType(type) };
  const resolution = program.resolutions.get(argument);
  if (resolution?.kind === "fnParameter") {
    const outer = ctx.bindings.get(resolution.symbol.node);
    if (outer !== undefined) return outer;
  }
  if (resolution?.kind === "variable") {
    const variable = ctx.slotOfVariable(resolution.symbol);
    return { kind: "slot", slot: variable.slot, type: variable.type, secret: holdsSecret(variable.type) };
  }
  const secretsBefore = ctx.secretsRead;
  lowerExpression(ctx, argument, wanted);
  // One slot for a parameter is enough: a fn never calls itself, and arguments are all pushed before the first is stored.
  const name = parameter.name.kind === "name" ? parameter.name.text : "";
  const slot = ctx.slotFor(parameter, `${fn.name}.${name}`, type);
  stores.push(slot);
  return { kind: "slot", slot, type, secret: ctx.secretsRead !== secretsBefore || holdsSecret(type) };
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
      lowerExpression(ctx, expression.left);
      lowerExpression(ctx, expression.right);
      ctx.at(expression.operatorSpan);
      ctx.builder.emit("ARITH", operator);
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
        comparedTypeOf(fittedType(ctx, expression.left), fittedType(ctx, expression.right)),
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

function fittedType(ctx: SequenceContext, expression: Expression): PlanType {
  return planTypeOf(ctx.shared.program.expected.get(expression) ?? ctx.typeOf(expression));
}

function functionOf(ctx: SequenceContext, operator: "~=" | "like" | "in", expression: Binary): FunctionName {
  if (operator === "~=") return "equalsFolded";
  if (operator === "like") return "like";
  return presentPlanType(fittedType(ctx, expression.left)) === "version" ? "inVersions" : "in";
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
  withoutNotes(ctx, () => {
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
