// For each state that a run can be in, a pair: an error in it, and a kill in it, under each rule for interruptions. What happens
// then is what the model says.
import { afterAll, describe, expect, test } from "vitest";
import { removeTemporaryFolders } from "../run-plan.ts";
import { CutRun, historyIn, type Life } from "./cut-run.ts";
import { everywhere, programsIn } from "./every-place.ts";
import type { World } from "./world.ts";

afterAll(removeTemporaryFolders);

function check(run: CutRun, life: Life, where: string): void {
  expect(historyIn(life.records), where).toEqual(run.expected(life.unknown));
}

/** Kills in each attempt, and just after each has ended; the kills. */
async function killInEach(run: CutRun, where: string): Promise<number> {
  const whole = await run.whole();
  check(run, whole, where);
  let kills = 0;
  for (const [i, { body }] of whole.records.entries()) {
    if (body.k !== "begin" && body.k !== "end") continue;
    kills += 1;
    check(run, await run.cut(whole, i + 1, kills % 2 === 0), `${where}, killed after record ${i + 1} (${body.k})`);
  }
  return kills;
}

describe.each(["fail", "rerun", "verify"] as const)("on interruption %s", (interruption) => {
  const sequence = everywhere(interruption);
  const smooth: World = { kind: "smooth", errorIn: null };

  test("killed in each state", { timeout: 60_000 }, async () => {
    expect(await killInEach(new CutRun(sequence, smooth), "all well")).toBeGreaterThan(40);
  });

  test("an error in each state, and killed while it is dealt with", { timeout: 120_000 }, async () => {
    for (const errorIn of programsIn(sequence)) {
      const run = new CutRun(sequence, { kind: "smooth", errorIn });
      const where = `error in "${errorIn}"`;
      const whole = await run.whole();
      check(run, whole, where);
      const failing = whole.records.findIndex(({ body }) => body.k === "end" && body.state !== "succeeded");
      // The kill in it, the one right after it, and one in what follows.
      for (const cut of failing < 0 ? [] : [failing, failing + 1, failing + 3]) {
        if (cut < whole.records.length) check(run, await run.cut(whole, cut, false), `${where}, killed after ${cut}`);
      }
    }
  });
});
