// Calls in expressions: functions of the language, facts with arguments, and `fn`s.
import type { Expression, Invocation } from "@sequitur/grammar";
import { functions } from "@sequitur/runtime/plan";
import type { FunctionDeclaration, FunctionName } from "@sequitur/runtime/plan";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { suggestName } from "../diagnostics/suggestion.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import type { FnSymbol, Symbol } from "../model/symbol.ts";
import { boolType, errorType, handleType, listOf, optionalOf, stringType } from "../types/constructors.ts";
import { typeOfPlanType } from "../types/plan-type.ts";
import { printType } from "../types/print-type.ts";
import type { Type } from "../types/type.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { signatureOf } from "./definitions.ts";
import { checkFact } from "./facts.ts";
import { factRoots, functionCandidates, lookup } from "./lookup.ts";
import { namespaceMember } from "./references.ts";
import { checkStage } from "./stage.ts";
import { declaredHere, describeSymbol } from "./symbols.ts";

/** The type of a call; `error` where it was reported. */
export function checkInvocation(ctx: CheckContext, expression: Invocation): Type {
  const { callee } = expression;
  if (callee.kind === "reference") {
    const symbol = lookup(ctx, callee.name.text);
    if (symbol !== undefined) return checkDeclared(ctx, expression, symbol);
    return checkBuiltin(ctx, expression, callee.name.text);
  }
  if (callee.kind === "member" && callee.object.kind === "reference") {
    const namespace = lookup(ctx, callee.object.name.text);
    if (namespace?.kind === "namespace") {
      const symbol = namespaceMember(ctx, callee, namespace);
      return symbol === undefined ? giveUp(ctx, expression) : checkDeclared(ctx, expression, symbol);
    }
  }
  const type = ctx.program.checkExpression(ctx, callee);
  if (type.kind !== "error") report(ctx, callee, typeDiagnostics.SEQ3203, { name: "this" });
  return giveUp(ctx, expression);
}

function giveUp(ctx: CheckContext, expression: Invocation): Type {
  for (const argument of expression.arguments) ctx.program.checkExpression(ctx, argument);
  ctx.program.resolutions.set(expression, { kind: "error" });
  return errorType;
}

function checkDeclared(ctx: CheckContext, expression: Invocation, symbol: Symbol): Type {
  if (symbol.kind === "fn") return checkFnCall(ctx, expression, symbol);
  const name = `"${symbol.name}" (${describeSymbol(symbol)})`;
  report(ctx, expression.callee, typeDiagnostics.SEQ3203, { name }, declaredHere(symbol));
  return giveUp(ctx, expression);
}

function checkFnCall(ctx: CheckContext, expression: Invocation, symbol: FnSymbol): Type {
  const { parameters, result } = signatureOf(ctx.program, symbol);
  const args = expression.arguments;
  for (const [index, argument] of args.entries()) {
    ctx.program.checkExpression(ctx, argument, parameters[index]?.type);
  }
  const needed = parameters.filter((parameter) => parameter.required).length;
  if (args.length < needed || args.length > parameters.length) {
    const list = parameters.map(({ name, type, required }) => `${name}${required ? "" : "?"}: ${printType(type)}`);
    const signature = `${symbol.name}(${list.join(", ")})`;
    report(ctx, expression, typeDiagnostics.SEQ3004, { signature, given: args.length }, declaredHere(symbol));
  }
  if (ctx.fn !== undefined) {
    const calls = ctx.program.fnCalls.get(ctx.fn) ?? [];
    calls.push({ callee: symbol, at: expression });
    ctx.program.fnCalls.set(ctx.fn, calls);
  }
  ctx.program.resolutions.set(expression, { kind: "fn", symbol, arguments: args });
  return result;
}

function checkBuiltin(ctx: CheckContext, expression: Invocation, name: string): Type {
  if (name === "defined") return checkDefined(ctx, expression);
  const fact = factRoots.get(name);
  const itself = fact?.get("");
  if (itself !== undefined) return checkFact(ctx, expression, itself, expression.arguments);
  if (fact !== undefined) return reportUnfinishedFact(ctx, expression, name, [...fact.keys()]);
  if (ctx.stage === "test" && (name === "ran" || name === "inOrder")) return checkTestFunction(ctx, expression, name);
  if (ctx.stage === "fleet" && name === "tag") return checkTag(ctx, expression);
  if (isCallable(name)) return checkFunctionCall(ctx, expression, name);
  if (ctx.module.unresolved.has(name)) return giveUp(ctx, expression);
  const details = suggestName(locate(ctx, expression.callee), name, functionCandidates(ctx));
  report(ctx, expression.callee, nameDiagnostics.SEQ2111, { name }, details);
  return giveUp(ctx, expression);
}

