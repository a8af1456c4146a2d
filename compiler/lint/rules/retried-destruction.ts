// Doing again what destroys data.
import { defineRule } from "../rule.ts";
import { catalogued } from "../step-parts.ts";

export const retriedDestruction = defineRule({
  code: "SEQ8032",
  name: "retried-destruction",
  severity: "warning",
  message: (a: { action: string }) =>
    `"${a.action}" destroys data and is not made to be done twice, and this tries it again`,
  why: "A destructive action that failed half way leaves a state that nobody has looked at; doing it again may destroy what the first try has made. Let it fail, and decide in `on error`.",
  wrong: `image base "./base.wim"\n\nsequence main {\n  step "Is it the right machine?" use machine.checkReadiness { memory: 2GB }\n  step "Apply" use image.apply { image: base, to: "/mnt" } retry 2 every 1m\n}\n`,
  right: `image base "./base.wim"\n\nsequence main {\n  step "Is it the right machine?" use machine.checkReadiness { memory: 2GB }\n  step "Apply" use image.apply { image: base, to: "/mnt" }\n}\n`,
  files: { "base.wim": "image" },
  visit: {
    retry(retry, ctx) {
      const step = ctx.ancestors.at(-1);
      const action = step?.kind === "step" ? catalogued(ctx.program, step.action) : undefined;
      if (action === undefined || !action.declaration.destroys || action.declaration.repeatable) return;
      ctx.report(retry, { action: action.name });
    },
  },
});
