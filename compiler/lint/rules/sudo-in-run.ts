// `sudo`, which may ask for a password that nobody gives.
import { defineRule } from "../rule.ts";

export const sudoInRun = defineRule({
  code: "SEQ8065",
  name: "sudo-in-run",
  severity: "warning",
  message: (a: { program: string }) => `"${a.program}" may ask for a password, and a step has no terminal`,
  why: "A step runs as the user who started the run, or as the account after `as`. A program that asks for a password waits for ever, or fails.",
  wrong: `sequence main {\n  step "Update" run "sudo update.sh"\n}\n`,
  right: `account keeper { user: "keeper" }\n\nsequence main {\n  step "Update" run "update.sh" as keeper\n}\n`,
  programs: ["sudo", "su", "runas", "doas"],
  visit: {
    run(node, ctx) {
      if (node.command.kind !== "string") return;
      const name = ctx.programOf(node.command);
      const flag = ctx.wordsOf(node.command)[1];
      if (flag !== "-n" && flag !== "--non-interactive") ctx.report(node.command, { program: name });
    },
  },
});
