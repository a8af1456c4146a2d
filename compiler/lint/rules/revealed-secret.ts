// `reveal(…)` makes a secret a plain text.
import { defineRule } from "../rule.ts";

export const revealedSecret = defineRule({
  code: "SEQ8001",
  name: "revealed-secret",
  severity: "warning",
  message: () => "`reveal` makes a plain text of this secret, which logs and other processes may show",
  why: "A secret that flows into `env` or a secret parameter stays sealed and masked. What `reveal` gives is an ordinary text, so each use wants a reason that somebody wrote down.",
  wrong: `sequence main {\n  secret key: string\n  step "Register" run "register.exe --key \${reveal(key)}"\n}\n`,
  right: `sequence main {\n  secret key: string\n  step "Register" run "register.exe" env { KEY: key }\n}\n`,
  visit: {
    invocation(node, ctx) {
      if (node.callee.kind !== "reference" || node.callee.name.text !== "reveal") return;
      const resolution = ctx.program.resolutions.get(node);
      if (resolution?.kind === "function" && resolution.function === "reveal") ctx.report(node, {});
    },
  },
});
