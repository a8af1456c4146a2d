// Which steps of a plan destroy data, for the question whether that is meant.
import { actions } from "@sequitur/runtime/plan";
import type { Plan } from "@sequitur/runtime/plan";
import { printable } from "../render/printable.ts";

/** `Partition the disk (disk.format, deploy.seq:24)`, in the order of the plan. Disabled steps never run. */
export function destructiveSteps(plan: Plan): readonly string[] {
  const declared = new Map<string, { readonly destroys: boolean }>(Object.entries(actions));
  return plan.nodes.flatMap((node) => {
    if (node.kind !== "step" || node.action.kind !== "use" || node.disabled === true) return [];
    if (declared.get(node.action.action)?.destroys !== true) return [];
    const [source, line] = node.position;
    return [`${printable(node.name)} (${node.action.action}, ${printable(plan.sources[source] ?? "")}:${line})`];
  });
}
