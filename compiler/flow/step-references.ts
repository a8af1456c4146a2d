// What can be asked of a named step in a place: nothing before it can have ended, an optional value where it may have
// been skipped, a value where it must have ended.
import type { Expression } from "@sequitur/grammar";
import { stepFields } from "@sequitur/runtime/plan";
import type { StepField } from "@sequitur/runtime/plan";
import { report } from "../check/check-context.ts";
import type { CheckContext } from "../check/check-context.ts";
import { isPresent } from "../check/narrowing.ts";
import { stepPath } from "../check/subject.ts";
import { labelOutput } from "../check/step-output.ts";
import { declaredHere } from "../check/symbols.ts";
import { flowDiagnostics } from "../diagnostics/flow.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import type { LabelSymbol } from "../model/symbol.ts";
import { optionalOf } from "../types/constructors.ts";
import { typeOfPlanType } from "../types/plan-type.ts";
import type { Type } from "../types/type.ts";
import { certaintyOf } from "./flow-state.ts";

/** The type of `label.field`; undefined where it can't be asked, which is reported. */
export function stepFieldType(
  ctx: CheckContext,
  expression: Expression,
  symbol: LabelSymbol,
  field: StepField,
): Type | undefined {
  const level = ctx.flow === undefined ? 1 : certaintyOf(ctx.flow, symbol);
  if (level === 0 && ctx.flow?.dead !== true) {
    const details = { ...declaredHere(symbol), hint: whyNotEnded(expression, symbol) };
    report(ctx, expression, flowDiagnostics.SEQ4002, { name: symbol.name }, details);
    return undefined;
  }
  const type = fieldType(ctx, symbol, field);
  if (type === undefined) {
    const owner = `the ${symbol.node.kind} "${symbol.name}"`;
    report(ctx, expression, typeDiagnostics.SEQ3010, { owner }, declaredHere(symbol));
    return undefined;
  }
  const isThere = field === "output" ? level === 3 : level >= 2;
  return isThere || isPresent(ctx, symbol, stepPath(field)) ? type : optionalOf(type);
}

function whyNotEnded(expression: Expression, symbol: LabelSymbol): string {
  const { start, end, kind } = symbol.node;
  if (expression.start < start) return `the ${kind} stands further down`;
  return expression.start < end ? `this stands in the ${kind} itself` : `the ${kind} stands in another branch`;
}

function fieldType(ctx: CheckContext, symbol: LabelSymbol, field: StepField): Type | undefined {
  const declared = stepFields[field].type;
  return declared === null ? labelOutput(ctx, symbol) : typeOfPlanType(declared);
}
