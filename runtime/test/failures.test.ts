// Tables 2.3 and 2.4 of the specification: how failures, stops and deadlines go up.
import { afterAll, describe, expect, test } from "vitest";
import type { Reason } from "../plan/state-fields.ts";
import {
  branch,
  calculate,
  call,
  callSequence,
  compare,
  concat,
  disabledNode,
  fact,
  fail,
  group,
  lit,
  local,
  log,
  loop,
  optional,
  run,
  state,
  stepField,
  wait,
  waitUntil,
  type PlanSource,
} from "./build-plan.ts";
import type { FakeHostOptions } from "./fake-host.ts";
import { endsOf, logOf, removeTemporaryFolders, runPlan, TestCancel, type Ran } from "./run-plan.ts";

afterAll(removeTemporaryFolders);

/** Runs the body; gives the state of the run and what was logged. */
async function story(
  source: PlanSource,
  options: FakeHostOptions & { readonly cancel?: TestCancel } = {},
): Promise<string> {
  const ran = await runPlan(source, options);
  return [ran.result.state, ...logOf(ran)].join(" | ");
}

const text = (...parts: Parameters<typeof concat>) => log(concat(...parts), { titled: false });
const broken = lit(9007199254740991);
const overflow = calculate("+", broken, lit(1));

describe("two groups (the worked case)", () => {
  test("a kept group failure goes on, an unkept one ends the run", async () => {
    const ran = await runPlan(
      {
        body: [
          group("group 1", [run("step 1", { continueOnError: true }), run("step 2"), run("step 3")], {
            continueOnError: true,
          }),
          group("group 2", [run("step 4"), run("step 5"), run("step 6")]),
        ],
      },
      { outcomes: { "step 1": { code: 1 }, "step 2": { code: 2 }, "step 4": { code: 4 } } },
    );
    expect(ran.result.state).toBe("failed");
    expect(ran.host.effects).toEqual(["step 1", "step 2", "step 4"]);
    expect(endsOf(ran)).toEqual([
      "step 1 failed-continued",
      "step 2 failed",
      "group 1 failed-continued",
      "step 4 failed",
      "group 2 failed",
    ]);
    expect(ran.result.failure).toMatchObject({
      ...{ name: "step 4", code: 4, reason: "exit", path: ["group 2"] },
      message: "exited with 4 (success codes: 0)",
    });
  });
});

