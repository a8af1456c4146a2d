// Counts what a run did, from its events, for the summary.
import type { RunEvent } from "@sequitur/runtime";

export interface RunTally {
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  /** Milliseconds, as the run's last event says; undefined if it has not ended. */
  readonly duration: number | undefined;
  /** By name of the step: the number of its execution that failed last. */
  readonly failedExecutions: ReadonlyMap<string, number>;
}

/** All events of a run, earlier lives included. */
export function tallyOf(events: readonly RunEvent[]): RunTally {
  const failedExecutions = new Map<string, number>();
  // A step that ended well fails after all when the restart that it asked for can't be done: its last end counts.
  const ends = new Map<number, boolean>();
  let duration: number | undefined;
  let skipped = 0;
  for (const event of events) {
    if (event.kind === "step.skipped") skipped += 1;
    if (event.kind === "run.ended") duration = event.duration;
    if (event.kind !== "step.ended") continue;
    ends.set(event.execution, event.state === "succeeded");
    if (event.state !== "succeeded") failedExecutions.set(event.name, event.execution);
  }
  const succeeded = [...ends.values()].filter(Boolean).length;
  const failed = ends.size - succeeded;
  return { succeeded, failed, skipped, duration, failedExecutions };
}
