// Counts what a run did from its events, and remembers which execution failed last, for the summary.
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

export interface TallyKeeper {
  take(event: RunEvent): void;
  tally(): RunTally;
}

export function createTally(): TallyKeeper {
  const failedExecutions = new Map<string, number>();
  let succeeded = 0;
  let failed = 0;
  let skipped = 0;
  let duration: number | undefined;
  return {
    take(event) {
      if (event.kind === "step.skipped") skipped += 1;
      if (event.kind === "run.ended") duration = event.duration;
      if (event.kind !== "step.ended") return;
      if (event.state === "succeeded") {
        succeeded += 1;
      } else {
        failed += 1;
        failedExecutions.set(event.name, event.execution);
      }
    },
    tally: () => ({ succeeded, failed, skipped, duration, failedExecutions }),
  };
}