describe("causes (2.3): each is kept by the step's own `continue on error`", () => {
  const reasons: readonly Reason[] = [
    "exit",
    "signal",
    "timeout",
    "start",
    "output",
    "content",
    "account",
    "unsupported",
  ];
  test.each(reasons)("%s", async (reason) => {
    const outcomes = { a: { code: reason === "exit" ? 5 : -1, reason, message: "why" } };
    const body = [run("a", { continueOnError: true, label: "a" }), text(state("last.reason"))];
    expect(await story({ body }, { outcomes })).toBe(`succeeded | ${reason}`);
    expect(await story({ body: [run("a"), log("not reached")] }, { outcomes })).toBe("failed");
  });

  test("a condition that can't be evaluated fails the step; it is never skipped", async () => {
    const when = fact("file.exists", lit("/x"));
    const facts = { "file.exists /x": { error: "access denied" } };
    const kept = { body: [run("a", { when, continueOnError: true }), text(state("last.reason"))] };
    expect(await story(kept, { facts })).toBe("succeeded | condition");
    const ran = await runPlan({ body: [run("a", { when })] }, { facts });
    expect(ran.result.failure).toMatchObject({ name: "a", reason: "condition", message: "access denied" });
    expect(ran.host.effects).toEqual([]);
  });

  test("an argument that can't be computed fails the step with `value`", async () => {
    const body = [run("a", { continueOnError: true }, [call("text.int", overflow)]), text(state("last.reason"))];
    expect(await story({ body })).toBe("succeeded | value");
    const nul = [run("a", { continueOnError: true }, [lit("x\0y")]), text(state("last.reason"))];
    expect(await story({ body: nul })).toBe("succeeded | value");
    const endless = call("like", lit("a".repeat(40_000)), lit(`*${"a".repeat(20_000)}b`));
    const costly = [run("a", { continueOnError: true }, [call("text.bool", endless)]), text(state("last.reason"))];
    expect(await story({ body: costly })).toBe("succeeded | value");
  });

  test("a group's condition that can't be evaluated: neither handler nor finally run, its `continue on error` does", async () => {
    const when = compare("==", "int", overflow, lit(1));
    const options = { when, onError: [log("handler")], finally: [log("finally")] };
    expect(await story({ body: [group("g", [log("body")], options), log("next")] })).toBe("failed");
    const kept = [group("g", [log("body")], { ...options, continueOnError: true }), log("next")];
    expect(await story({ body: kept })).toBe("succeeded | next");
  });

  test("`if` and `for` that can't be evaluated are failures of the block around them", async () => {
    const condition = compare("==", "int", overflow, lit(1));
    const handled = (statement: ReturnType<typeof branch>) => ({
      slots: { x: "int" as const },
      body: [group("g", [statement], { onError: [text(state("error.reason"), lit(" "), state("error.name"))] })],
    });
    expect(await story(handled(branch(condition, [log("then")])))).toBe("succeeded | condition g");
    const list = call("split", fact("device.name"), lit(""));
    expect(await story(handled(loop("x", optionalList(list), [log("item")])))).toBe("succeeded | condition g");
  });

  test("a step that runs in the other phase only", async () => {
    const body = [run("a", { needs: "winpe", continueOnError: true }), text(state("last.reason"))];
    expect(await story({ body })).toBe("succeeded | phase");
    expect(await story({ body: [run("a", { needs: "winpe" })] }, { phase: "winpe" })).toBe("succeeded");
  });

  test("`fail`, and `fail` kept by its own step", async () => {
    const ran = await runPlan({ body: [fail("no room"), log("not reached")] });
    expect(ran.result.failure).toMatchObject({ reason: "fail", code: -1, message: "no room" });
    expect(await story({ body: [fail("no room", { continueOnError: true }), log("next")] })).toBe("succeeded | next");
  });
});

/** A split gives a list of strings; the loop of the test wants integers, of which it never sees one. */
function optionalList(list: ReturnType<typeof lit>): ReturnType<typeof lit> {
  return (b) => {
    list(b);
    b.emit("POP");
    lit([1])(b);
  };
}

