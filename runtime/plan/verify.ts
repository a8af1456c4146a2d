// The verifier: proves before anything runs that a plan can't break the interpreter. It trusts nothing, executes nothing,
// and needs time linear in the plan. Tables and descriptors first, then each sequence by abstract interpretation.
// What it proves is the table of rules in plan-problem.ts.
import type { Plan } from "./format.ts";
import type { PlanProblem } from "./plan-problem.ts";
import { shapeProblems } from "./schema-check.ts";
import { planShape } from "./schema.ts";
import { verifyCalls } from "./verify/calls.ts";
import type { Findings } from "./verify/findings.ts";
import { verifyFlow } from "./verify/flow.ts";
import { verifyNodes } from "./verify/nodes.ts";
import { verifyOperands } from "./verify/operands.ts";
import { verifySections } from "./verify/sections.ts";

/**
 * Why the plan may not run; empty: it may. `plan` may be any JSON. Digest and canonical bytes are properties of a plan's
 * text: decodePlan sees to them. Of each sequence's code the first problem is named; at most 100 problems in all.
 */
export function verify(plan: Plan): readonly PlanProblem[] {
  const shape = shapeProblems(plan, planShape);
  if (shape.length > 0) return shape.map((message) => ({ rule: "V1", message }));
  const findings: Findings = { problems: [] };
  verifySections(plan, findings);
  // Each part may take for granted what the parts before it have proved.
  if (findings.problems.length === 0) verifyOperands(plan, findings);
  if (findings.problems.length === 0) verifyNodes(plan, findings);
  if (findings.problems.length === 0) verifyCode(plan, findings);
  return findings.problems;
}

function verifyCode(plan: Plan, findings: Findings): void {
  const frames = plan.sequences.map((_, index) => {
    const flow = verifyFlow(plan, index);
    if (flow.problem !== null && findings.problems.length < 100) findings.problems.push(flow.problem);
    return flow.frames;
  });
  verifyCalls(plan, frames, findings);
}
