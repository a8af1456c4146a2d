// `continue on error` where nothing looks at how it went.
import type { Node, Step } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { clauseOf, stepName } from "../step-parts.ts";

interface Found {
  readonly step: Step;
  readonly sequence: Node | undefined;
}

export const swallowedError = defineRule({
  code: "SEQ8010",
  name: "swallowed-error",
  severity: "info",
  off: true,
  message: (a: { step: string }) => `when ${a.step} fails, nothing notices`,
  why: "With `continue on error` the run goes on and may succeed. Give the step a name and look at `name.succeeded`, read `last.succeeded` or `run.failures`, or put it in a group with `on error`.",
  wrong: `sequence main {\n  step "Copy the logs" run "cp -r /var/log /srv" continue on error\n}\n`,
  right: `sequence main {\n  step copy "Copy the logs" run "cp -r /var/log /srv" continue on error\n  log "no logs" when not (copy.succeeded ?? false)\n}\n`,
  visit: {
    continueOnError(_node, ctx) {
      const found = swallowing(ctx);
      if (found !== undefined && !looksAtFailures(ctx, found)) {
        const clause = clauseOf(found.step, "continueOnError") ?? found.step;
        ctx.report(clause, { step: stepName(found.step) });
      }
    },
  },
});

/** Clean-up in a handler may fail: the failure that it cleans up after is what counts. */
function swallowing(ctx: LintContext): Found | undefined {
  const { ancestors } = ctx;
  const step = ancestors.at(-1);
  if (step?.kind !== "step") return undefined;
  for (let index = ancestors.length - 2; index > 0; index--) {
    const [outer, inner] = [ancestors[index - 1], ancestors[index]];
    if (outer?.kind === "group" && inner !== outer.body && inner?.kind === "block") return undefined;
  }
  return { step, sequence: ancestors.find((node) => node.kind === "sequence") };
}

function looksAtFailures(ctx: LintContext, { step, sequence }: Found): boolean {
  if (sequence === undefined) return true;
  const text = ctx.module.parsed.text.slice(step.end, sequence.end);
  if (/\b(last\.(succeeded|code|reason)|run\.failures)\b/.test(text)) return true;
  return step.label !== undefined && text.includes(step.label.text);
}
