// Cut a run anywhere and resume it: no effect that ended is done again, the order of effects is that of the uncut run, and the
// end is the same. With a torn end, with another cut during the recovery, within the same boot and after a new one.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJournal } from "../journal/read-journal.ts";
import type { StoredRecord } from "../journal/record.ts";
import { readRun } from "../run/history.ts";
import { resumeRun } from "../run/resume-run.ts";
import type { RunResult } from "../run/run-options.ts";
import {
  compare,
  concat,
  fact,
  fail,
  group,
  lit,
  local,
  log,
  optional,
  restart,
  run,
  set,
  state,
  waitUntil,
  type PlanSource,
} from "./build-plan.ts";
import { FakeHost, type FakeHostOptions } from "./fake-host.ts";
import { richParameters, richPlan, richWorld } from "./rich-plan.ts";
import { removeTemporaryFolders, runPlan, temporaryFolder, type Ran, type RunPlanOptions } from "./run-plan.ts";

afterAll(removeTemporaryFolders);

interface Kept {
  readonly ran: Ran;
  /** A copy of the keys, which go when the run ends. */
  readonly keys: string;
  readonly lines: readonly string[];
}

/** Runs to the end and keeps what a cut run would still have. */
async function keep(source: PlanSource, options: RunPlanOptions): Promise<Kept> {
  const stateFolder = temporaryFolder();
  const keys = temporaryFolder();
  const host = new FakeHost(options);
  const useRun = host.useRun.bind(host);
  host.useRun = async (run) => {
    cpSync(join(stateFolder, "keys"), keys, { recursive: true });
    return useRun(run);
  };
  const ran = await runPlan(source, { ...options, host, stateFolder });
  const lines = readFileSync(join(ran.result.folder, "journal"), "utf8").split(/(?<=\n)/);
  return { ran, keys, lines };
}

interface Resumed {
  readonly result: RunResult | null;
  readonly host: FakeHost;
  readonly folder: string;
  readonly stateFolder: string;
}

/** Resumes from this journal in a state folder of its own. */
async function resumeFrom({ ran, keys }: Kept, journal: string, world: FakeHostOptions): Promise<Resumed> {
  const stateFolder = temporaryFolder();
  const folder = join(stateFolder, "runs", ran.result.id);
  mkdirSync(folder, { recursive: true });
  cpSync(keys, join(stateFolder, "keys"), { recursive: true });
  writeFileSync(join(folder, "plan.json"), ran.built.text);
  writeFileSync(join(folder, "journal"), journal);
  const host = new FakeHost(world);
  const result = await resumeRun({ stateFolder, host, checked: true });
  if (result?.defect === true || result?.state === "damaged") throw new Error(result.problems.join(" "));
  return { result, host, folder, stateFolder };
}

const closed = { key: null, masks: false, mask: (text: string) => text };

function recordsOf(journal: string, id: string): readonly StoredRecord[] {
  const reading = readJournal(Buffer.from(journal), id, closed);
  if (reading.kind === "damaged") throw new Error(reading.message);
  return reading.records;
}

/** Effects as `node/x` in the order in which they were begun. */
function begun(records: readonly StoredRecord[]): readonly string[] {
  return records.flatMap(({ body }) => (body.k === "begin" ? [`${body.node}/${body.x}`] : []));
}

/** What counts at the end: state, outputs, and how each execution ended. */
function summary(records: readonly StoredRecord[]): readonly string[] {
  return records.flatMap(({ body }) => {
    switch (body.k) {
      case "end":
        return body.next === "done" ? [`end ${body.x} ${body.state} ${body.code}`] : [];
      case "done":
      case "log":
      case "set":
      case "leave":
        return [JSON.stringify({ ...body, value: undefined, cut: undefined })];
      case "close":
        return [`${body.state} ${body.failures} ${JSON.stringify(body.outputs)}`];
      default:
        return [];
    }
  });
}

/** Effects of a cut and resumed run, with the one that was cut in the middle counted once. */
function withoutReruns(effects: readonly string[]): readonly string[] {
  return effects.filter((effect, i) => effect !== effects[i - 1]);
}

const phaseWorld = (boot: string): FakeHostOptions => ({ ...richWorld(), boot });

