// For each state that a run can be in, a pair: an error in it, and a kill in it, under each rule for interruptions. What happens
// then is what the model says.
import { afterAll, describe, expect, test } from "vitest";
import { removeTemporaryFolders } from "../run-plan.ts";
import { CutRun, historyIn, type Life } from "./cut-run.ts";
import type { Group, Interruption, Program, Sequence } from "./tree.ts";
import type { World } from "./world.ts";

afterAll(removeTemporaryFolders);

/** A program in every place where one can stand; `retried` and `failing` are in the places that need them. */
function everywhere(interruption: Interruption): Sequence {
  const program = (name: string, options: Partial<Program> = {}): Program => ({
    ...{ kind: "run", name, shows: "word", interruption, continues: false, retries: 0, hasTimeout: false },
    ...{ isBound: false, into: false, ...options },
  });
  const group = (name: string, options: Partial<Group>): Group => ({
    ...{ kind: "group", name, body: [], handler: null, finally: null, continues: false, isTimed: false },
    ...{ whenEmpty: false, ...options },
  });
  const fail = { kind: "fail", continues: false } as const;
  return {
    body: [
      program("top"),
      program("kept", { continues: true }),
      program("retried", { retries: 1, into: true }),
      program("bound", { hasTimeout: true, isBound: true, continues: true }),
      group("handled", {
        body: [program("in the body"), fail],
        handler: [
          program("in the handler"),
          group("inner", { body: [program("in the handler's group")], continues: true }),
        ],
        finally: [program("in finally after a handler")],
      }),
      group("unhandled", {
        body: [group("deep", { body: [program("deep in the body"), fail], finally: [program("with one pending")] })],
        finally: [program("outer finally, with one pending")],
        continues: true,
      }),
      group("timed", { body: [program("in time")], isTimed: true, finally: [program("finally in time")] }),
      { kind: "loop", items: ["a", "b"], body: [program("each", { shows: "item" })] },
      { kind: "branch", model: "A", then: [program("then")], otherwise: [program("else")] },
      { kind: "call", child: "one", continues: true },
      { kind: "restart" },
      { kind: "waitUntil", file: "ready", continues: false },
      { kind: "wait" },
      group("last", { body: [program("last")], handler: [program("last handler")] }),
    ],
    children: {
      one: [
        program("in the child", { into: true }),
        group("in it", { body: [], finally: [program("child's finally")] }),
      ],
      two: [],
    },
  };
}

function programsIn(value: unknown): readonly string[] {
  if (value === null || typeof value !== "object") return [];
  if ("kind" in value && value.kind === "run" && "name" in value) return [String(value.name)];
  return Object.values(value).flatMap(programsIn);
}

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
