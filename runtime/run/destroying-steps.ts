// Which steps of a plan destroy data: they need the consent of whoever starts a run.
import { actions, type ActionDeclaration } from "../plan/actions.ts";
import type { Plan, PlanStep } from "../plan/format.ts";

/** In the order of the plan. Disabled steps never run, so they are not among them. */
export function destroyingSteps(plan: Plan): readonly PlanStep[] {
  const declared: { readonly [name: string]: ActionDeclaration } = actions;
  return plan.nodes.filter(
    (node): node is PlanStep =>
      node.kind === "step" &&
      node.disabled !== true &&
      node.action.kind === "use" &&
      declared[node.action.action]?.destroys === true,
  );
}
