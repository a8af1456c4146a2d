// Loops that do the same in every round.
import type { Comprehension, For } from "@sequitur/grammar";
import { walk } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";

type Context = LintContext<{ readonly name: string }>;

export const unusedLoopVariable = defineRule({
  code: "SEQ8018",
  name: "unused-loop-variable",
  severity: "info",
  message: (a: { name: string }) => `nothing in this loop uses "${a.name}", so each round does the same`,
  why: "A loop goes through a list to do something with each item. Where something is only to be tried several times, `retry` says so.",
  wrong: `sequence main {\n  for name in ["a", "b"] {\n    step "Make it" run "make.exe"\n  }\n}\n`,
  right: `sequence main {\n  for name in ["a", "b"] {\n    step "Make it" run "make.exe \${name}"\n  }\n}\n`,
  visit: { for: check, comprehension: check },
});

function check(node: For | Comprehension, ctx: Context): void {
  const { variable } = node;
  if (variable.kind === "missing") return;
  let used = false;
  walk(node, (inner) => {
    if (inner.kind === "reference" && inner.name.text === variable.text) used = true;
    return !used;
  });
  if (!used) ctx.report(variable, { name: variable.text });
}
