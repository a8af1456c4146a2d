// Computes whatever a program knows before the run, for findings (a division by zero) and for those who read the values. What
// stands in a disabled step is left alone: it is not built.
import type { Diagnostic, Expression } from "@sequitur/grammar";
import type { Value } from "@sequitur/runtime/plan";
import type { CheckedProgram } from "../model/checked-program.ts";
import { ConstantEvaluator } from "./constant-evaluator.ts";

export interface Constants {
  /** Values of names, operators, calls, lists and records; literals say theirs themselves. */
  readonly values: ReadonlyMap<Expression, Value>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Cost linear in the texts. */
export function evaluateConstants(program: CheckedProgram): Constants {
  const evaluator = new ConstantEvaluator(program);
  const values = new Map<Expression, Value>();
  for (const [path, expressions] of program.computable) {
    for (const expression of expressions) {
      const value = evaluator.valueOf(expression, path);
      if (value !== undefined) values.set(expression, value);
    }
  }
  return { values, diagnostics: evaluator.diagnostics };
}
