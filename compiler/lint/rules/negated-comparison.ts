// `not (a == b)`.
import type { Unary } from "@sequitur/grammar";
import { safeFix, sourceOf } from "../fix.ts";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { unwrapped } from "../step-parts.ts";

export const negatedComparison = defineRule({
  code: "SEQ8058",
  name: "negated-comparison",
  severity: "info",
  message: (a: { instead: string }) => `this says the same as ${a.instead}`,
  why: "A negation in front of a comparison, or of another negation, is read twice. The opposite operator says it once.",
  wrong: `sequence main {\n  log "several" when not (device.cpus == 1)\n}\n`,
  right: `sequence main {\n  log "several" when device.cpus != 1\n}\n`,
  visit: { unary: check },
});

function check(node: Unary, ctx: LintContext<{ readonly instead: string }>): void {
  if (node.operator !== "not") return;
  const operand = unwrapped(node.operand);
  let instead: string | undefined;
  if (operand.kind === "unary" && operand.operator === "not") instead = sourceOf(ctx, operand.operand);
  if (operand.kind === "binary" && (operand.operator === "==" || operand.operator === "!=")) {
    const operator = operand.operator === "==" ? "!=" : "==";
    instead = `${sourceOf(ctx, operand.left)} ${operator} ${sourceOf(ctx, operand.right)}`;
  }
  if (instead === undefined) return;
  ctx.report(node, { instead }, { fixes: safeFix(ctx, `Write ${instead}`, node, instead) });
}
