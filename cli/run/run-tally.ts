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
  let succeeded = 0;
  let duration: number | undefined;
  let failed = 0;
  let skipped = 0;
  for (const event of events) {
    if (event.kind === "step.skipped") skipped += 1;
    if (event.kind === "run.ended") duration = event.duration;
    if (event.kind !== "step.ended") continue;
    if (event.state === "succeeded") {
      succeeded += 1;
    } else {
      failed += 1;
      failedExecutions.set(event.name, event.execution);
    }
  }
  return { succeeded, failed, skipped, duration, failedExecutions };
}
