// A journal past its limit stops the run at the next boundary. The limit is a small one here: a real one takes a gigabyte.
import { afterAll, expect, test, vi } from "vitest";
import { group, run } from "./build-plan.ts";
import { journalOf, removeTemporaryFolders, runPlan } from "./run-plan.ts";

vi.mock(import("../plan/limits.ts"), async (original) => {
  const { limits } = await original();
  return { limits: { ...limits, journalBytes: 5000 as typeof limits.journalBytes } };
});

afterAll(removeTemporaryFolders);

test("a run whose journal is full stops; what cleans up after it is run and journaled", async () => {
  const steps = Array.from({ length: 50 }, (_, i) => run(`step${i + 1}`));
  const ran = await runPlan({ body: [group("g", steps, { finally: [run("last")] })] });
  expect(ran.result).toMatchObject({
    state: "stopped",
    failure: { reason: "limit", message: "the journal of the run has 5000 bytes" },
  });
  const { effects } = ran.host;
  expect(effects.length).toBeGreaterThan(2);
  expect(effects.length).toBeLessThan(50);
  expect(effects.at(-1)).toBe("last");
  const journal = journalOf(ran.result);
  expect(journal.slice(0, journal.indexOf('"signal":"limit"')).length).toBeGreaterThan(5000);
});
