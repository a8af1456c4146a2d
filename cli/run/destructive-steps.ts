// The steps of a plan that destroy data, as the question names them whether that is meant.
import { destroyingSteps } from "@sequitur/runtime";
import { declaredAction } from "@sequitur/runtime/plan";
import type { Plan } from "@sequitur/runtime/plan";
import { printable } from "../render/printable.ts";

/** `Partition the disk (disk.format, deploy.seq:24)`, in the order of the plan. */
export function destructiveSteps(plan: Plan): readonly string[] {
  return destroyingSteps(plan).map(({ name, action, position: [source, line] }) => {
    const declared = declaredAction(plan, action);
    const what = declared === null ? "" : `${printable(declared.name)}, `;
    return `${printable(name)} (${what}${printable(plan.sources[source] ?? "")}:${line})`;
  });
}