describe("a rich sequence, cut after every record", () => {
  let whole: Kept;
  beforeAll(async () => {
    whole = await keep(richPlan, { ...richWorld(), parameters: richParameters });
  });

  test("the uncut run", () => {
    expect(whole.ran.result).toMatchObject({ state: "succeeded", outputs: { summary: "RTM-made-child says so" } });
    expect(whole.ran.host.effects.filter((effect) => !effect.startsWith("restart"))).toEqual([
      ...["first", "laptop", "each", "each#2", "each", "each#2", "office", "report", "collect", "in the child"],
      ...["installer", "last"],
    ]);
  });

  async function checkCut(cut: number, torn: string, boot: string): Promise<void> {
    const uncut = recordsOf(whole.lines.join(""), whole.ran.result.id);
    const resumed = await resumeFrom(whole, whole.lines.slice(0, cut).join("") + torn, phaseWorld(boot));
    const records = recordsOf(readFileSync(join(resumed.folder, "journal"), "utf8"), whole.ran.result.id);
    expect(resumed.result?.state, `cut after record ${cut}`).toBe("succeeded");
    expect(summary(records), `cut after record ${cut}`).toEqual(summary(uncut));
    expect(withoutReruns(begun(records)), `cut after record ${cut}`).toEqual(withoutReruns(begun(uncut)));
  }

  test("cut before it was known that nothing speaks against it: it has not begun", async () => {
    const resumed = await resumeFrom(whole, whole.lines[0] ?? "", phaseWorld("boot-1"));
    expect([resumed.result, resumed.host.effects]).toEqual([null, []]);
  });

  test("same boot, clean and torn ends", async () => {
    for (let cut = 2; cut < whole.lines.length - 1; cut += 1) {
      // Within the same boot a restart that was asked for is asked for again.
      const torn = cut % 3 === 0 ? "" : (whole.lines[cut] ?? "").slice(0, cut % 3 === 1 ? 20 : -1);
      await checkCut(cut, torn, lastBoot(whole.lines.slice(0, cut).join(""), whole.ran.result.id));
    }
  });

  test("new boot", async () => {
    for (let cut = 2; cut < whole.lines.length - 1; cut += 1) await checkCut(cut, "", "boot-9");
  });

  test("a second cut during the recovery", async () => {
    const id = whole.ran.result.id;
    for (let cut = 3; cut < whole.lines.length - 1; cut += 7) {
      const boot = lastBoot(whole.lines.slice(0, cut).join(""), id);
      const first = await resumeFrom(whole, whole.lines.slice(0, cut).join(""), phaseWorld(boot));
      const lines = readFileSync(join(first.folder, "journal"), "utf8").split(/(?<=\n)/);
      for (let again = cut + 1; again < lines.length - 1; again += 5) {
        const journal = lines.slice(0, again).join("");
        const second = await resumeFrom(whole, journal, phaseWorld(lastBoot(journal, id)));
        const records = recordsOf(readFileSync(join(second.folder, "journal"), "utf8"), id);
        expect(summary(records), `cut after ${cut}, then after ${again}`).toEqual(
          summary(recordsOf(whole.lines.join(""), id)),
        );
      }
    }
  });

  test("a run that has ended is not resumed", async () => {
    const resumed = await resumeFrom(whole, whole.lines.join(""), richWorld());
    expect(resumed.result).toBeNull();
    expect(resumed.host.effects).toEqual([]);
  });

  test("no secret in clear in any byte; the history hides it", async () => {
    expect(whole.lines.join("")).not.toContain("correct horse");
    const history = await readRun(whole.ran.stateFolder, whole.ran.result.id);
    expect(JSON.stringify(history)).not.toContain("correct horse");
    expect(history?.events).toContainEqual(
      expect.objectContaining({ kind: "variable.set", name: "Token", value: "<secret>" }),
    );
    expect(whole.ran.host.requests[0]?.operands).toContainEqual(
      expect.objectContaining({ name: "PASSWORD", value: "correct horse battery", secret: true }),
    );
  });
});

function lastBoot(journal: string, id: string): string {
  let boot = "boot-1";
  for (const { body } of recordsOf(journal, id)) {
    if (body.k === "open" || body.k === "restart-seen" || body.k === "resume") boot = body.boot;
  }
  return boot;
}

