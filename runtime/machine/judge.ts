// What an attempt's outcome means for its step: which exit codes are success, whether to try again, and in which words.
// Pure, and used on both sides of the journal: the record holds what was judged, so that it is never judged twice.
import type { Outcome, RestartTarget } from "../host.ts";
import type { PlanStep } from "../plan/format.ts";
import type { Reason } from "../plan/state-fields.ts";
import type { Value } from "../plan/value.ts";

export interface JudgedOutcome {
  readonly state: "succeeded" | "failed" | "failed-continued";
  readonly code: number;
  readonly reason: Reason;
  readonly message: string;
  readonly output?: Value;
  readonly globals?: { readonly [name: string]: string };
  readonly restart?: RestartTarget;
  /** `retry`: another attempt follows after `delay` milliseconds. */
  readonly next: "done" | "retry";
  readonly delay: number;
}

/** Column R: trying again can change it. */
const retryable: ReadonlySet<Reason> = new Set(["exit", "signal", "timeout", "start", "output", "content"]);
const longestPause = 3_600_000;

/** Judges one attempt; `retries` were taken before it. */
export function judge(step: PlanStep, outcome: Outcome, retries: number): JudgedOutcome {
  const judged = applyExitCodes(step, outcome);
  const { code, message } = judged;
  if (judged.succeeded) {
    return {
      ...{ state: "succeeded", code, reason: "none", message: "", next: "done", delay: 0 },
      ...(judged.output === undefined ? {} : { output: judged.output }),
      ...(judged.globals === undefined ? {} : { globals: judged.globals }),
      ...(judged.restart === undefined ? {} : { restart: judged.restart }),
    };
  }
  const again = step.retry !== undefined && retries < step.retry.count && retryable.has(judged.reason);
  const ends = judged.reason === "deadline" || judged.reason === "cancelled";
  return {
    ...{ state: step.continueOnError && !ends && !again ? "failed-continued" : "failed", code, reason: judged.reason },
    ...{ message, next: again ? "retry" : "done", delay: again ? pauseBefore(step, retries + 1) : 0 },
    ...(judged.output === undefined ? {} : { output: judged.output }),
    ...(judged.globals === undefined ? {} : { globals: judged.globals }),
  };
}

/** Milliseconds before the nth retry. */
function pauseBefore(step: PlanStep, retry: number): number {
  if (step.retry === undefined) return 0;
  const { every, doubling } = step.retry;
  return doubling ? Math.min(every * 2 ** (retry - 1), Math.max(every, longestPause)) : every;
}

/** The host gives the raw code of a program; what it means stands in the step. */
function applyExitCodes(step: PlanStep, outcome: Outcome): Outcome {
  const { kind } = step.action;
  const isProgram = kind === "run" || kind === "commandline" || kind === "script";
  if (isProgram && (outcome.reason === "none" || outcome.reason === "exit")) return programOutcome(step, outcome);
  if (outcome.succeeded && step.output !== null && outcome.output === undefined && !isOptional(step)) {
    return { ...outcome, succeeded: false, reason: "output", message: "it ended well, but gave no output" };
  }
  return outcome;
}

function programOutcome(step: PlanStep, outcome: Outcome): Outcome {
  const { code } = outcome;
  const restarts = step.reboots.includes(code);
  if (!restarts && !step.success.includes(code)) {
    const codes = step.success.length === 0 ? "none" : step.success.join(", ");
    return { ...outcome, succeeded: false, reason: "exit", message: `exited with ${code} (success codes: ${codes})` };
  }
  if (step.output !== null && outcome.output === undefined && !isOptional(step)) {
    return {
      ...outcome,
      succeeded: false,
      reason: "output",
      message: "it ended well, but its output was not captured",
    };
  }
  const good = { ...outcome, succeeded: true, reason: "none", message: "" } as const;
  return restarts ? { ...good, restart: { to: "system", delay: 0, message: "" } } : good;
}

function isOptional(step: PlanStep): boolean {
  return typeof step.output === "object" && step.output !== null && "optional" in step.output;
}
