// Which restarts this machine can do: those of its own system. Nothing sets up a way to boot Windows PE or an image yet.
import type { PreflightProblem } from "../host.ts";
import type { PlanStep } from "../plan/format.ts";

type Target = "system" | "winpe" | "image";

/** Why the machine can't be restarted to there, as a clause; null: it can. */
export function restartProblem(to: Target): string | null {
  if (to === "system") return null;
  return `this machine can't restart to ${to === "winpe" ? "Windows PE" : "a boot image"}: nothing is set up to boot it`;
}

/** Steps that would find no way to restart when they are reached, in the middle of a run. */
export function restartProblems(
  steps: readonly (readonly [node: number, step: PlanStep])[],
): readonly PreflightProblem[] {
  return steps.flatMap(([node, { name, action }]) => {
    const problem = action.kind === "restart" ? restartProblem(action.to) : null;
    return problem === null
      ? []
      : [{ reason: "restart", message: `${name} can't be done: ${problem}.`, nodes: [node] }];
  });
}
