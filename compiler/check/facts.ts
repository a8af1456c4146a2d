// Questions to the machine: `device.name`, `file(p).exists`, `env("N")`, `now()`.
import type { Expression, Invocation } from "@sequitur/grammar";
import { facts } from "@sequitur/runtime/plan";
import type { FactDeclaration, FactName } from "@sequitur/runtime/plan";
import { isBaseVariable } from "../bind/known-globals.ts";
import { plainText } from "../bind/plain-text.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { errorType, withoutOptional } from "../types/constructors.ts";
import { typeOfPlanType } from "../types/plan-type.ts";
import type { Type } from "../types/type.ts";
import { report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { factRoots, lookup } from "./lookup.ts";
import { isPresent } from "./narrowing.ts";
import { checkStage } from "./stage.ts";
import { checkQuery } from "./wmi-query.ts";

const factTypes: ReadonlyMap<FactName, Type> = new Map(
  (Object.keys(facts) as FactName[]).map((name) => [name, typeOfPlanType(facts[name].result)] as const),
);

/** The facts that `file(p)` leads to, by what stands after the dot; undefined: it is a call of something else. */
export function factOfCall(ctx: CheckContext, call: Invocation): ReadonlyMap<string, FactName> | undefined {
  if (call.callee.kind !== "reference") return undefined;
  const { text: root } = call.callee.name;
  if (lookup(ctx, root) !== undefined) return undefined;
  const members = factRoots.get(root);
  return members === undefined || members.has("") ? undefined : members;
}

/**
 * A fact with its arguments. `args` undefined: written without a call, as `device.name`; then `sample` is a fact of the
 * same root, which says whether a call was due.
 */
export function checkFact(
  ctx: CheckContext,
  expression: Expression,
  name: FactName,
  args: readonly Expression[] | undefined,
  sample: FactName = name,
): Type {
  const declaration: FactDeclaration = facts[name];
  if (args === undefined && facts[sample].parameters.length > 0) {
    const root = name.slice(0, name.indexOf("."));
    const call = `${root}(${declaration.parameters.map((parameter) => parameter.name).join(", ")})`;
    report(ctx, expression, typeDiagnostics.SEQ3202, { name: root, call: `${call}${name.slice(root.length)}` });
    return resolveError(ctx, expression);
  }
  const given = args ?? [];
  if (given.length > 0 || declaration.parameters.length > 0) checkArguments(ctx, expression, name, given);
  if (!checkStage(ctx, expression, undefined)) return resolveError(ctx, expression);
  ctx.program.resolutions.set(expression, { kind: "fact", fact: name, arguments: given });
  const type = factTypes.get(name) ?? errorType;
  return name === "env" ? environmentType(ctx, given, type) : type;
}

function signatureText(name: string, declaration: FactDeclaration): string {
  const [root, member] = name.split(".");
  const parameters = declaration.parameters.map((parameter) => parameter.name).join(", ");
  return `${root}(${parameters})${member === undefined ? "" : `.${member}`}`;
}

function checkArguments(ctx: CheckContext, expression: Expression, name: FactName, args: readonly Expression[]): void {
  const declaration: FactDeclaration = facts[name];
  for (const [index, argument] of args.entries()) {
    const parameter = declaration.parameters[index];
    ctx.program.checkExpression(ctx, argument, parameter === undefined ? undefined : typeOfPlanType(parameter.type));
    if (name === "wmi.exists" && parameter?.name === "query") checkQuery(ctx, argument);
  }
  if (args.length === declaration.parameters.length) return;
  const signature = signatureText(name, declaration);
  report(ctx, expression, typeDiagnostics.SEQ3004, { signature, given: args.length });
}

/** `env` takes the name as it stands, since all are read when the run starts. The system's own are never absent. */
function environmentType(ctx: CheckContext, args: readonly Expression[], type: Type): Type {
  const [argument] = args;
  if (argument === undefined) return errorType;
  const name = argument.kind === "string" ? plainText(argument) : undefined;
  if (name === undefined) {
    if (ctx.program.types.get(argument)?.kind === "error") return errorType;
    report(ctx, argument, typeDiagnostics.SEQ3204, { function: "`env`", needed: "a name in quotes" });
    return withoutOptional(type);
  }
  return isBaseVariable(name) || isPresent(ctx, `env ${name}`, "") ? withoutOptional(type) : type;
}

function resolveError(ctx: CheckContext, expression: Expression): Type {
  ctx.program.resolutions.set(expression, { kind: "error" });
  return errorType;
}
