// A sequence with one of everything, for tests of recovery: whatever is cut and resumed must end as if nothing had happened.
import {
  branch,
  call,
  callSequence,
  compare,
  comprehension,
  concat,
  fact,
  fail,
  global,
  group,
  lit,
  local,
  log,
  loop,
  noted,
  optional,
  restart,
  run,
  set,
  state,
  stepField,
  wait,
  waitUntil,
  type PlanSource,
} from "./build-plan.ts";
import type { FakeHostOptions } from "./fake-host.ts";

const rerun = { interruption: "rerun" } as const;

export const richPlan: PlanSource = {
  globals: ["Site"],
  secretGlobals: ["Token"],
  environment: ["CALLER"],
  slots: {
    site: "string",
    password: "secret",
    count: "int",
    item: "string",
    inner: "string",
    output: "string",
    result: "string",
    words: { list: "string" },
  },
  parameters: { site: {}, password: {}, count: { default: lit(2) } },
  outputs: { summary: ["string", concat(local("site"), lit("-"), local("output"), lit("-"), local("result"))] },
  body: [
    set("output", lit("")),
    set("result", lit("")),
    set("Site", local("site")),
    set("Token", local("password")),
    set("words", comprehension("words", lit(["a", "b"]), "inner", concat(local("inner"), local("site")))),
    log(call("join", local("words"), lit(","))),
    run("first", { ...rerun, secretEnv: { PASSWORD: local("password") } }, [global("Site"), lit("x y")]),
    branch(
      compare("==", "string", noted("device.model", fact("device.model")), lit("Latitude")),
      [run("laptop", { ...rerun, into: "output" })],
      [run("desktop", rerun)],
    ),
    run("skipped", {
      ...rerun,
      when: compare("==", "string", noted("site", local("site")), lit("AMS")),
      condition: 'site == "AMS"',
    }),
    loop("item", call("split", lit("one two"), lit(" ")), [
      run("each", { ...rerun, label: "each", retry: { count: 1, every: 1000 }, continueOnError: true }, [
        local("item"),
      ]),
      log(concat(local("item"), lit(" "), call("text.int", stepField("each", "code", lit(0))))),
    ]),
    group("software", [run("office", rerun), log("not reached")], {
      timeout: 3_600_000,
      onError: [log(concat(lit("handled "), state("error.name"))), run("report", rerun)],
      finally: [log(optional(state("pending.name"), lit("nothing pending"))), run("collect", rerun)],
    }),
    callSequence("the child", "child", { model: ["string", lit("M")] }, { into: "result" }),
    wait(5000),
    waitUntil(fact("file.exists", lit("/ready")), 60_000),
    restart("system"),
    run("installer", { ...rerun, success: [0], reboots: [3010] }),
    log(concat(lit("after "), state("last.name"), lit(" "), call("text.int", state("run.restarts")))),
    set("Site", lit("done")),
    run("last", rerun, [global("Site"), optional(fact("env", lit("CALLER")), lit("nobody"))]),
    group("kept", [fail("enough")], { onError: [log(state("error.message"))] }),
  ],
  children: [
    {
      name: "child",
      slots: { model: "string", answer: "string" },
      parameters: { model: {} },
      outputs: { answer: ["string", local("answer")] },
      body: [
        set("answer", lit("")),
        run("in the child", { ...rerun, into: "answer" }, [local("model")]),
        log(local("answer")),
      ],
    },
  ],
};

export const richParameters = { site: "RTM", password: "correct horse battery" };

export function richWorld(): FakeHostOptions {
  let looks = 0;
  return {
    environment: { CALLER: "me" },
    outcomes: {
      laptop: { output: "made" },
      each: { code: 5 },
      office: { code: 1603 },
      "in the child": { output: "child says so" },
      installer: { code: 3010 },
    },
    facts: {
      "device.model": { value: "Latitude" },
      // Not there at the first two looks.
      "file.exists /ready": () => ({ value: (looks += 1) > 2 }),
    },
  };
}
