// Groups in groups in groups.
import type { For, Group, If } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";

type Context = LintContext<{ readonly most: number }, { readonly levels: number }>;

export const deepNesting = defineRule({
  code: "SEQ8040",
  name: "deep-nesting",
  severity: "info",
  off: true,
  message: (a: { most: number }) => `this stands more than ${a.most} levels deep`,
  why: "Who reads an inner step has to keep all conditions around it in mind. A child sequence gives the inner part a name of its own.",
  wrong: `sequence main {\n  group "1" { group "2" { group "3" { group "4" { group "5" { log "x" } } } } }\n}\n`,
  right: `sequence main {\n  group "1" { group "2" { log "x" } }\n}\n`,
  options: { levels: { fallback: 4, description: "the most levels of groups, ifs and loops within each other" } },
  visit: { group: check, if: check, for: check },
});

function check(node: Group | If | For, ctx: Context): void {
  let depth = 1;
  for (let index = ctx.ancestors.length - 1; index > 0; index--) {
    const around = ctx.ancestors[index];
    // An `else if` stands beside its `if`.
    const isChain = around?.kind === "if" && ctx.ancestors[index + 1]?.kind === "if";
    if (!isChain && (around?.kind === "group" || around?.kind === "if" || around?.kind === "for")) depth += 1;
  }
  if (depth === ctx.options.levels + 1) {
    ctx.report({ start: node.start, end: node.start + node.kind.length }, { most: ctx.options.levels });
  }
}
