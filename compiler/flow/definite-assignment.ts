// Is a variable set wherever it is read? After the definite assignment of the Java language specification (chapter 16),
// with failures as further paths: what a group's body sets is uncertain in its `on error` and `finally`.
import type { Expression, Related } from "@sequitur/grammar";
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
  const related = [...(declaredHere(symbol).related ?? []), ...assignmentsBefore(ctx, symbol, expression.start)];
  const details = level === 1 ? { related, hint: "it is set only on some of the ways that lead here" } : { related };
  report(ctx, expression, flowDiagnostics.SEQ4001, { name: symbol.name, maybe: level === 1 }, details);
  setCertainty(flow, symbol, 3);
}

/** Parameters and secrets are given at the start. */
export function isAlwaysSet(symbol: VariableSymbol): boolean {
  const { role } = symbol.node;
  return role === "param" || role === "secret";
}

/** How many of the places where a variable is set a finding shows. */
const shownAssignments = 3;

function assignmentsBefore(ctx: CheckContext, symbol: VariableSymbol, offset: number): readonly Related[] {
  const offsets = ctx.sequence?.assignments.get(symbol.name) ?? [];
  return offsets
    .filter((start) => start < offset)
    .slice(-shownAssignments)
    .map((start) => ({
      file: symbol.module.path,
      start,
      end: start + symbol.name.length,
      message: `${symbol.name} is set here, which may not have happened`,
    }));
}
