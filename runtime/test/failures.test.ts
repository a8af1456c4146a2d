import { afterAll, expect, test } from "vitest";
import { fail, group, lit, log, run, state } from "./build-plan.ts";
import { endsOf, logOf, removeTemporaryFolders, runPlan } from "./run-plan.ts";

afterAll(removeTemporaryFolders);

test("two groups: a kept group failure goes on, an unkept one ends the run", async () => {
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

test("a handler that finishes ends the failure", async () => {
  const ran = await runPlan(
    {
      body: [
        group("G", [run("a"), run("b")], { onError: [log(state("error.message"))], finally: [log("finally")] }),
        fail("end", { continueOnError: true }),
        log(lit("after")),
      ],
    },
    { outcomes: { a: { code: 7 } } },
  );
  expect(ran.result.state).toBe("succeeded");
  expect(logOf(ran)).toEqual(["exited with 7 (success codes: 0)", "finally", "after"]);
});
