// Which steps of a plan destroy data: they need the consent of whoever starts a run.
import { declaredAction } from "../plan/declared-action.ts";
import type { Plan, PlanStep } from "../plan/format.ts";

/** In the order of the plan. Disabled steps never run, so they are not among them. */
export function destroyingSteps(plan: Plan): readonly PlanStep[] {
  return plan.nodes.filter(
    (node): node is PlanStep =>
      node.kind === "step" &&
      node.disabled !== true &&
      (node.destroys === true || declaredAction(plan, node.action)?.declaration.destroys === true),
  );
}
