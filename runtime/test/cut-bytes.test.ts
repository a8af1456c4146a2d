// A small run, cut after every byte of its journal and resumed, within the same boot and after a new one. The laws: what ended is
// not done again, the order of effects is that of the uncut run, and where every step may be done again the end is the same.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJournal } from "../journal/read-journal.ts";
import type { StoredRecord } from "../journal/record.ts";
import { listRuns } from "../run/history.ts";
import { resumeRun } from "../run/resume-run.ts";
import type { RunResult } from "../run/run-options.ts";
import { fact, lit, local, log, optional, run, set, group, fail, type PlanSource } from "./build-plan.ts";
import { FakeHost, type FakeHostOptions } from "./fake-host.ts";
import { logOf, removeTemporaryFolders, runPlan, temporaryFolder, type Ran } from "./run-plan.ts";

afterAll(removeTemporaryFolders);

function source(interruption: "rerun" | "fail"): PlanSource {
  return {
    environment: ["CALLER"],
    slots: { key: "secret", made: "string" },
    parameters: { key: {} },
    outputs: { made: ["string", local("made")] },
    body: [
      set("made", lit("")),
      run("make", { interruption, into: "made", secretEnv: { KEY: local("key") } }),
      group("try", [run("use", { interruption }, [local("made"), fact("device.name")]), fail("always")], {
        onError: [run("mend", { interruption })],
        finally: [log(optional(fact("env", lit("CALLER")), lit("nobody")))],
      }),
    ],
  };
}

const world: FakeHostOptions = {
  environment: { CALLER: "me" },
  facts: { "device.name": { value: "pc-1" } },
  outcomes: { make: { output: "thing", takes: 5 }, mend: { takes: 5 } },
};
const parameters = { key: "correct horse battery" };

interface Cut {
  readonly result: RunResult | null;
  readonly records: readonly StoredRecord[];
  /** What was begun before the cut, as `node/execution`. */
  readonly begunBefore: readonly string[];
  readonly endedBefore: readonly string[];
  readonly begun: readonly string[];
}

const closed = { key: null, masks: false, mask: (text: string) => text };

