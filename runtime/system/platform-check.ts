// Can this step be done here, now? Decided before anything starts, with the reasons that the specification names.
import type { HostIdentity, Outcome } from "../host.ts";
import { actions, type ActionName } from "../plan/actions.ts";
import { declaredAction } from "../plan/declared-action.ts";
import type { Plan, PlanStep } from "../plan/format.ts";
import { failed } from "./outcome.ts";

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actions, name);
}

/** The failure, or null: the step may start. */
export function cannotRunHere(plan: Plan, step: PlanStep, identity: HostIdentity): Outcome | null {
  const { action } = step;
  const { phase, platform } = identity;
  if (step.needs !== undefined && step.needs !== phase) return wrongPhase("the step", [step.needs], phase);
  if (action.kind === "commandline" && platform !== "windows") {
    return failed("unsupported", "a command line exists on Windows alone; use run with its arguments elsewhere");
  }
  if (step.account !== undefined && platform === "windows" && phase === "winpe")
    return wrongPhase("`as`", ["fullos"], phase);
  if (action.kind !== "use" && action.kind !== "projectAction") return null;
  const known = declaredAction(plan, action);
  if (known === null) return failed("unsupported", `there is no action ${action.action}`);
  const { name, declaration: declared } = known;
  if (!declared.platforms.includes(platform)) {
    return failed("unsupported", `the action ${name} can't be done on ${platformNames[platform]}`);
  }
  return declared.phases.includes(phase) ? null : wrongPhase(`the action ${name}`, declared.phases, phase);
}

const platformNames = { linux: "Linux", windows: "Windows", macos: "macOS" } as const;

function wrongPhase(what: string, needed: readonly string[], now: string): Outcome {
  const names = { winpe: "Windows PE", fullos: "the full operating system" } as { readonly [phase: string]: string };
  const where = needed.map((phase) => names[phase] ?? phase).join(" or ");
  return failed("phase", `${what} runs in ${where}; this machine is in ${names[now] ?? now}`);
}
