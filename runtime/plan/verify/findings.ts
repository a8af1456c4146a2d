// The problems that the verifier's parts collect.
import type { PlanProblem, VerifierRule } from "../plan-problem.ts";

/** More than this many help nobody. */
const enough = 100;

export interface Findings {
  readonly problems: PlanProblem[];
}

/** Notes a problem; `instruction` is an address. */
export function report(findings: Findings, rule: VerifierRule, message: string, instruction?: number): void {
  if (findings.problems.length >= enough) return;
  findings.problems.push(instruction === undefined ? { rule, message } : { rule, instruction, message });
}
