// What a sequence computes: values, loops, calls, steps that refer to each other, polls, parameters.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { plainLine } from "../events/plain-lines.ts";
import { readRun, listRuns } from "../run/history.ts";
import { resumeRun } from "../run/resume-run.ts";
import { startRun } from "../run/start-run.ts";
import {
  branch,
  buildPlan,
  calculate,
  call,
  callSequence,
  compare,
  comprehension,
  concat,
  fact,
  global,
  group,
  lit,
  local,
  log,
  loop,
  noted,
  run,
  set,
  state,
  stepField,
  use,
  waitUntil,
} from "./build-plan.ts";
import { FakeHost } from "./fake-host.ts";
import { journalOf, logOf, removeTemporaryFolders, runPlan, temporaryFolder, TestCancel } from "./run-plan.ts";

afterAll(removeTemporaryFolders);

const int = (value: Parameters<typeof call>[1]) => call("text.int", value);

describe("loops and calls", () => {
  test("nested loops, a list comprehension inside an expression, a list that is empty", async () => {
    const ran = await runPlan({
      slots: { x: "int", y: "int", z: "int", n: "int" },
      body: [
        set("n", lit(0)),
        loop("x", lit([1, 2]), [
          loop("y", lit([10, 20]), [
            set("n", calculate("+", local("n"), calculate("*", local("x"), local("y")))),
            log(
              concat(
                int(local("n")),
                lit(":"),
                call(
                  "text.value",
                  comprehension("squares", lit([1, 2, 3]), "z", calculate("*", local("z"), local("x"))),
                ),
              ),
            ),
          ]),
        ]),
        loop("x", lit([], { list: "int" }), [log("never")]),
      ],
    });
    expect(logOf(ran)).toEqual(["10:[1,2,3]", "30:[1,2,3]", "50:[2,4,6]", "90:[2,4,6]"]);
  });

  test("a step in a loop is absent until it ran in this iteration, and afterwards the last one", async () => {
    const code = log(int(stepField("s", "code", lit(-7))));
    const ran = await runPlan(
      {
        slots: { x: "int" },
        body: [
          loop("x", lit([1, 2]), [
            run("s", { label: "s", success: [0, 1, 2], when: compare("==", "int", local("x"), lit(1)) }),
            code,
          ]),
        ],
      },
      { outcomes: { s: { code: 2 } } },
    );
    expect(logOf(ran)).toEqual(["2", "-7"]);
  });

  test("one output, a record of several, defaults, and fresh variables at each call", async () => {
    const ran = await runPlan({
      slots: { one: "string" },
      outputs: { answer: ["string", local("one")] },
      body: [
        callSequence("a", "single", { name: ["string", lit("given")] }, { into: "one" }),
        log(local("one")),
        callSequence("b", "single", {}, { into: "one" }),
        log(local("one")),
      ],
      children: [
        {
          name: "single",
          slots: { name: "string", result: "string" },
          parameters: { name: { default: concat(lit("de"), lit("fault")) } },
          outputs: { result: ["string", local("result")] },
          body: [set("result", concat(lit("got "), local("name")))],
        },
      ],
    });
    expect(logOf(ran)).toEqual(["got given", "got default"]);
    expect(ran.result.outputs).toEqual({ answer: "got default" });
  });

  test("`last` is the last action of the whole run; unnamed logs leave it alone, skipped steps too", async () => {
    const ran = await runPlan(
      {
        body: [
          run("a", { continueOnError: true }),
          run("b", { when: lit(false) }),
          log("x"),
          log(concat(state("last.name"), int(state("last.code")))),
        ],
      },
      { outcomes: { a: { code: 9 } } },
    );
    expect(logOf(ran)).toEqual(["x", "a9"]);
  });
});

describe("globals", () => {
  test("live for the run, are exported unless secret, and steps can set them", async () => {
    const ran = await runPlan(
      {
        globals: ["Site", "Made"],
        secretGlobals: ["Token"],
        slots: { t: "secret" },
        parameters: { t: {} },
        body: [
          set("Site", lit("AMS")),
          set("Token", local("t")),
          run("a"),
          log(global("Made")),
          set("Site", lit("")),
          run("b"),
        ],
      },
      { parameters: { t: "long secret text" }, outcomes: { a: { globals: { made: "yes" } } } },
    );
    expect(logOf(ran)).toEqual(["yes"]);
    expect(ran.host.requests.map(({ globals }) => globals)).toEqual([{ Site: "AMS" }, { Made: "yes" }]);
    expect(journalOf(ran.result)).not.toContain("long secret text");
  });
});

