// What a step gives to `into` and to `label.output`.
import type { Path, Step } from "@sequitur/grammar";
import { actions } from "@sequitur/runtime/plan";
import type { ActionDeclaration } from "@sequitur/runtime/plan";
import type { LabelSymbol } from "../model/symbol.ts";
import { errorType, stringType } from "../types/constructors.ts";
import { typeOfPlanType } from "../types/plan-type.ts";
import type { Type } from "../types/type.ts";
import type { CheckContext } from "./check-context.ts";
import { outputTypeOf, variableType } from "./definitions.ts";
import { dottedText, findPath } from "./paths.ts";

/**
 * What the action of a step gives by itself; undefined: nothing. `text`: what a program writes, read as `into` says.
 */
export function actionOutput(ctx: CheckContext, step: Step): Type | "text" | undefined {
  const { action } = step;
  switch (action.kind) {
    case "run":
    case "commandline":
    case "script":
      return "text";
    case "use": {
      if (action.action.kind === "missing") return errorType;
      const name = dottedText(action.action);
      const declared: { readonly [name: string]: ActionDeclaration } = actions;
      const known = Object.hasOwn(declared, name)
        ? declared[name]
        : ctx.program.catalogues.find(ctx.module.path, name)?.declaration;
      if (known === undefined) return projectOutput(ctx, action.action);
      const { output } = known;
      return output === null ? undefined : typeOfPlanType(output);
    }
    case "call": {
      if (action.sequence.kind === "missing") return errorType;
      const symbol = findPath(ctx, action.sequence);
      return symbol?.kind === "sequence" ? outputTypeOf(ctx.program, symbol) : errorType;
    }
    case "missing":
      return errorType;
    default:
      return undefined;
  }
}

function projectOutput(ctx: CheckContext, path: Path): Type | undefined {
  const symbol = findPath(ctx, path);
  const action = symbol?.kind === "scriptAction" ? symbol.action : undefined;
  return action === undefined ? errorType : (action.output ?? undefined);
}

/** The type of `label.output`; undefined: the step gives nothing. */
export function labelOutput(ctx: CheckContext, symbol: LabelSymbol): Type | undefined {
  const { labelOutputs } = ctx.program;
  if (labelOutputs.has(symbol)) return labelOutputs.get(symbol);
  const type = symbol.node.kind === "group" ? undefined : stepOutput(ctx, symbol.node);
  labelOutputs.set(symbol, type);
  return type;
}

function stepOutput(ctx: CheckContext, step: Step): Type | undefined {
  const type = actionOutput(ctx, step);
  if (type !== "text") return type;
  for (const clause of step.clauses) {
    if (clause.kind !== "into" || clause.variable.kind === "missing") continue;
    const target = ctx.names.get(clause.variable.text);
    if (target?.kind === "variable") return variableType(ctx.program, target);
  }
  return stringType;
}
