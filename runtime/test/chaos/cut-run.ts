// A sequence in a world, run to its end, cut, gone on with, cut again: every journal that comes of it is held against the model.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EffectRequest } from "../../host.ts";
import { readJournal } from "../../journal/read-journal.ts";
import type { StoredRecord } from "../../journal/record.ts";
import { resumeRun } from "../../run/resume-run.ts";
import type { RunResult } from "../../run/run-options.ts";
import { startRun } from "../../run/start-run.ts";
import { buildPlan, type BuiltPlan } from "../build-plan.ts";
import { FakeHost, type ScriptedOutcome } from "../fake-host.ts";
import { temporaryFolder } from "../run-plan.ts";
import { historyOf, type History } from "./model.ts";
import { planOf } from "./tree-plan.ts";
import type { Sequence } from "./tree.ts";
import { doingOf, factOf, type World } from "./world.ts";

/** A journal that ended, as lines, with what was cut on the way to it. */
export interface Life {
  readonly lines: readonly string[];
  readonly records: readonly StoredRecord[];
  /** Attempts of which nobody knows how they ended, by their place among all attempts, from 1. */
  readonly unknown: ReadonlySet<number>;
}

const never = 10 ** 12;

export class CutRun {
  readonly #sequence: Sequence;
  readonly #world: World;
  readonly #built: BuiltPlan;
  readonly #keys = temporaryFolder();
  #id = "";

  constructor(sequence: Sequence, world: World) {
    this.#sequence = sequence;
    this.#world = world;
    this.#built = buildPlan(planOf(sequence));
  }

  /** The uncut run. */
  async whole(): Promise<Life> {
    const stateFolder = temporaryFolder();
    const host = this.#host("boot-1");
    const useRun = host.useRun.bind(host);
    host.useRun = async (run) => {
      cpSync(join(stateFolder, "keys"), this.#keys, { recursive: true });
      return useRun(run);
    };
    const { plan, text: planText } = this.#built;
    const result = await startRun({ plan, planText, host, stateFolder, parameters: {}, checked: true });
    this.#id = result.id;
    return this.#life(result, stateFolder, host, [], new Set());
  }

  /** Goes on with a life after its first `count` records, in the boot it was in or in another one. */
  async cut({ lines, records, unknown }: Life, count: number, isNewBoot: boolean): Promise<Life> {
    const stateFolder = temporaryFolder();
    const folder = join(stateFolder, "runs", this.#id);
    const kept = records.slice(0, count);
    mkdirSync(folder, { recursive: true });
    cpSync(this.#keys, join(stateFolder, "keys"), { recursive: true });
    writeFileSync(join(folder, "plan.json"), this.#built.text);
    writeFileSync(join(folder, "journal"), lines.slice(0, count).join(""));
    const boot = bootOf(kept);
    const host = this.#host(isNewBoot ? `boot-${Number(boot.slice(5)) + 100}` : boot);
    const result = await resumeRun({ stateFolder, host, checked: true });
    if (result === null) throw new Error("there was nothing to go on with");
    const begun = effectsOf(kept).length;
    const still = [...unknown].filter((place) => place <= begun);
    const open = hasOpenAttempt(kept) ? [begun] : [];
    return this.#life(result, stateFolder, host, kept, new Set([...still, ...open]));
  }

  /** What must have happened. */
  expected(unknown: ReadonlySet<number>): History {
    return historyOf(this.#sequence, this.#world, unknown);
  }

  #host(boot: string): FakeHost {
    const host = new FakeHost({
      boot,
      outcomes: (request) => this.#outcome(request),
      facts: (fact, args) => factOf(this.#world, fact, args.length === 0 ? "" : String(args[0])),
    });
    // The wall clock is set back and forward all the time: nothing is decided by it.
    let looks = 0;
    host.wallClock = () => Date.UTC(2026, 10, 22) + ((looks += 1) % 2 === 0 ? -1 : 1) * looks * 86_400_000;
    return host;
  }

  #outcome({ operands, attempt }: EffectRequest): ScriptedOutcome {
    const [program, argument] = operands.map(({ value }) => String(value));
    const { code, hangs, output, site } = doingOf(this.#world, program ?? "", argument ?? "", attempt);
    return { code, takes: hangs ? never : 1, output, ...(site === null ? {} : { globals: { Site: site } }) };
  }

  #life(
    result: RunResult,
    stateFolder: string,
    host: FakeHost,
    before: readonly StoredRecord[],
    unknown: ReadonlySet<number>,
  ): Life {
    if (result.problems.length > 0) throw new Error(result.problems.join(" "));
    const bytes = readFileSync(join(result.folder, "journal"));
    rmSync(stateFolder, { recursive: true, force: true });
    const records = recordsOf(bytes, result.id);
    // What the world was asked to do in this life is what the journal says that it began.
    const asked = host.requests.map((request) => `${request.execution}#${request.attempt}`);
    const told = records
      .slice(before.length)
      .flatMap(({ body }) =>
        body.k === "begin" && body.operands[0]?.role === "program" ? [`${body.x}#${body.attempt}`] : [],
      );
    if (asked.join() !== told.join()) throw new Error(`the world did ${asked.join()}, the journal says ${told.join()}`);
    return { lines: bytes.toString("utf8").split(/(?<=\n)/), records, unknown };
  }
}

/** What the records say has happened, in the model's words. */
export function historyIn(records: readonly StoredRecord[]): History {
  const close = records.at(-1)?.body;
  if (close?.k !== "close") throw new Error("the run has no end");
  const { state } = close;
  if (state !== "succeeded" && state !== "failed") throw new Error(`the run is ${state}`);
  const logs = records.flatMap(({ body }) => (body.k === "log" ? [body.text] : []));
  const word = close.outputs["word"]?.value;
  return {
    ...{ effects: effectsOf(records), logs, failures: close.failures, state },
    word: typeof word === "string" ? word : null,
  };
}

function effectsOf(records: readonly StoredRecord[]): readonly string[] {
  return records.flatMap(({ body }) => {
    if (body.k !== "begin") return [];
    const [first, second] = body.operands;
    const what =
      first?.role === "duration" ? "wait " : first?.role === "delay" ? "restart " : `${first?.value} ${second?.value}`;
    return [`${what}#${body.attempt}`];
  });
}

function hasOpenAttempt(records: readonly StoredRecord[]): boolean {
  const last = records.findLast(({ body }) => body.k === "begin" || body.k === "end" || body.k === "verdict");
  return last?.body.k === "begin";
}

function bootOf(records: readonly StoredRecord[]): string {
  let boot = "boot-1";
  for (const { body } of records) {
    if (body.k === "open" || body.k === "restart-seen" || body.k === "resume") boot = body.boot;
  }
  return boot;
}

function recordsOf(bytes: Buffer, id: string): readonly StoredRecord[] {
  const reading = readJournal(bytes, id, { key: null, masks: false, mask: (text) => text });
  if (reading.kind === "damaged") throw new Error(reading.message);
  return reading.records;
}
