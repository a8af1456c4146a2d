// A run whose journal holds every kind of record, exhaustively: cut after every byte, and with every single bit flipped, its
// journal reads as one that was cut between two records, or is refused with the place. From each place between two records the
// run goes on to its right end.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordCodecs } from "../journal/encode-record.ts";
import { readJournal, type JournalReading } from "../journal/read-journal.ts";
import type { StoredRecord } from "../journal/record.ts";
import { listRuns } from "../run/history.ts";
import { resumeRun } from "../run/resume-run.ts";
import type { RunResult } from "../run/run-options.ts";
import {
  branch,
  compare,
  disabledNode,
  fact,
  group,
  lit,
  local,
  log,
  optional,
  restart,
  run,
  set,
  waitUntil,
  type PlanSource,
} from "./build-plan.ts";
import { FakeHost, type FakeHostOptions } from "./fake-host.ts";
import { removeTemporaryFolders, runPlan, temporaryFolder, type Ran } from "./run-plan.ts";

afterAll(removeTemporaryFolders);

const rerun = { interruption: "rerun" } as const;

/** It ends with a restart that can't be done: a stop, before which finally blocks run. */
const source: PlanSource = {
  environment: ["CALLER"],
  slots: { key: "secret", made: "string" },
  parameters: { key: {} },
  body: [
    set("made", lit("")),
    disabledNode("off"),
    branch(compare("==", "string", fact("device.model"), lit("A")), [
      run("make", { ...rerun, into: "made", secretEnv: { KEY: local("key") } }),
    ]),
    group("short", [run("tried", { ...rerun, retry: { count: 1, every: 5000 } })], {
      timeout: 1000,
      onError: [log(optional(fact("env", lit("CALLER")), lit("nobody")))],
    }),
    waitUntil(fact("file.exists", lit("/here")), 1000),
    waitUntil(fact("file.exists", lit("/never")), 1000, { continueOnError: true }),
    restart("system", rerun),
    run("use", rerun, [local("made")]),
    group("last", [restart("winpe", rerun)], { finally: [run("clean", rerun)] }),
  ],
};

const world: FakeHostOptions = {
  environment: { CALLER: "me" },
  outcomes: { make: { output: "thing" }, tried: { code: 5 } },
  facts: {
    "device.model": { value: "A" },
    "file.exists /here": { value: true },
    "file.exists /never": { value: false },
  },
};

const closed = { key: null, masks: false, mask: (text: string) => text };

class RestartlessPe extends FakeHost {
  override async requestRestart(
    ...[target]: Parameters<FakeHost["requestRestart"]>
  ): ReturnType<FakeHost["requestRestart"]> {
    if (target.to === "system") return super.requestRestart(target);
    return { succeeded: false, code: -1, reason: "restart", message: "nothing to boot" };
  }
}

interface Resumed {
  readonly result: RunResult | null;
  readonly bytes: Buffer;
}

