// A crash in the middle, and the destruction begins anew.
import { defineRule } from "../rule.ts";
import { catalogued } from "../step-parts.ts";

export const rerunOfDestruction = defineRule({
  code: "SEQ8042",
  name: "rerun-of-destruction",
  severity: "warning",
  message: (a: { action: string }) => `after a crash "${a.action}" would destroy data a second time`,
  why: "`on interruption rerun` runs the step again without looking. For what destroys data, `verify` with a condition that shows whether it was done is safe.",
  wrong: `image base "./base.wim"\n\nsequence main {\n  step "Is it the right machine?" use machine.checkReadiness { memory: 2GB }\n  step "Apply" use image.apply { image: base, to: "/mnt" } on interruption rerun\n}\n`,
  right: `image base "./base.wim"\n\nsequence main {\n  step "Is it the right machine?" use machine.checkReadiness { memory: 2GB }\n  step "Apply"\n    use image.apply { image: base, to: "/mnt" }\n    on interruption verify file("/mnt/etc/applied").exists\n}\n`,
  files: { "base.wim": "image" },
  visit: {
    onInterruption(clause, ctx) {
      const step = ctx.ancestors.at(-1);
      if (clause.policy !== "rerun" || step?.kind !== "step") return;
      const action = catalogued(ctx.program, step.action);
      if (action?.declaration.destroys === true) ctx.report(clause, { action: action.name });
    },
  },
});
