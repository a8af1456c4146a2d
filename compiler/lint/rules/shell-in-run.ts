// `run "sh -c …"`: a shell through the back door.
import { defineRule } from "../rule.ts";

/** Shells, the arguments by which they take a command, and the action that is meant. */
const shells: { readonly [program: string]: { readonly flag: RegExp; readonly action: string } } = {
  sh: { flag: /^-[a-z]*c$/, action: "sh" },
  dash: { flag: /^-[a-z]*c$/, action: "sh" },
  bash: { flag: /^-[a-z]*c$/, action: "bash" },
  cmd: { flag: /^\/[ck]$/i, action: "cmd" },
  powershell: { flag: /^-(c|command|encodedcommand|enc|e)$/i, action: "powershell" },
  pwsh: { flag: /^-(c|command|encodedcommand|enc|e)$/i, action: "powershell" },
  python: { flag: /^-c$/, action: "python" },
  python3: { flag: /^-c$/, action: "python" },
};

export const shellInRun = defineRule({
  code: "SEQ8005",
  name: "shell-in-run",
  severity: "warning",
  message: (a: { program: string; action: string }) =>
    `"${a.program}" is started to read a command from its arguments: write a \`${a.action}\` script`,
  why: "`run` passes each value as one argument, but a shell reads that argument as a program again, so a value can become a command. A script takes values through `env` and `args`, where they stay values.",
  wrong: `sequence main {\n  step "Count" run "sh -c 'ls /srv | wc -l'"\n}\n`,
  right: `sequence main {\n  step "Count" sh 'ls /srv | wc -l'\n}\n`,
  programs: Object.keys(shells),
  visit: {
    run(node, ctx) {
      if (node.command.kind !== "string") return;
      const name = ctx.programOf(node.command);
      const shell = shells[name];
      if (shell === undefined) return;
      const [program = name, ...rest] = ctx.wordsOf(node.command);
      if (!rest.some((word) => shell.flag.test(word))) return;
      ctx.report(node.command, { program, action: shell.action });
    },
  },
});
