// Can this step be done here, now? Decided before anything starts, with the reasons that the specification names.
import type { HostIdentity, Outcome } from "../host.ts";
import { actions, type ActionDeclaration, type ActionName } from "../plan/actions.ts";
import type { PlanStep } from "../plan/format.ts";
import { failed } from "./outcome.ts";

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actions, name);
}

/** The failure, or null: the step may start. */
export function cannotRunHere(step: PlanStep, identity: HostIdentity): Outcome | null {
  const { action } = step;
  const { phase, platform } = identity;
  if (step.needs !== undefined && step.needs !== phase) return wrongPhase("the step", [step.needs], phase);
  if (action.kind === "commandline" && platform !== "windows") {
    return failed("unsupported", "a command line exists on Windows alone; use run with its arguments elsewhere");
  }
  if (step.account !== undefined && platform === "windows" && phase === "winpe")
    return wrongPhase("`as`", ["fullos"], phase);
  if (action.kind !== "use") return null;
  if (!isActionName(action.action)) return failed("unsupported", `there is no built-in action ${action.action}`);
  const declared: ActionDeclaration = actions[action.action];
  if (!declared.platforms.includes(platform)) {
    return failed("unsupported", `the action ${action.action} can't be done on ${platformNames[platform]}`);
  }
  return declared.phases.includes(phase) ? null : wrongPhase(`the action ${action.action}`, declared.phases, phase);
}

const platformNames = { linux: "Linux", windows: "Windows", macos: "macOS" } as const;

function wrongPhase(what: string, needed: readonly string[], now: string): Outcome {
  const names = { winpe: "Windows PE", fullos: "the full operating system" } as { readonly [phase: string]: string };
  const where = needed.map((phase) => names[phase] ?? phase).join(" or ");
  return failed("phase", `${what} runs in ${where}; this machine is in ${names[now] ?? now}`);
}
