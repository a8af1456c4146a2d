// `commandline` where `run` would do.
import { unsafeFix } from "../fix.ts";
import { defineRule } from "../rule.ts";
import { literalText } from "../step-parts.ts";

export const runInsteadOfCommandline = defineRule({
  code: "SEQ8036",
  name: "run-instead-of-commandline",
  severity: "info",
  message: () => "this command line needs no rules of its own: write `run`",
  why: "`commandline` is for programs that read their command line in their own way, and exists on Windows alone. `run` works everywhere and keeps each value within its argument.",
  wrong: `sequence main {\n  step "Install" commandline 'agent.exe /quiet /norestart'\n}\n`,
  right: `sequence main {\n  step "Install" run "agent.exe /quiet /norestart"\n}\n`,
  visit: {
    commandline(node, ctx) {
      const text = literalText(node.command);
      if (node.unchecked || text === undefined || /["'%\\$]/.test(text) || text.trim() === "") return;
      ctx.report(node, {}, { fixes: unsafeFix(ctx, "Write run", node, `run "${text.trim()}"`) });
    },
  },
});