describe.each(["rerun", "fail"] as const)("on interruption %s", (interruption) => {
  const keys = temporaryFolder();
  let ran: Ran;
  let bytes: Buffer;

  beforeAll(async () => {
    const stateFolder = temporaryFolder();
    const host = new FakeHost(world);
    const useRun = host.useRun.bind(host);
    host.useRun = async (options) => {
      cpSync(join(stateFolder, "keys"), keys, { recursive: true });
      return useRun(options);
    };
    ran = await runPlan(source(interruption), { ...world, host, parameters, stateFolder });
    bytes = readFileSync(join(ran.result.folder, "journal"));
  });

  function recordsOf(journal: Buffer): readonly StoredRecord[] {
    const reading = readJournal(journal, ran.result.id, closed);
    if (reading.kind === "damaged") throw new Error(reading.message);
    return reading.records;
  }

  async function cutAt(length: number, boot: string): Promise<Cut | null> {
    const before = recordsOf(bytes.subarray(0, length));
    // What does not go by the rule for interruptions is the same for all rules.
    if (interruption === "fail" && begun(before).length === ended(before).length) return null;
    const stateFolder = temporaryFolder();
    const folder = join(stateFolder, "runs", ran.result.id);
    mkdirSync(folder, { recursive: true });
    cpSync(keys, join(stateFolder, "keys"), { recursive: true });
    writeFileSync(join(folder, "plan.json"), ran.built.text);
    writeFileSync(join(folder, "journal"), bytes.subarray(0, length));
    try {
      const result = await resumeRun({ stateFolder, host: new FakeHost({ ...world, boot }), checked: true });
      const after = readFileSync(join(folder, "journal"));
      const records = recordsOf(after);
      if (length % 8 === 0) {
        // The history agrees, and resuming what has ended does nothing.
        expect((await listRuns(stateFolder))[0]?.state).toBe(
          result?.state ?? (records.length === 0 ? undefined : "refused"),
        );
        expect(await resumeRun({ stateFolder, host: new FakeHost(world) })).toBeNull();
        expect(readFileSync(join(folder, "journal")).equals(after)).toBe(true);
      }
      return { result, records, begunBefore: begun(before), endedBefore: ended(before), begun: begun(records) };
    } finally {
      rmSync(stateFolder, { recursive: true, force: true });
    }
  }

  test.each(["boot-1", "boot-2"])("cut after every byte, resumed in %s", { timeout: 60_000 }, async (boot) => {
    const uncut = recordsOf(bytes);
    const firstTwo = bytes.indexOf(0x0a, bytes.indexOf(0x0a) + 1) + 1;
    let unknown = 0;
    // Within a line all cuts are alike but for what is cut off: for the second rule every fourth byte is enough.
    for (let length = 0; length < bytes.length; length += interruption === "rerun" ? 1 : 4) {
      const cut = await cutAt(length, boot);
      if (cut === null) continue;
      const where = `cut at byte ${length}`;
      if (length < firstTwo) {
        expect([cut.result, cut.begun], where).toEqual([null, []]);
        continue;
      }
      const again = cut.begun.slice(cut.begunBefore.length);
      expect(
        again.filter((effect) => cut.endedBefore.includes(effect)),
        where,
      ).toEqual([]);
      const isUnknown = cut.begunBefore.length > cut.endedBefore.length;
      if (isUnknown) unknown += 1;
      expect(cut.begunBefore.length - cut.endedBefore.length, where).toBeLessThanOrEqual(1);
      if (interruption === "rerun" || !isUnknown) {
        expect(withoutReruns(cut.begun), where).toEqual(begun(uncut));
        expect(endOf(cut.records), where).toEqual(endOf(uncut));
        expect(cut.result, where).toMatchObject({ state: "succeeded", outputs: { made: "thing" } });
      } else {
        expect(nodesOf(cut.begun), where).toEqual(nodesAfterFailure(begun(uncut), cut.begunBefore));
        const verdict = cut.records.find(({ body }) => body.k === "verdict")?.body;
        expect(verdict, where).toMatchObject({ verdict: "fail", reason: "interrupted" });
      }
    }
    // The cuts met every kind of place.
    expect(unknown).toBeGreaterThan(interruption === "rerun" ? 300 : 60);
  });

  test("no byte of the journal shows the secret", () => {
    expect(bytes.includes(Buffer.from("correct horse"))).toBe(false);
    expect(logOf(ran)).toEqual(["me"]);
  });
});

function begun(records: readonly StoredRecord[]): readonly string[] {
  return records.flatMap(({ body }) => (body.k === "begin" ? [`${body.node}/${body.x}`] : []));
}

function ended(records: readonly StoredRecord[]): readonly string[] {
  return records.flatMap(({ body }) => (body.k === "end" ? [`${body.node}/${body.x}`] : []));
}

function withoutReruns(effects: readonly string[]): readonly string[] {
  return effects.filter((effect, i) => effect !== effects[i - 1]);
}

/** Final variables, how each execution ended, and the end of the run. */
function endOf(records: readonly StoredRecord[]): readonly unknown[] {
  return records.flatMap(({ body }): readonly unknown[] => {
    if (body.k === "end") return [[body.x, body.state, body.code, body.output]];
    if (body.k === "set") return [[body.name, body.value]];
    if (body.k === "close") return [[body.state, body.failures, body.outputs]];
    return [];
  });
}

/** Executions are counted, and a step that is left out is not counted. */
function nodesOf(effects: readonly string[]): readonly string[] {
  return effects.map((effect) => effect.split("/")[0] ?? "");
}

/** With `fail` the unknown step fails: in the group (the second effect) its handler follows, elsewhere the run ends. */
function nodesAfterFailure(uncut: readonly string[], before: readonly string[]): readonly string[] {
  return nodesOf(before.length === 2 ? uncut : before);
}
