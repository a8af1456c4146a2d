import { describe, expect, test } from "vitest";
import { assemble } from "./test/assemble.ts";
import { samplePlans } from "./test/sample-plans.ts";
import { verify } from "./verify.ts";

describe("plans that verify", () => {
  test.each(Object.entries(samplePlans))("%s", (_, text) => {
    expect(verify(assemble(text))).toEqual([]);
  });
});
