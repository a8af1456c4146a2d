// Is a variable set wherever it is read? After the definite assignment of the Java language specification (chapter 16),
// with failures as further paths: what a group's body sets is uncertain in its `on error` and `finally`.
import type { Expression } from "@sequitur/grammar";
import type { CheckContext } from "../check/check-context.ts";
import { report } from "../check/check-context.ts";
import { declaredHere } from "../check/symbols.ts";
import { flowDiagnostics } from "../diagnostics/flow.ts";
import type { VariableSymbol } from "../model/symbol.ts";
import { certaintyOf, setCertainty } from "./flow-state.ts";
import type { FlowState } from "./flow-state.ts";

/** Reports a variable that may not be set where it is read; once on a path. */
export function checkAssigned(
  ctx: CheckContext,
  flow: FlowState,
  expression: Expression,
  symbol: VariableSymbol,
): void {
  if (flow.dead || isAlwaysSet(symbol)) return;
  const level = certaintyOf(flow, symbol);
  if (level === 3) return;
  const hint = level === 1 ? "it is set only on some of the ways that lead here" : undefined;
  const details = { ...declaredHere(symbol), ...(hint === undefined ? {} : { hint }) };
  report(ctx, expression, flowDiagnostics.SEQ4001, { name: symbol.name, maybe: level === 1 }, details);
  setCertainty(flow, symbol, 3);
}

/** Parameters and secrets are given at the start. */
export function isAlwaysSet(symbol: VariableSymbol): boolean {
  const { role } = symbol.node;
  return role === "param" || role === "secret";
}