function isCallable(name: string): name is FunctionName {
  return Object.hasOwn(functions, name) && functions[name as FunctionName].form === "call";
}

/** `file(p)` alone. */
function reportUnfinishedFact(
  ctx: CheckContext,
  expression: Invocation,
  name: string,
  members: readonly string[],
): Type {
  const isCall = ["file", "dir", "registry", "wmi", "software"].includes(name);
  const is = isCall ? `a question about a ${name === "dir" ? "folder" : name}` : "a group of facts";
  const hint = `ask for ${members.map((member) => `.${member}`).join(", ")}`;
  report(ctx, expression, typeDiagnostics.SEQ3201, { name: isCall ? `${name}(…)` : name, is }, { hint });
  return giveUp(ctx, expression);
}

function checkFunctionCall(ctx: CheckContext, expression: Invocation, name: FunctionName): Type {
  const declaration: FunctionDeclaration = functions[name];
  const args = expression.arguments;
  for (const [index, argument] of args.entries()) {
    const parameter = declaration.parameters[index];
    const type = parameter === undefined || parameter === "never" ? undefined : typeOfPlanType(parameter);
    ctx.program.checkExpression(ctx, argument, type);
  }
  if (args.length !== declaration.parameters.length) {
    const list = declaration.parameters.map((parameter) => printType(typeOfPlanType(parameter)));
    const signature = `${name}(${list.join(", ")})`;
    report(ctx, expression, typeDiagnostics.SEQ3004, { signature, given: args.length });
  }
  ctx.program.resolutions.set(expression, { kind: "function", function: name, arguments: args });
  return typeOfPlanType(declaration.result);
}

/** `defined(Name)`: of a global alone. */
function checkDefined(ctx: CheckContext, expression: Invocation): Type {
  const [argument, second] = expression.arguments;
  if (argument === undefined || second !== undefined) {
    const given = expression.arguments.length;
    report(ctx, expression, typeDiagnostics.SEQ3004, { signature: "defined(a global variable)", given });
    return giveUp(ctx, expression);
  }
  if (argument.kind !== "reference") {
    if (argument.kind !== "missing") reportNoGlobal(ctx, argument);
    return giveUp(ctx, { ...expression, arguments: [] });
  }
  const type = ctx.program.checkExpression(ctx, argument, handleType("variable"));
  const resolution = ctx.program.resolutions.get(argument);
  if (resolution?.kind !== "handle" || resolution.symbol.kind !== "global") {
    ctx.program.resolutions.set(expression, { kind: "error" });
    return type.kind === "error" ? errorType : boolType;
  }
  if (!checkStage(ctx, expression, resolution.symbol)) return errorType;
  ctx.program.resolutions.set(expression, { kind: "defined", symbol: resolution.symbol });
  return boolType;
}

function reportNoGlobal(ctx: CheckContext, argument: Expression): void {
  report(ctx, argument, typeDiagnostics.SEQ3204, { function: "`defined`", needed: "the name of a global variable" });
}

/** `ran(step)` and `inOrder([step, …])`, in tests. */
function checkTestFunction(ctx: CheckContext, expression: Invocation, name: string): Type {
  const type = name === "ran" ? handleType("step") : listOf(handleType("step"));
  for (const argument of expression.arguments) ctx.program.checkExpression(ctx, argument, type);
  if (expression.arguments.length !== 1) {
    const signature = name === "ran" ? "ran(step)" : "inOrder(list of steps)";
    report(ctx, expression, typeDiagnostics.SEQ3004, { signature, given: expression.arguments.length });
  }
  ctx.program.resolutions.set(expression, { kind: "error" });
  return boolType;
}

/** `tag("ring")`, in collections: a note that the fleet keeps on a machine. */
function checkTag(ctx: CheckContext, expression: Invocation): Type {
  for (const argument of expression.arguments) ctx.program.checkExpression(ctx, argument, stringType);
  if (expression.arguments.length !== 1) {
    report(ctx, expression, typeDiagnostics.SEQ3004, { signature: "tag(name)", given: expression.arguments.length });
  }
  ctx.program.resolutions.set(expression, { kind: "error" });
  return optionalOf(stringType);
}
