// What is past a limit of plans, said at its place in the source. Most limits are known to the checker; those of the
// machine's stack, frames and calls are known only when a plan is made, and the verifier finds them.
import { createDiagnostic, lineMap } from "@sequitur/grammar";
import type { Diagnostic } from "@sequitur/grammar";
import type { Plan, PlanProblem } from "@sequitur/runtime/plan";
import { loweringDiagnostics } from "../diagnostics/lowering.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import type { SequenceSymbol } from "../model/symbol.ts";

/** The finding for the first limit that the plan passes; undefined when it passes none. */
export function limitFinding(
  program: CheckedProgram,
  entry: SequenceSymbol,
  plan: Plan,
  problems: readonly PlanProblem[],
): Diagnostic | undefined {
  // Calls in a circle were reported before, so that what is left of V7 is their depth.
  const past = problems.find(({ rule }) => rule === "V14" || rule === "V7");
  if (past === undefined) return undefined;
  const { nameNode, node } = entry;
  const { start, end } = nameNode ?? node;
  const place = placeOf(program, plan, past.instruction) ?? { file: entry.module.path, start, end };
  const clause = past.message.replace(/\.$/, "");
  const limit = clause.charAt(0).toLowerCase() + clause.slice(1);
  return createDiagnostic(loweringDiagnostics.SEQ1201, place, { limit });
}

function placeOf(program: CheckedProgram, plan: Plan, instruction: number | undefined) {
  const position = instruction === undefined ? undefined : plan.positions[instruction];
  if (position === undefined) return undefined;
  const [source, line, column] = position;
  const file = plan.sources[source];
  const text = file === undefined ? undefined : program.modules.get(file)?.parsed.text;
  if (file === undefined || text === undefined) return undefined;
  const start = lineMap(text).offsetAt({ line, column });
  return { file, start, end: Math.min(start + 1, text.length) };
}
