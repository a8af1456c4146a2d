// What a process that ran, resumed or verified something ends with: scripts depend on it.
import type { RunState } from "../events/event.ts";
import { unreachable } from "../machine/invariant.ts";
import type { RunResult } from "./run-options.ts";

export const exitCode = { done: 0, problem: 1, usage: 2, restartDue: 3, unverified: 4, defect: 70 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** The exit code of a run (semantics 1.1). */
export function exitCodeOf(result: Pick<RunResult, "state" | "defect">): ExitCode {
  return result.defect === true ? exitCode.defect : exitCodeOfState(result.state);
}

function exitCodeOfState(state: RunState): ExitCode {
  switch (state) {
    case "succeeded":
      return exitCode.done;
    case "restarting":
    case "restart-due":
      return exitCode.restartDue;
    case "damaged":
      return exitCode.unverified;
    case "checking":
    case "running":
    case "failed":
    case "cancelled":
    case "stopped":
    case "refused":
    case "interrupted":
    case "halted":
      return exitCode.problem;
    default:
      return unreachable(state);
  }
}