describe("places (2.4)", () => {
  const failing: FakeHostOptions = { outcomes: { bad: { code: 1 }, worse: { code: 2 }, worst: { code: 3 } } };
  const error = text(lit("error "), state("error.name"), lit(" "), call("text.int", state("error.code")));
  const pendingName = optional(state("pending.name"), lit("nothing"));
  const pending = text(lit("pending "), pendingName);

  test("a body that ends well: finally, then next", async () => {
    const body = [group("g", [log("body")], { onError: [log("handler")], finally: [pending] }), log("next")];
    expect(await story({ body })).toBe("succeeded | body | pending nothing | next");
  });

  test("a handler that finishes: the group is failed-continued, finally runs, then next", async () => {
    const ran = await runPlan(
      { body: [group("g", [run("bad"), log("body")], { onError: [error], finally: [pending] }), log("next")] },
      failing,
    );
    expect(logOf(ran)).toEqual(["error bad 1", "pending nothing", "next"]);
    expect(endsOf(ran)).toContain("g failed-continued handled");
    expect(ran.result.state).toBe("succeeded");
  });

  test("a failure in the handler replaces the first, which is its cause", async () => {
    const ran = await runPlan(
      { body: [group("g", [run("bad")], { onError: [run("worse"), log("rest")], finally: [pending] }), log("next")] },
      failing,
    );
    expect([ran.result.state, ...logOf(ran)]).toEqual(["failed", "pending worse"]);
    expect(ran.result.failure).toMatchObject({ name: "worse", cause: { name: "bad" } });
  });

  test("a bare `fail` in the handler passes the failure on, its origin kept", async () => {
    const ran = await runPlan({ body: [group("g", [run("bad")], { onError: [log("h"), fail()] })] }, failing);
    expect(ran.result.failure).toMatchObject({ name: "bad", code: 1, reason: "exit" });
    expect(ran.result.failure).not.toHaveProperty("cause");
  });

  test("a failure in finally is attached to the pending one; with nothing pending the group fails", async () => {
    const ran = await runPlan({ body: [group("g", [run("bad")], { finally: [run("worse")] })] }, failing);
    expect(ran.result.failure).toMatchObject({ name: "bad", attached: [{ name: "worse" }] });
    const alone = await runPlan({ body: [group("g", [log("x")], { finally: [run("worse")] })] }, failing);
    expect(alone.result.failure).toMatchObject({ name: "worse" });
    expect(alone.result.failure).not.toHaveProperty("attached");
  });

  test("`continue on error` of a group covers body, handler and finally", async () => {
    const options = { onError: [run("worse")], finally: [run("worst")], continueOnError: true };
    expect(await story({ body: [group("g", [run("bad")], options), log("next")] }, failing)).toBe("succeeded | next");
  });

  test("`if` and `for` are no frames: a failure ends the loop", async () => {
    const body = [
      group("g", [loop("x", lit([1, 2, 3]), [text(call("text.int", local("x"))), branch(lit(true), [run("bad")])])], {
        onError: [error],
      }),
      log("next"),
    ];
    expect(await story({ slots: { x: "int" }, body }, failing)).toBe("succeeded | 1 | error bad 1 | next");
  });

  test("nested handlers: `error` is the innermost; after an inner one has finished the outer one still has its own", async () => {
    const inner = group("inner", [run("worse")], { onError: [error] });
    const body = [group("outer", [run("bad")], { onError: [inner, error], finally: [pending] })];
    expect(await story({ body }, failing)).toBe("succeeded | error worse 2 | error bad 1 | pending nothing");
  });

  test("a child's failure fails the call step with its code and reason, and the path holds both", async () => {
    const child = { name: "child", body: [group("inside", [run("bad")])] };
    const path = text(state("error.path"));
    const caller = [
      group("g", [callSequence("the call", "child", {}, { label: "c" }), log("rest")], { onError: [path] }),
    ];
    const facts = text(state("last.reason"), lit(" "), call("text.int", stepField("c", "code", lit(0))));
    expect(await story({ body: [...caller, facts], children: [child] }, failing)).toBe(
      "succeeded | g / the call / inside / bad | exit 1",
    );
    const kept = [callSequence("the call", "child", {}, { continueOnError: true }), log("next")];
    expect(await story({ body: kept, children: [child] }, failing)).toBe("succeeded | next");
  });

  test("a disabled node is neither decided nor run, and says so", async () => {
    const ran = await runPlan({ body: [disabledNode("old"), log("next")] });
    expect(ran.events.find(({ kind }) => kind === "step.skipped")).toMatchObject({ name: "old", why: "disabled" });
  });

  test("the fields of a failure", async () => {
    const fields = ["name", "reason", "message", "file"].map((field) => state(`error.${field}`));
    const all = text(...fields.flatMap((field) => [field, lit(" ")]), call("text.int", state("error.line")));
    const ran = await runPlan({ body: [group("g", [run("bad")], { onError: [all] })] }, failing);
    expect(logOf(ran)).toEqual(["bad exit exited with 1 (success codes: 0) test.seq 3"]);
  });
});