describe("polls", () => {
  test("asks again with growing pauses until it is true; an error means not yet", async () => {
    let looks = 0;
    const ready = (): { value: boolean } | { error: string } => {
      looks += 1;
      return looks === 2 ? { error: "busy" } : { value: looks > 5 };
    };
    const ran = await runPlan(
      { body: [waitUntil(fact("file.exists", lit("/x")), 600_000), log("there")] },
      { facts: { "file.exists /x": ready } },
    );
    expect([ran.host.now, ...logOf(ran)]).toEqual([1000 + 2000 + 4000 + 8000 + 10_000, "there"]);
    expect(journalOf(ran.result).match(/"k":"read"/g)).toHaveLength(1);
  });

  test("time runs out: `timeout`, with what went wrong last", async () => {
    const ran = await runPlan(
      { body: [waitUntil(fact("file.exists", lit("/x")), 5000)] },
      { facts: { "file.exists /x": { error: "access denied" } } },
    );
    expect(ran.host.now).toBe(5000);
    expect(ran.result.failure).toMatchObject({
      reason: "timeout",
      message: "the condition was not true within 5s: access denied",
    });
  });
});

describe("before anything is touched", () => {
  const source = {
    slots: { site: "string" as const, count: "int" as const, key: "secret" as const },
    parameters: { site: { choices: ["AMS", "RTM"] }, count: {}, key: {} },
    body: [run("a")],
  };

  test("all problems of parameters and preflight at once, in the user's words", async () => {
    const ran = await runPlan(source, {
      parameters: { site: "BRU", count: "many", other: 1 },
      problems: [{ reason: "content", message: "The package office is not there.", nodes: [0] }],
    });
    expect(ran.result.state).toBe("refused");
    expect(ran.result.problems).toEqual([
      'There is no parameter "other": there are site, count, key.',
      'The parameter "site" takes one of "AMS", "RTM", not "BRU".',
      'The parameter "count" takes int: "many" is no int.',
      'The parameter "key" (secret) is missing.',
      "The package office is not there.",
    ]);
    expect(ran.host.effects).toEqual([]);
  });

  test("a refused run is among the runs, with its problems and without its secrets; it is not gone on with", async () => {
    const stateFolder = temporaryFolder();
    const parameters = { site: "BRU", count: 1, key: "correct horse battery" };
    const { result } = await runPlan(source, { parameters, stateFolder });
    expect(await listRuns(stateFolder)).toMatchObject([{ id: result.id, state: "refused", sequence: "main" }]);
    expect((await readRun(stateFolder, result.id))?.events).toContainEqual(
      expect.objectContaining({ kind: "run.checked", problems: result.problems }),
    );
    expect(journalOf(result)).not.toContain("correct horse");
    expect(readdirSync(join(stateFolder, "keys"))).toEqual([]);
    const host = new FakeHost();
    expect(await resumeRun({ stateFolder, host })).toBeNull();
    // Cut before its end: it was refused all the same.
    const lines = journalOf(result).split(/(?<=\n)/);
    for (const cut of [1, 2]) {
      writeFileSync(join(result.folder, "journal"), lines.slice(0, cut).join(""));
      expect((await listRuns(stateFolder))[0]?.state).toBe("refused");
      writeFileSync(join(stateFolder, "keys", `${result.id}.key`), Buffer.alloc(32));
      expect(await resumeRun({ stateFolder, host, id: result.id })).toBeNull();
    }
    expect(host.effects).toEqual([]);
  });

  test("missing content can be left to the steps that need it", async () => {
    const problems = [{ reason: "content" as const, message: "not there", nodes: [0] }];
    const ran = await runPlan({ body: [run("a")] }, { problems, missing: "fail-step" });
    expect(ran.result.state).toBe("succeeded");
  });

  test("steps that destroy data need consent", async () => {
    const wipe = use("disk.format", {
      disk: ["int", lit(0)],
      style: ["string", lit("gpt")],
      partitions: [{ list: "never" }, lit([], { list: "never" })],
    });
    const built = buildPlan({ body: [wipe] });
    const refused = await runPlan(built);
    expect(refused.result.problems[0]).toContain("destroy data");
    expect((await runPlan(built, { consent: true })).result.state).toBe("succeeded");
  });

  test("two runtimes on one state folder: the second is refused", async () => {
    const stateFolder = temporaryFolder();
    const { plan, text } = buildPlan({ body: [run("slow")] });
    const options = { plan, planText: text, stateFolder, parameters: {} };
    const first = startRun({ ...options, host: new FakeHost({ outcomes: { slow: { takes: 1000 } } }) });
    const second = await startRun({ ...options, host: new FakeHost() });
    expect(second.state).toBe("refused");
    expect((await first).state).toBe("succeeded");
  });
});

