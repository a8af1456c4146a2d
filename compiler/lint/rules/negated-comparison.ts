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

/** Longer texts are not worth a fix, and a file may nest them. */
const longestFix = 1000;

function check(node: Unary, ctx: LintContext<{ readonly instead: string }>): void {
  if (node.operator !== "not" || isNegated(ctx)) return;
  const instead = shorterForm(node, ctx);
  if (instead === undefined) return;
  const fixes = instead.length > longestFix ? {} : { fixes: safeFix(ctx, `Write ${excerpt(instead)}`, node, instead) };
  ctx.report(node, { instead: excerpt(instead) }, fixes);
}

/** Of several negations in a row the outermost speaks for all. */
function isNegated(ctx: LintContext<{ readonly instead: string }>): boolean {
  const around = ctx.ancestors.findLast(({ kind }) => kind !== "parenthesized");
  return around?.kind === "unary" && around.operator === "not";
}

function shorterForm(node: Unary, ctx: LintContext<{ readonly instead: string }>): string | undefined {
  let negated = true;
  let last = node;
  let operand = unwrapped(node.operand);
  while (operand.kind === "unary" && operand.operator === "not") {
    last = operand;
    operand = unwrapped(operand.operand);
    negated = !negated;
  }
  if (negated && operand.kind === "binary" && (operand.operator === "==" || operand.operator === "!=")) {
    const operator = operand.operator === "==" ? "!=" : "==";
    return `${sourceOf(ctx, operand.left)} ${operator} ${sourceOf(ctx, operand.right)}`;
  }
  if (last === node) return undefined;
  const source = sourceOf(ctx, last.operand);
  return negated ? `not ${source}` : source;
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
