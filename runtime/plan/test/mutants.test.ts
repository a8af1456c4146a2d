import { describe, expect, test } from "vitest";
import { disassemble } from "../disassemble.ts";
import { verify } from "../verify.ts";
import { assemble } from "./assemble.ts";
import { mutatePlan } from "./mutate-plan.ts";
import { samplePlans } from "./sample-plans.ts";

describe.each(Object.entries(samplePlans))("mutants of %s", (_, text) => {
  test("are refused with a reason, or accepted; the verifier and the disassembler survive all", () => {
    const plan = assemble(text);
    let refused = 0;
    let accepted = 0;
    for (const mutant of mutatePlan(plan, 20270101, 1500)) {
      const problems = verify(mutant.plan);
      if (problems.length > 0) refused += 1;
      else accepted += 1;
      for (const { message } of problems) expect(message, mutant.change).toMatch(/\S/);
      if (!problems.some(({ rule }) => rule === "V1")) disassemble(mutant.plan);
    }
    expect(refused).toBeGreaterThan(accepted);
    // What is accepted changes a value, a name or a flag. Were it none, the mutants would be too coarse to try the rules.
    expect(accepted).toBeGreaterThan(100);
  });
});
