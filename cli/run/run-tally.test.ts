import { expect, test } from "vitest";
import type { RunEvent } from "@sequitur/runtime";
import { tallyOf } from "./run-tally.ts";

function ended(execution: number, name: string, state: "succeeded" | "failed" | "failed-continued"): RunEvent {
  return {
    ...{ v: 1, run: "r", time: "2027-01-09T22:00:00.000Z", kind: "step.ended", path: [], execution, node: execution },
    ...{ name, state, code: 0, reason: "none", message: "", duration: 1, attempts: 1 },
  };
}

test("a step counts once, by its last end: a restart that can't be done fails the step that asked for it", () => {
  const events = [ended(1, "copy", "succeeded"), ended(2, "restart", "succeeded"), ended(2, "restart", "failed")];
  expect(tallyOf(events)).toMatchObject({ succeeded: 1, failed: 1, skipped: 0 });
  expect(tallyOf(events).failedExecutions.get("restart")).toBe(2);
});