describe("a journal with every kind of record", () => {
  const keys = temporaryFolder();
  let ran: Ran;
  let bytes: Buffer;
  let records: readonly StoredRecord[];
  /** Where each line begins, and where the last one ends. */
  let places: readonly number[];

  beforeAll(async () => {
    const stateFolder = temporaryFolder();
    const host = new RestartlessPe(world);
    const useRun = host.useRun.bind(host);
    host.useRun = async (options) => {
      cpSync(join(stateFolder, "keys"), keys, { recursive: true });
      return useRun(options);
    };
    const parameters = { key: "correct horse battery" };
    ran = await runPlan(source, { host, parameters, stateFolder, noRestart: true });
    const due = readFileSync(join(ran.result.folder, "journal"));
    const whole = (await resume(due, "boot-2")).bytes;
    // Cut in "use", and gone on with: a verdict.
    const lines = whole.toString("utf8").split(/(?<=\n)/);
    const use = lines.findLastIndex((line, i) => line.includes('"k":"begin"') && i < lines.length - 6);
    bytes = (await resume(Buffer.from(lines.slice(0, use + 1).join("")), "boot-2")).bytes;
    records = recordsOf(bytes);
    places = [0, ...[...bytes].flatMap((byte, i) => (byte === 0x0a ? [i + 1] : []))];
  });

  function read(journal: Buffer): JournalReading {
    return readJournal(journal, ran.result.id, closed);
  }

  function recordsOf(journal: Buffer): readonly StoredRecord[] {
    const reading = read(journal);
    if (reading.kind === "damaged") throw new Error(reading.message);
    return reading.records;
  }

  async function resume(journal: Buffer, boot: string): Promise<Resumed> {
    const stateFolder = temporaryFolder();
    const folder = join(stateFolder, "runs", ran.result.id);
    mkdirSync(folder, { recursive: true });
    cpSync(keys, join(stateFolder, "keys"), { recursive: true });
    writeFileSync(join(folder, "plan.json"), ran.built.text);
    writeFileSync(join(folder, "journal"), journal);
    try {
      const host = new RestartlessPe({ ...world, boot });
      const result = await resumeRun({ stateFolder, host, checked: true, noRestart: false });
      const after = readFileSync(join(folder, "journal"));
      const [listed] = await listRuns(stateFolder);
      // The history agrees, and resuming what has ended does nothing.
      if (result !== null) expect(listed?.state).toBe(result.state);
      if (result?.state === "stopped") {
        expect(await resumeRun({ stateFolder, host: new FakeHost(world) })).toBeNull();
        expect(readFileSync(join(folder, "journal")).equals(after)).toBe(true);
      }
      return { result, bytes: after };
    } finally {
      rmSync(stateFolder, { recursive: true, force: true });
    }
  }

  test("it has every kind, and no secret", () => {
    expect([...new Set(records.map(({ body }) => body.k))].sort()).toEqual(Object.keys(recordCodecs).sort());
    expect(bytes.includes(Buffer.from("correct horse"))).toBe(false);
  });

  test("cut after every byte, it reads as cut before the line", () => {
    let line = 0;
    let clean = read(Buffer.alloc(0));
    for (let length = 0; length <= bytes.length; length += 1) {
      if (length >= (places[line + 1] ?? Infinity)) {
        line += 1;
        clean = read(bytes.subarray(0, length));
      }
      const torn = read(bytes.subarray(0, length));
      if (clean.kind !== "read" || torn.kind !== "read") return expect.fail(`cut at byte ${length}: damaged`);
      const same = torn.records.length === clean.records.length && sameEnd(torn, clean);
      if (!same || torn.cut !== clean.cut + length - (places[line] ?? 0)) expect.fail(`cut at byte ${length}`);
    }
    expect(line).toBe(records.length);
  });

  test(
    "with every single bit flipped, it is refused with the place, or reads as cut before the line",
    { timeout: 120_000 },
    () => {
      const safe = records.at(-1)?.d ?? 0;
      let torn = 0;
      for (let line = 1; line <= records.length; line += 1) {
        const clean = read(bytes.subarray(0, places[line - 1]));
        // Not the next line: where the end of this one is lost, they are one.
        const said = line > safe ? -1 : records.findIndex(({ d, q }) => d >= line && q > line + 1);
        for (let at = places[line - 1] ?? 0; at < (places[line] ?? 0); at += 1) {
          for (let bit = 0; bit < 8; bit += 1) {
            // What comes after the record that says that the line was safe changes nothing: one bit of each byte shows it.
            const flipped = Buffer.from(said < 0 || bit === at % 8 ? bytes : bytes.subarray(0, places[said + 1]));
            flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
            const reading = read(flipped);
            if (reading.kind === "damaged") {
              if (line > safe || !reading.message.includes(`damaged at line ${line} `)) {
                expect.fail(`bit ${bit} of byte ${at} in line ${line}: ${reading.message}`);
              }
            } else if (clean.kind !== "read" || line <= safe || !sameEnd(reading, clean)) {
              expect.fail(`bit ${bit} of byte ${at} in line ${line}: read with ${reading.records.length} records`);
            } else torn += 1;
          }
        }
      }
      expect(torn).toBeGreaterThan(100);
    },
  );

  test.each(["same", "new"] as const)(
    "from each place, in the %s boot, it goes on to the right end",
    { timeout: 120_000 },
    async (which) => {
      const whole = endOf(records);
      for (let count = 0; count < records.length; count += 1) {
        const where = `cut after record ${count}`;
        const before = bootOf(records.slice(0, count));
        // Every other one with a torn line after it.
        const torn = count % 2 === 0 ? (places[count] ?? 0) : (places[count + 1] ?? 0) - 1;
        let { result, bytes: after } = await resume(bytes.subarray(0, torn), which === "same" ? before : "boot-9");
        if (count < 2) {
          expect(result, where).toBeNull();
          continue;
        }
        if (result?.state === "restart-due") ({ result, bytes: after } = await resume(after, "boot-7"));
        expect(result, where).toMatchObject({ state: "stopped", failure: { reason: "restart" } });
        expect(endOf(recordsOf(after)), where).toEqual(whole);
      }
    },
  );
});

function sameEnd(
  a: Extract<JournalReading, { readonly kind: "read" }>,
  b: Extract<JournalReading, { readonly kind: "read" }>,
): boolean {
  return a.end.lastNumber === b.end.lastNumber && a.end.lastCrc === b.end.lastCrc && a.end.size === b.end.size;
}

function bootOf(records: readonly StoredRecord[]): string {
  const boots = records.flatMap(({ body }) => (body.k === "resume" || body.k === "restart-seen" ? [body.boot] : []));
  return boots.at(-1) ?? "boot-1";
}

/** What was begun (once, where it was begun again), variables, how each execution ended, texts, and the end of the run. */
function endOf(records: readonly StoredRecord[]): readonly unknown[] {
  const seen = records.flatMap(({ body }): readonly unknown[] => {
    if (body.k === "begin") return [["begin", body.node, body.x]];
    if (body.k === "end") return [[body.x, body.state, body.code, body.output]];
    if (body.k === "set") return [[body.name, body.value]];
    if (body.k === "log") return [body.text];
    if (body.k === "close") return [[body.state, body.failures, body.outputs]];
    return [];
  });
  return seen.filter((entry, i) => JSON.stringify(entry) !== JSON.stringify(seen[i - 1]));
}
