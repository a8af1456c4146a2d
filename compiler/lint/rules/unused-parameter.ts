// Parameters and secrets of a sequence that nothing reads.
import { defineRule } from "../rule.ts";
import { forVariables } from "./unused-variable.ts";

export const unusedParameter = defineRule({
  code: "SEQ8012",
  name: "unused-parameter",
  severity: "warning",
  absence: true,
  message: (a: { name: string }) => `nothing reads the parameter "${a.name}"`,
  why: "Whoever starts the sequence gives a value and expects it to matter.",
  wrong: `sequence main {\n  param site: string\n  log "hello"\n}\n`,
  right: `sequence main {\n  param site: string\n  log "hello \${site}"\n}\n`,
  atEnd(ctx) {
    forVariables(ctx, ["param", "secret"], (sequence, { text }) =>
      ctx.uses.of(ctx.module, sequence).read.has(text) ? undefined : { name: text },
    );
  },
});
