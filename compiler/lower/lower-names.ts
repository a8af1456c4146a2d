// Lowers names: variables, globals, facts, state, functions, fields and handles; and calls of `fn`s, which are written out in
// place. What each name means was decided by the checker.
import type { Expression, FnParameter, Member, StringLiteral } from "@sequitur/grammar";
import { holdsSecret, isOptional } from "@sequitur/runtime/plan";
import type { FactName, FunctionName } from "@sequitur/runtime/plan";
import { invariant, unreachable } from "../invariant.ts";
import type { Resolution } from "../model/resolution.ts";
import type { FnSymbol } from "../model/symbol.ts";
import { lowerQuery } from "./lower-text.ts";
import { constantType, planTypeOf } from "./plan-type-of.ts";
import type { Binding, SequenceContext } from "./sequence-context.ts";

export function lowerResolved(ctx: SequenceContext, expression: Expression, resolution: Resolution): void {
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
    if (query === undefined) ctx.withoutNotes(() => ctx.lower(argument));
    else ctx.withoutNotes(() => lowerQuery(ctx, query));
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

function lowerFunction(
  ctx: SequenceContext,
  expression: Expression,
  name: FunctionName,
  args: readonly Expression[],
): void {
  if (name === "reveal") ctx.secretsRead += 1;
  for (const argument of args) ctx.lower(argument);
  ctx.at(expression);
  const end = ctx.builder.label();
  if (expression.kind === "member" && expression.optional && isOptional(ctx.fittedTypeOf(expression.object))) {
    ctx.builder.emit("JABSENT", end);
  }
  ctx.builder.emit("BUILTIN", name, args.length);
  ctx.builder.place(end);
}

function lowerField(ctx: SequenceContext, expression: Expression, field: string): void {
  invariant(expression.kind === "member", "a field is read by a member expression");
  const member: Member = expression;
  ctx.withoutNotes(() => ctx.lower(member.object));
  ctx.at(member.property);
  const end = ctx.builder.label();
  if (member.optional && isOptional(ctx.fittedTypeOf(member.object))) ctx.builder.emit("JABSENT", end);
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
  ctx.lower(node.body, ctx.shared.program.typeNodes.get(node.result));
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
  ctx.lower(argument, wanted);
  // One slot for a parameter is enough: a fn never calls itself, and arguments are all pushed before the first is stored.
  const name = parameter.name.kind === "name" ? parameter.name.text : "";
  const slot = ctx.slotFor(parameter, `${fn.name}.${name}`, type);
  stores.push(slot);
  return { kind: "slot", slot, type, secret: ctx.secretsRead !== secretsBefore || holdsSecret(type) };
}
