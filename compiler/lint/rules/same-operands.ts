// One and the same value on both sides.
import { defineRule } from "../rule.ts";
import { sourceOf } from "../fix.ts";

export const sameOperands = defineRule({
  code: "SEQ8008",
  name: "same-operands",
  severity: "warning",
  absence: true,
  message: (a: { operator: string }) => `both sides of "${a.operator}" are the same`,
  why: "A value compared with itself, or asked for twice, decides nothing: one side was meant to be something else.",
  wrong: `sequence main {\n  param a: int\n  param b: int\n  log "more" when a + b > 3 and a + b > 3\n}\n`,
  right: `sequence main {\n  param a: int\n  param b: int\n  log "more" when a + b > 3 and a > 1\n}\n`,
  operators: ["or", "and", "==", "!=", "<", "<=", ">", ">=", "~=", "matches", "like", "??"],
  visit: {
    binary(node, ctx) {
      const { operator, left, right } = node;
      // Two literals that are alike make a condition that the flow of the program speaks about.
      if (left.kind === "number" || left.kind === "string" || left.kind === "boolean") return;
      if (left.end - left.start !== right.end - right.start || left.kind === "missing") return;
      if (sourceOf(ctx, left) === sourceOf(ctx, right)) ctx.report(node, { operator });
    },
  },
});
