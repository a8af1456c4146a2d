// What may be asked for when: a constant knows nothing of a run, the default of a parameter nothing of its steps.
import type { Expression } from "@sequitur/grammar";
import { flowDiagnostics } from "../diagnostics/flow.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import type { GlobalSymbol, LabelSymbol, VariableSymbol } from "../model/symbol.ts";
import { report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { declaredHere } from "./symbols.ts";

/**
 * May this be read at the stage of the context? `symbol`: what is read; undefined for a fact or state. False: it was
 * reported.
 */
export function checkStage(
  ctx: CheckContext,
  expression: Expression,
  symbol: VariableSymbol | GlobalSymbol | LabelSymbol | undefined,
): boolean {
  switch (ctx.stage) {
    case "run":
    case "test":
    case "fleet":
      return true;
    case "constant":
      report(ctx, expression, typeDiagnostics.SEQ3008, { what: ctx.purpose });
      return false;
    case "start":
      if (symbol === undefined || symbol.kind === "global" || isGivenBefore(symbol, expression)) return true;
      report(ctx, expression, flowDiagnostics.SEQ4006, { name: symbol.name, what: ctx.purpose }, declaredHere(symbol));
      return false;
  }
}

/** A parameter that stands above the place. */
function isGivenBefore(symbol: VariableSymbol | LabelSymbol, expression: Expression): boolean {
  if (symbol.kind === "label") return false;
  const { role, start } = symbol.node;
  return (role === "param" || role === "secret") && start < expression.start && symbol.node.end <= expression.start;
}