describe("retries (3)", () => {
  test("a code outside the list is tried again, `last` is set once, pauses double", async () => {
    const ran = await runPlan(
      {
        body: [
          run("a", { retry: { count: 3, every: 1000, doubling: true } }),
          text(call("text.int", state("last.code"))),
        ],
      },
      { outcomes: { a: [{ code: 1 }, { code: 2 }, { code: 0 }] } },
    );
    expect(ran.host.effects).toEqual(["a", "a#2", "a#3"]);
    expect(ran.host.now).toBe(3000);
    expect(logOf(ran)).toEqual(["0"]);
    expect(endsOf(ran)[0]).toBe("a succeeded");
  });

  test("up to n more attempts, then the last outcome counts", async () => {
    const ran = await runPlan(
      { body: [run("a", { retry: { count: 2, every: 1000 } })] },
      { outcomes: { a: [{ code: 1 }, { code: 2 }, { code: 3 }] } },
    );
    expect([ran.result.state, ran.host.effects.length, ran.result.failure?.code]).toEqual(["failed", 3, 3]);
  });

  test("what trying again can't change is not tried again", async () => {
    const outcomes = { a: { code: -1, reason: "account" as const } };
    const ran = await runPlan({ body: [run("a", { retry: { count: 2, every: 1 } })] }, { outcomes });
    expect(ran.host.effects).toEqual(["a"]);
  });

  test("a time-out is per attempt and counts as `timeout`, whatever comes then", async () => {
    const ran = await runPlan(
      { body: [run("a", { timeout: 5000, retry: { count: 1, every: 0 } })] },
      { outcomes: { a: { takes: 60_000 } } },
    );
    expect(ran.host.now).toBe(10_000);
    expect(ran.result.failure).toMatchObject({ reason: "timeout", code: -1, message: "timed out after 5s" });
  });

  test("codes in `success` and `reboots`", async () => {
    const ran = await runPlan(
      { body: [run("a", { success: [3, 4], reboots: [] }), run("b", { success: [], reboots: [3010] }), run("c")] },
      { outcomes: { a: { code: 4 }, b: { code: 3010 }, c: { code: 0 } } },
    );
    expect(ran.host.effects).toEqual(["a", "b", "restart to system", "c"]);
    expect(ran.result.state).toBe("succeeded");
    const zero = await runPlan({ body: [run("a", { success: [3] })] });
    expect(zero.result.failure?.message).toBe("exited with 0 (success codes: 3)");
  });
});

describe("deadlines (2.7, 2.8)", () => {
  test("covers the body: the running step is ended, then handler and finally run", async () => {
    const ran = await runPlan(
      {
        body: [
          group("g", [run("long"), log("rest")], {
            timeout: 10_000,
            onError: [text(state("error.reason"), lit(" "), state("error.name"))],
            finally: [log("finally")],
          }),
          log("next"),
        ],
      },
      { outcomes: { long: { takes: 60_000 } } },
    );
    expect([ran.result.state, ran.host.now, ...logOf(ran)]).toEqual([
      "succeeded",
      10_000,
      "deadline long",
      "finally",
      "next",
    ]);
  });

  test("frames between skip handlers and `continue on error`, and run finally", async () => {
    const inner = group("inner", [run("long", { continueOnError: true })], {
      continueOnError: true,
      onError: [log("inner handler")],
      finally: [log("inner finally")],
    });
    const body = [
      group("outer", [inner, log("rest")], { timeout: 1000, onError: [log("outer handler")] }),
      log("next"),
    ];
    const outcomes = { long: { takes: 60_000 } };
    expect(await story({ body }, { outcomes })).toBe("succeeded | inner finally | outer handler | next");
  });

  test("several are over: the outermost counts", async () => {
    const inner = group("inner", [wait(60_000)], { timeout: 1000, onError: [log("inner")] });
    const body = [group("outer", [inner], { timeout: 1000, onError: [log("outer")] })];
    expect(await story({ body })).toBe("succeeded | outer");
  });

  test("is noticed between steps, in retry pauses and polls too", async () => {
    const slow = [run("a"), run("b"), log("c")];
    const outcomes = { a: { takes: 700 }, b: { takes: 700, code: 1 } };
    const noticed = { timeout: 1000, onError: [log("late")] };
    expect(await story({ body: [group("g", slow, noticed)] }, { outcomes })).toBe("succeeded | late");
    const pause = run("b", { retry: { count: 3, every: 60_000 } });
    const ran = await runPlan({ body: [group("g", [pause], noticed)] }, { outcomes });
    expect([ran.host.now, ...logOf(ran)]).toEqual([1000, "late"]);
    const poll = waitUntil(fact("file.exists", lit("/x")), 3_600_000);
    const polled = await runPlan(
      { body: [group("g", [poll], noticed)] },
      { facts: { "file.exists /x": { value: false } } },
    );
    expect([polled.host.now, ...logOf(polled)]).toEqual([1000, "late"]);
  });

  test("covers neither handler nor finally; an uncuttable action is only ended at its end", async () => {
    const body = [
      group("g", [run("a"), fail("x")], { timeout: 1000, onError: [run("long")], finally: [run("long")] }),
      log("next"),
    ];
    expect(await story({ body }, { outcomes: { long: { takes: 60_000 } } })).toBe("succeeded | next");
  });

  test("while a stop goes up a finally block has five minutes", async () => {
    const cancel = new TestCancel();
    const inner = group("inner", [run("a")], { finally: [run("forever"), log("not reached")] });
    const ran = await runPlan(
      { body: [group("outer", [inner], { finally: [log("outer finally")] })] },
      { cancel, outcomes: { a: { does: () => cancel.give("after-step") }, forever: { takes: 1e9 } } },
    );
    expect([ran.result.state, ran.host.now, ...logOf(ran)]).toEqual(["cancelled", 300_000, "outer finally"]);
  });
});

