// `commandline unchecked`: values may become syntax.
import { defineRule } from "../rule.ts";

export const commandlineUnchecked = defineRule({
  code: "SEQ8035",
  name: "commandline-unchecked",
  severity: "warning",
  message: () => "values in this command line may become a part of the command",
  why: "`unchecked` lifts the guard that keeps quotes and shell characters in values from changing the command. Whoever can set such a value can run any command.",
  wrong: `sequence main {\n  global var Arguments: string\n  set Arguments = "/quiet"\n  step "Install" commandline unchecked 'agent.exe %Arguments%'\n}\n`,
  right: `sequence main {\n  global var Arguments: string\n  set Arguments = "/quiet"\n  step "Install" commandline 'agent.exe %Arguments%'\n}\n`,
  visit: {
    commandline(node, ctx) {
      if (node.unchecked) ctx.report({ start: node.start, end: node.command.end }, {});
    },
  },
});