describe("what people see", () => {
  const source = {
    slots: { site: "string" as const },
    parameters: { site: {} },
    body: [
      run("Install Office", {
        condition: 'site == "AMS"',
        when: compare("==", "string", noted("site", local("site")), lit("AMS")),
      }),
      group("Software", [run("Install Teams", { success: [0, 3010], reboots: [] })]),
    ],
  };

  test("why a step was skipped, and why one failed, in the source's terms", async () => {
    const ran = await runPlan(source, { parameters: { site: "RTM" }, outcomes: { "Install Teams": { code: 1603 } } });
    const lines = ran.events.flatMap((event) => plainLine(event) ?? []);
    expect(lines).toContain('skipped    Install Office: site == "AMS" is false: site = "RTM"  (test.seq:2)');
    expect(lines).toContain("  failed     Install Teams: exited with 1603 (success codes: 0, 3010)  (test.seq:4)");
  });

  test("the history says the same from the journal alone", async () => {
    const ran = await runPlan(source, { parameters: { site: "RTM" }, outcomes: { "Install Teams": { code: 1603 } } });
    const history = await readRun(ran.stateFolder, ran.result.id);
    expect(history?.state).toBe("failed");
    expect(history?.steps).toMatchObject([
      {
        name: "Install Office",
        state: "skipped",
        condition: 'site == "AMS"',
        parts: [{ text: "site", value: '"RTM"' }],
      },
      { name: "Install Teams", path: ["Software"], state: "failed", code: 1603, reason: "exit", attempts: 1 },
    ]);
    expect(history?.events).toEqual(JSON.parse(JSON.stringify(ran.events)));
    expect(await listRuns(ran.stateFolder)).toMatchObject([{ id: ran.result.id, state: "failed", sequence: "main" }]);
  });

  test("a run without an end is shown as interrupted, a broken journal as damaged", async () => {
    const ran = await runPlan(source, { parameters: { site: "AMS" } });
    const journal = journalOf(ran.result);
    const lines = journal.split(/(?<=\n)/);
    writeFileSync(join(ran.result.folder, "journal"), lines.slice(0, -1).join(""));
    expect(await listRuns(ran.stateFolder)).toMatchObject([{ state: "interrupted" }]);
    writeFileSync(join(ran.result.folder, "journal"), journal.replace('"k":"check"', '"k":"chess"'));
    expect(await readRun(ran.stateFolder, ran.result.id)).toMatchObject({ state: "damaged" });
  });

  test("control characters in what a sequence says don't reach a terminal", async () => {
    const ran = await runPlan({ body: [log("a\u001b[2Jb")] });
    const lines = ran.events.flatMap((event) => plainLine(event) ?? []);
    expect(lines).toContain("log        a\\u001b[2Jb");
  });
});

test("a record that can't be written halts the run: nothing after it is done", async () => {
  const ran = await runPlan(
    { slots: { out: "string" }, body: [run("a", { into: "out", continueOnError: true }), run("b")] },
    { outcomes: { a: { output: "x".repeat(5 * 1024 * 1024) } } },
  );
  expect([ran.result.state, ran.result.defect, ...ran.host.effects]).toEqual(["halted", undefined, "a"]);
  expect(await listRuns(ran.stateFolder)).toMatchObject([{ state: "interrupted" }]);
});

test("an order to cancel is seen in the middle of steps that never wait", async () => {
  const cancel = new TestCancel();
  const items = lit(Array.from({ length: 9000 }, (_, i) => i));
  const { plan, text } = buildPlan({ slots: { i: "int" }, body: [loop("i", items, [log(int(local("i")))])] });
  const running = startRun({
    ...{ plan, planText: text, stateFolder: temporaryFolder(), parameters: {}, host: new FakeHost(), cancel },
    onEvent: (event) => {
      if (event.kind === "log" && event.text === "500") cancel.give("after-step");
    },
  });
  expect((await running).state).toBe("cancelled");
});

test("long sequences of steps without effects stay quick", async () => {
  const steps = Array.from({ length: 40 }, () => branch(lit(true), [log(int(local("i")))]));
  const items = lit(Array.from({ length: 2000 }, (_, i) => i));
  const began = performance.now();
  const ran = await runPlan({ slots: { i: "int" }, body: [loop("i", items, steps)] });
  expect(ran.result.state).toBe("succeeded");
  expect(logOf(ran)).toHaveLength(80_000);
  // Far more than it takes; a step that waits for anything would miss it by orders of magnitude.
  expect(performance.now() - began).toBeLessThan(30_000);
});