describe("cancel (2.6, 2.10)", () => {
  async function cancelled(source: PlanSource, how: "after-step" | "now", takes = 60_000): Promise<Ran> {
    const cancel = new TestCancel();
    const outcomes = { a: { takes, does: () => cancel.give(how) } };
    return runPlan(source, { cancel, outcomes });
  }
  const guarded = {
    body: [
      group("g", [run("a", { continueOnError: true }), run("b")], {
        continueOnError: true,
        onError: [log("handler")],
        finally: [log("finally")],
      }),
      log("next"),
    ],
  };

  test("after the step: it ends well, then the run stops; finally runs, no handler, no `continue on error`", async () => {
    const ran = await cancelled(guarded, "after-step");
    expect([ran.result.state, ran.host.now, ...logOf(ran)]).toEqual(["cancelled", 60_000, "finally"]);
    expect(ran.host.effects).toEqual(["a"]);
    expect(endsOf(ran)).toEqual(["a succeeded", "g failed"]);
  });

  test("now: the step is ended too", async () => {
    const ran = await cancelled(guarded, "now");
    expect([ran.result.state, ran.host.now, ...logOf(ran)]).toEqual(["cancelled", 0, "finally"]);
    expect(endsOf(ran)).toEqual(["a failed", "g failed"]);
  });

  test("the last step of the run counts too", async () => {
    const ran = await cancelled({ body: [run("a")] }, "after-step");
    expect(ran.result.state).toBe("cancelled");
  });

  test("during finally a first one lets it finish; a second one ends it", async () => {
    const inFinally = { body: [group("g", [log("body")], { finally: [run("a"), log("finished")] }), log("next")] };
    const first = await cancelled(inFinally, "now");
    expect([first.result.state, first.host.now, ...logOf(first)]).toEqual(["cancelled", 60_000, "body", "finished"]);
    const cancel = new TestCancel();
    const twice = (): void => {
      cancel.give("now");
      cancel.give("now");
    };
    const second = await runPlan(inFinally, { cancel, outcomes: { a: { takes: 60_000, does: twice } } });
    expect([second.result.state, second.host.now, ...logOf(second)]).toEqual(["cancelled", 0, "body"]);
  });

  test("a pending failure is attached to the stop that comes after it", async () => {
    const cancel = new TestCancel();
    const ran = await runPlan(
      { body: [group("g", [run("bad")], { finally: [run("a")] })] },
      { cancel, outcomes: { bad: { code: 1 }, a: { does: () => cancel.give("after-step") } } },
    );
    expect(ran.result.state).toBe("cancelled");
    expect(ran.result.failure).toMatchObject({ reason: "cancelled", attached: [{ name: "bad" }] });
  });
});
