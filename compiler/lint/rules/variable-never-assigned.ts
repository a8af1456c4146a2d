// Variables that stay what they were at the start.
import { defineRule } from "../rule.ts";
import { forVariables } from "./unused-variable.ts";

export const variableNeverAssigned = defineRule({
  code: "SEQ8019",
  name: "variable-never-assigned",
  severity: "info",
  off: true,
  absence: true,
  message: (a: { name: string }) => `"${a.name}" is never assigned: a \`const\` or \`param\` says so`,
  why: "A reader of a `var` looks for the places that change it. A value that stays is a constant, or a parameter that can be given from outside.",
  wrong: `sequence main {\n  var tries: int = 3\n  log "\${tries}"\n}\n`,
  right: `const tries = 3\n\nsequence main {\n  log "\${tries}"\n}\n`,
  atEnd(ctx) {
    forVariables(ctx, ["var"], (sequence, { text }, variable) => {
      const { read, assigned } = ctx.uses.of(ctx.module, sequence);
      const stays = variable.value !== undefined && read.has(text) && !assigned.has(text);
      return stays ? { name: text } : undefined;
    });
  },
});
