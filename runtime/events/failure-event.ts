// A failure as events carry it: with its place in the source, which the plan knows.
import type { FailureRecord } from "../journal/record.ts";
import type { Plan, Position } from "../plan/format.ts";
import type { EventPlace, RunFailure } from "./event.ts";

export function placeOf(plan: Plan, [source, line, column]: Position): EventPlace {
  return { file: plan.sources[source] ?? "", line, column };
}

/** The failure with files and lines; its cause and what is attached to it likewise. */
export function failureForEvents(plan: Plan, failure: FailureRecord): RunFailure {
  const { name, code, reason, message, position, path, cause, attached } = failure;
  return {
    ...{ name, code, reason, message, at: placeOf(plan, position), path },
    ...(cause === undefined ? {} : { cause: failureForEvents(plan, cause) }),
    ...(attached === undefined ? {} : { attached: attached.map((other) => failureForEvents(plan, other)) }),
  };
}