describe("what an interruption means (5.7)", () => {
  async function interrupted(source: PlanSource, world: FakeHostOptions = {}): Promise<Resumed> {
    const kept = await keep(source, {});
    const at = kept.lines.findIndex((line) => line.includes('"k":"begin"'));
    return resumeFrom(kept, kept.lines.slice(0, at + 2).join(""), world);
  }

  test("fail: handlers may clean up", async () => {
    const resumed = await interrupted({
      body: [group("g", [run("a"), run("b")], { onError: [run("clean"), log(state("error.reason"))] }), run("next")],
    });
    expect(resumed.result?.state).toBe("succeeded");
    expect(resumed.host.effects).toEqual(["clean", "next"]);
    expect(resumed.host.leftovers).toEqual([1]);
    const history = await readRun(resumed.stateFolder, resumed.result?.id ?? "");
    expect(history?.steps[0]).toMatchObject({ name: "a", state: "failed", reason: "interrupted" });
  });

  test("fail, kept by its own step", async () => {
    const resumed = await interrupted({ body: [run("a", { continueOnError: true }), run("next")] });
    expect([resumed.result?.state, ...resumed.host.effects]).toEqual(["succeeded", "next"]);
  });

  test("rerun: the next attempt", async () => {
    const resumed = await interrupted({ body: [run("a", { interruption: "rerun" }), run("next")] });
    expect(resumed.host.effects).toEqual(["a#2", "next"]);
  });

  const verified = {
    slots: { out: "string" as const },
    body: [
      set("out", lit("before")),
      run("a", { verify: fact("file.exists", lit("/done")), into: "out" }),
      run("next", {}, [local("out")]),
    ],
  };

  test.each([
    ["true: it was done", { value: true }, ["next"], "succeeded"],
    ["false: again", { value: false }, ["a#2", "next"], "succeeded"],
    ["an error: failed", { error: "access denied" }, [], "failed"],
  ] as const)("verify, %s", async (_, answer, effects, state) => {
    const world = { facts: { "file.exists /done": answer }, outcomes: { a: { output: "after" } } };
    const kept = await keep(verified, world);
    const at = kept.lines.findIndex((line) => line.includes('"k":"begin"'));
    const resumed = await resumeFrom(kept, kept.lines.slice(0, at + 1).join(""), world);
    expect([resumed.result?.state, ...resumed.host.effects]).toEqual([state, ...effects]);
    const word = resumed.host.requests.at(-1)?.operands.at(-1)?.value;
    if (state === "succeeded") expect(word).toBe(effects.length === 1 ? "before" : "after");
  });

  test("the same execution interrupted three times: the run stops", async () => {
    const kept = await keep({ body: [run("a", { interruption: "rerun" })] }, {});
    const upTo = (journal: string): string => {
      const lines = journal.split(/(?<=\n)/);
      return lines.slice(0, lines.findLastIndex((line) => line.includes('"k":"begin"')) + 1).join("");
    };
    let journal = upTo(kept.lines.join(""));
    let resumed: Resumed | null = null;
    for (let life = 0; life < 3; life += 1) {
      resumed = await resumeFrom(kept, journal, {});
      journal = upTo(readFileSync(join(resumed.folder, "journal"), "utf8"));
    }
    expect(resumed?.result).toMatchObject({ state: "stopped", failure: { reason: "limit" } });
    expect(resumed?.host.effects).toEqual([]);
  });
});

