// Random sequences, cut after every record of their journal and gone on with, and cut again: what happened is what the model
// says, which knows nothing of plans and journals. SEQUITUR_CHAOS_RUNS: so many runs that were cut, 1000 by default.
import { afterAll, describe, expect, test } from "vitest";
import { randomFrom } from "../../plan/test/mutate-plan.ts";
import { removeTemporaryFolders } from "../run-plan.ts";
import { randomSequence } from "./random-sequence.ts";
import { CutRun, historyIn, type Life } from "./cut-run.ts";

afterAll(removeTemporaryFolders);

const runs = Number(process.env["SEQUITUR_CHAOS_RUNS"] ?? 1000);
const firstSeed = Number(process.env["SEQUITUR_CHAOS_SEED"] ?? 1);

/** What the runs were made of, so that the test says something: kinds of records, reasons, verdicts. */
const seen = new Set<string>();

function check(run: CutRun, life: Life, where: string): void {
  for (const { body } of life.records) {
    seen.add(body.k);
    if (body.k === "end" || body.k === "done") seen.add(`${body.reason} ${body.state}`);
    if (body.k === "verdict") seen.add(`${body.verdict} ${body.state}`);
  }
  expect(historyIn(life.records), where).toEqual(run.expected(life.unknown));
}

const everything = [
  ...["open", "check", "read", "begin", "spawned", "end", "waited", "restart-begin", "restart-asked"],
  ...[
    "restart-seen",
    "resume",
    "verdict",
    "close",
    "decide",
    "enter",
    "leave",
    "wait",
    "met",
    "set",
    "skip",
    "done",
    "log",
  ],
  ...[
    "exit failed",
    "exit failed-continued",
    "timeout failed",
    "deadline failed",
    "fail failed",
    "fail failed-continued",
  ],
  ...["done succeeded", "rerun failed", "fail failed", "fail failed-continued", "none succeeded"],
];

/** Cuts one sequence everywhere, and some of what comes of it once more; so many runs that were cut. */
async function cutEverywhere(seed: number, most: number): Promise<number> {
  const random = randomFrom(seed);
  const run = new CutRun(randomSequence(seed), { kind: "random", seed });
  const whole = await run.whole();
  check(run, whole, `seed ${seed}, uncut`);
  let count = 0;
  for (let cut = 2; cut < whole.records.length && count < most; cut += 1) {
    const isNewBoot = random() < 0.5;
    const where = `seed ${seed}, cut after record ${cut}${isNewBoot ? ", new boot" : ""}`;
    const life = await run.cut(whole, cut, isNewBoot).catch((error: unknown) => {
      throw new Error(`${where}: ${String(error)}`, { cause: error });
    });
    check(run, life, where);
    count += 1;
    if (random() > 0.3) continue;
    const again = cut + 1 + Math.floor(random() * (life.records.length - cut - 1));
    const last = await run.cut(life, again, random() < 0.5).catch((error: unknown) => {
      throw new Error(`${where}, again after ${again}: ${String(error)}`, { cause: error });
    });
    check(run, last, `${where}, again after ${again}`);
    count += 1;
  }
  return count;
}

describe("a random sequence, cut anywhere and gone on with", () => {
  test("has the history that the model says", { timeout: 60_000 + runs * 100 }, async () => {
    let count = 0;
    for (let seed = firstSeed; count < runs; seed += 1) count += await cutEverywhere(seed, runs - count);
    expect(count).toBeGreaterThanOrEqual(runs);
    if (runs >= 500) expect([...seen]).toEqual(expect.arrayContaining(everything));
  });
});
