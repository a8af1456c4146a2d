// `"${name}"`.
import { safeFix, sourceOf } from "../fix.ts";
import { defineRule } from "../rule.ts";

export const textOfOneValue = defineRule({
  code: "SEQ8059",
  name: "text-of-one-value",
  severity: "info",
  off: true,
  message: (a: { value: string }) => `this is the text ${a.value} itself`,
  why: "A text needs no quotes around it to be one.",
  wrong: `sequence main {\n  param site: string\n  log "\${site}"\n}\n`,
  right: `sequence main {\n  param site: string\n  log site\n}\n`,
  visit: {
    string(node, ctx) {
      const [only, second] = node.parts;
      if (only?.kind !== "interpolation" || second !== undefined || node.form !== "interpolated") return;
      if (ctx.ancestors.at(-1)?.kind === "run" || ctx.program.types.get(only.expression)?.kind !== "string") return;
      const value = sourceOf(ctx, only.expression);
      ctx.report(node, { value }, { fixes: safeFix(ctx, `Write ${value}`, node, value) });
    },
  },
});