describe("restarts (4)", () => {
  const body = [run("a"), restart("system"), run("b")];

  test("--no-restart: due, and due again in the same boot; a new boot goes on", async () => {
    const ran = await runPlan({ body }, { noRestart: true });
    expect([ran.result.state, ...ran.host.effects]).toEqual(["restart-due", "a"]);
    const again = new FakeHost();
    expect(await resumeRun({ stateFolder: ran.stateFolder, host: again })).toMatchObject({ state: "restart-due" });
    const rebooted = new FakeHost({ boot: "boot-2" });
    const result = await resumeRun({ stateFolder: ran.stateFolder, host: rebooted });
    expect([result?.state, ...rebooted.effects]).toEqual(["succeeded", "b"]);
  });

  test("the wrong phase after it, and no way to do it, stop the run", async () => {
    const wrong = await runPlan({ body }, { restartsInto: "winpe" });
    expect(wrong.result).toMatchObject({
      state: "stopped",
      failure: { reason: "restart", message: "the machine came back in Windows PE instead of the full system" },
    });
    const refused = await runPlan(
      { body: [group("g", body, { onError: [log("x")], finally: [run("f")] })] },
      { restartsInto: "refused" },
    );
    expect([refused.result.state, ...refused.host.effects]).toEqual(["stopped", "a", "restart to system", "f"]);
  });

  test("asked three times in vain", async () => {
    const ran = await runPlan({ body }, { restartsInto: "nothing" });
    expect(ran.result).toMatchObject({ state: "stopped", failure: { reason: "restart" } });
    expect(ran.host.effects.filter((effect) => effect.startsWith("restart"))).toHaveLength(3);
  });

  test("facts of the boot are read anew after it, and within it once", async () => {
    let serial = 0;
    const name = fact("device.name");
    const ran = await runPlan(
      { body: [log(name), log(concat(name, name)), restart("system"), log(name)] },
      { facts: { "device.name": () => ({ value: `n${(serial += 1)}` }) } },
    );
    expect(ran.events.flatMap((event) => (event.kind === "log" ? [event.text] : []))).toEqual(["n1", "n1n1", "n2"]);
  });

  test("a restart in the handler keeps the error", async () => {
    const ran = await runPlan(
      { body: [group("g", [fail("why")], { onError: [restart("system"), log(state("error.message"))] })] },
      {},
    );
    expect(ran.events.flatMap((event) => (event.kind === "log" ? [event.text] : []))).toEqual(["why"]);
  });
});

test("a journal of another plan diverges: damaged, nothing is run", async () => {
  const kept = await keep(
    { body: [run("a", { when: compare("==", "string", fact("device.name"), lit("x")) }), run("b")] },
    {
      facts: { "device.name": { value: "x" } },
    },
  );
  const journal = kept.lines.slice(0, -2).join("");
  const other = await keep({ body: [run("b"), run("a")] }, {});
  const stateFolder = temporaryFolder();
  const folder = join(stateFolder, "runs", kept.ran.result.id);
  mkdirSync(folder, { recursive: true });
  cpSync(kept.keys, join(stateFolder, "keys"), { recursive: true });
  writeFileSync(join(folder, "plan.json"), other.ran.built.text);
  writeFileSync(join(folder, "journal"), journal);
  const host = new FakeHost();
  expect(await resumeRun({ stateFolder, host })).toMatchObject({ state: "damaged" });
  expect(host.effects).toEqual([]);
});

describe("a journal cut between records that belong together", () => {
  test("a text was written before it was known to be a secret: it is no damage", async () => {
    const source: PlanSource = {
      slots: { word: "secret" },
      environment: ["LATER"],
      secretGlobals: ["Token"],
      body: [
        log(optional(fact("env", lit("LATER")), lit(""))),
        set("Token", optional(fact("env", lit("LATER")), lit(""))),
        run("a", { interruption: "rerun" }),
      ],
    };
    const kept = await keep(source, { environment: { LATER: "known-only-later" } });
    const at = kept.lines.findIndex((line) => line.includes('"k":"begin"'));
    const resumed = await resumeFrom(kept, kept.lines.slice(0, at + 1).join(""), {});
    expect([resumed.result?.state, ...resumed.host.effects]).toEqual(["succeeded", "a#2"]);
  });

  test("the readings that ended a poll, without its end: it begins anew, and again", async () => {
    const both = compare("==", "string", fact("device.name"), optional(fact("file.text", lit("/name")), lit("none")));
    const source: PlanSource = { body: [waitUntil(both, 1000, { continueOnError: true }), run("a")] };
    const world = { facts: { "device.name": { value: "x" }, "file.text /name": { value: "y" } } };
    const kept = await keep(source, world);
    let journal = kept.lines;
    for (let life = 0; life < 4; life += 1) {
      const at = journal.findIndex((line) => line.includes('"k":"waited"'));
      const resumed = await resumeFrom(kept, journal.slice(0, at).join(""), world);
      expect([resumed.result?.state, ...resumed.host.effects]).toEqual(["succeeded", "a"]);
      journal = readFileSync(join(resumed.folder, "journal"), "utf8").split(/(?<=\n)/);
    }
  });
});
