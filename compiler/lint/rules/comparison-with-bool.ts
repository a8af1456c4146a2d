// `x == true`.
import type { Binary } from "@sequitur/grammar";
import { safeFix, sourceOf } from "../fix.ts";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";

export const comparisonWithBool = defineRule({
  code: "SEQ8057",
  name: "comparison-with-bool",
  severity: "info",
  message: (a: { value: string; instead: string }) => `this need not be compared with ${a.value}: write ${a.instead}`,
  why: "A bool is a condition by itself.",
  wrong: `sequence main {\n  param ready: bool\n  log "go" when ready == true\n}\n`,
  right: `sequence main {\n  param ready: bool\n  log "go" when ready\n}\n`,
  operators: ["==", "!="],
  visit: { binary: check },
});

function check(node: Binary, ctx: LintContext<{ readonly value: string; readonly instead: string }>): void {
  const { operator, left, right } = node;
  const isRight = right.kind === "boolean";
  const literal = isRight ? right : left;
  const other = isRight ? left : right;
  // An optional value may be absent, and then the comparison says more than the value.
  if (literal.kind !== "boolean" || ctx.program.types.get(other)?.kind !== "bool") return;
  const text = sourceOf(ctx, other);
  const isSimple =
    other.kind === "reference" ||
    other.kind === "member" ||
    other.kind === "invocation" ||
    other.kind === "parenthesized";
  const negated = literal.value === (operator === "!=");
  const inner = isSimple ? text : `(${text})`;
  const instead = negated ? `not ${inner}` : text;
  ctx.report(
    node,
    { value: String(literal.value), instead },
    { fixes: safeFix(ctx, `Write ${instead}`, node, instead) },
  );
}
