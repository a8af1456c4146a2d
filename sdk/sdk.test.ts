// The test kit, and the helpers that make values to return. A test as an author writes it is examples/typescript-action's.
import { expect, it } from "vitest";
import type { ActionContext } from "./index.ts";
import { ActionFailure, bytes, milliseconds, secret, version } from "./index.ts";
import { callAction } from "./testing.ts";

it("gives the context that was asked for, and takes input and output through JSON", async () => {
  const controller = new AbortController();
  controller.abort();
  const action = (input: { readonly a?: unknown }, context: ActionContext) => {
    context.progress("half");
    context.log("whole");
    return { has: "a" in input, phase: context.phase, aborted: context.signal.aborted, none: undefined };
  };
  const options = { phase: "winpe", signal: controller.signal } as const;
  const { output, log, progress } = await callAction(action, { a: undefined }, options);
  expect([log, progress]).toEqual([["whole"], ["half"]]);
  expect(Object.entries(output)).toEqual([
    ["has", false],
    ["phase", "winpe"],
    ["aborted", true],
  ]);
});

it("rejects with what the action throws", async () => {
  const action = (): void => {
    throw new ActionFailure("no room", 28);
  };
  await expect(callAction(action, {})).rejects.toMatchObject({ message: "no room", code: 28 });
});

it("gives nothing for an action that returns nothing", async () => {
  expect(await callAction(async () => undefined, {})).toEqual({ output: undefined, log: [], progress: [] });
});

it("makes values that are what they look like", () => {
  expect([milliseconds(5), bytes(6), version("1.2"), secret("x")]).toEqual([5, 6, "1.2", "x"]);
});
