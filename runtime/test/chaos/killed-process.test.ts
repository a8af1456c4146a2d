// The runtime as a process, killed at random moments and started again: programs really run, each writes a line to
// a ledger, and ledger, journal and model agree. SEQUITUR_CHAOS_KILLS: so many runs, 5 by default.
import { build } from "esbuild";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJournal } from "../../journal/read-journal.ts";
import type { StoredRecord } from "../../journal/record.ts";
import { randomFrom } from "../../plan/test/mutate-plan.ts";
import { buildPlan } from "../build-plan.ts";
import { removeTemporaryFolders, temporaryFolder } from "../run-plan.ts";
import { historyIn } from "./cut-run.ts";
import { everywhere, programsIn } from "./every-place.ts";
import { historyOf } from "./model.ts";
import { planOf } from "./tree-plan.ts";
import type { Sequence, Tree } from "./tree.ts";

const runs = Number(process.env["SEQUITUR_CHAOS_KILLS"] ?? 5);
const mostKills = 2;
/** A terminal that is closed and a system that shuts down are interruptions like a kill. */
const signals = ["SIGKILL", "SIGKILL", "SIGTERM", "SIGHUP"] as const;

afterAll(removeTemporaryFolders);

/** What asks this machine for something, or would restart it, stays out. */
function withoutMachine(tree: Tree): Tree {
  return tree.filter(({ kind }) => kind !== "restart" && kind !== "branch" && kind !== "waitUntil");
}

function sequenceFor(interruption: "fail" | "rerun", folder: string): Sequence {
  const { body, children } = everywhere(interruption, folder);
  return { body: withoutMachine(body), children };
}

describe.skipIf(process.platform === "win32")("a runtime that is killed", () => {
  const folder = temporaryFolder();
  const programs = join(folder, "programs");

  beforeAll(async () => {
    const root = join(import.meta.dirname, "../../..");
    const format = { platform: "node", format: "esm", target: "node20", bundle: true } as const;
    await build({ ...format, entryPoints: [join(root, "runtime/bin.ts")], outfile: join(folder, "runtime.mjs") });
    mkdirSync(programs);
    const script = join(folder, "program");
    const line = '"${SEQUITUR_EXECUTION#*/} $(basename "$0")"';
    writeFileSync(script, `#!/bin/sh\necho ${line} >>${join(folder, "ledger")}\nsleep 0.01\necho made\n`);
    chmodSync(script, 0o755);
    for (const name of new Set(programsIn(everywhere("fail")))) symlinkSync(script, join(programs, name));
  });

  /** Runs the runtime; a number: it gets the signal after so many milliseconds. */
  function life(
    args: readonly string[],
    killAfter: number | null,
    signal: NodeJS.Signals,
  ): Promise<{ code: number | null; output: string }> {
    return new Promise((resolve) => {
      const environment = { PATH: process.env["PATH"] ?? "", HOME: folder };
      const child = spawn(process.execPath, [join(folder, "runtime.mjs"), ...args], { cwd: folder, env: environment });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
      const timer = killAfter === null ? null : setTimeout(() => child.kill(signal), killAfter);
      child.on("exit", (code) => {
        if (timer !== null) clearTimeout(timer);
        resolve({ code, output });
      });
    });
  }

  /** Of the run that has begun; a life that was killed before that has left a run that is none. */
  function recordsIn(state: string): readonly StoredRecord[] {
    const all = join(folder, state, "runs");
    for (const id of existsSync(all) ? readdirSync(all) : []) {
      const journal = join(all, id, "journal");
      if (!existsSync(journal)) continue;
      const reading = readJournal(readFileSync(journal), id, { key: null, masks: false, mask: (text) => text });
      if (reading.kind === "damaged") throw new Error(reading.message);
      if (reading.records.length > 1) return reading.records;
    }
    return [];
  }

  test.each(Array.from({ length: runs }, (_, i) => i + 1))("run %s", { timeout: 120_000 }, async (seed) => {
    const random = randomFrom(seed);
    const sequence = sequenceFor(seed % 2 === 0 ? "fail" : "rerun", `${programs}/`);
    writeFileSync(join(folder, "plan.json"), buildPlan(planOf(sequence)).text);
    writeFileSync(join(folder, "ledger"), "");
    const state = `state-${seed}`;
    let kills = 0;
    for (;;) {
      const hasBegun = recordsIn(state).length > 1;
      const args = hasBegun ? ["resume", "--state", state] : ["run", "plan.json", "--state", state, "--no-restart"];
      const killAfter = kills < mostKills ? 100 + random() * 700 : null;
      const { code, output } = await life(args, killAfter, signals[Math.floor(random() * signals.length)]!);
      if (code !== null) {
        expect([0, 1], output).toContain(code);
        break;
      }
      kills += 1;
    }
    const records = recordsIn(state);
    const unknown = unknownIn(records);
    expect(historyIn(records), `${kills} kills`).toEqual(
      historyOf(sequence, { kind: "smooth", errorIn: null }, new Set(unknown.map(({ place }) => place))),
    );
    const ledger = readFileSync(join(folder, "ledger"), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split(" ")[0]);
    const ended = records.flatMap(({ body }) =>
      body.k === "end" && body.code === 0 && isProgram(records, body.x) ? [String(body.x)] : [],
    );
    // What ended did its work once; what was cut did it or not.
    const cut = unknown.map(({ x }) => String(x));
    expect(withoutSome(ledger, cut)).toEqual(withoutSome(ended, cut));
    for (const x of cut) expect(ledger.filter((entry) => entry === x).length).toBeLessThanOrEqual(1 + mostKills);
  });
});

function isProgram(records: readonly StoredRecord[], x: number): boolean {
  const begin = records.find(({ body }) => body.k === "begin" && body.x === x)?.body;
  return begin?.k === "begin" && begin.operands[0]?.role === "program";
}

function withoutSome(all: readonly (string | undefined)[], some: readonly string[]): readonly (string | undefined)[] {
  return all.filter((entry) => entry === undefined || !some.includes(entry));
}

/** Attempts that a later life found without an end. */
function unknownIn(records: readonly StoredRecord[]): readonly { readonly place: number; readonly x: number }[] {
  const unknown: { place: number; x: number }[] = [];
  let place = 0;
  let open: number | null = null;
  for (const { body } of records) {
    if (body.k === "begin") {
      place += 1;
      open = body.x;
    } else if (body.k === "end" || body.k === "verdict") open = null;
    else if (body.k === "resume" && open !== null) {
      if (unknown.at(-1)?.place !== place) unknown.push({ place, x: open });
    }
  }
  return unknown;
}
