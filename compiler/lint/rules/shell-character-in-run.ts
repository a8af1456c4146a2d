// `|`, `&&`, `>`, `$HOME` and `*` where no shell reads them.
import { defineRule } from "../rule.ts";
import { programName, valueInWord, wordsOf } from "../step-parts.ts";

export const shellCharacterInRun = defineRule({
  code: "SEQ8049",
  name: "shell-character-in-run",
  severity: "warning",
  message: (a: { text: string }) => `"${a.text}" is an ordinary argument here: \`run\` starts no shell`,
  why: "`run` gives each word to the program as it stands. Pipes, redirections, patterns and variables are the shell's: write a script for them.",
  wrong: `sequence main {\n  step "Count" run "ls /srv | wc -l"\n}\n`,
  right: `sequence main {\n  step "Count" sh 'ls /srv | wc -l'\n}\n`,
  visit: {
    run(node, ctx) {
      if (node.command.kind !== "string") return;
      const [program = "", ...words] = wordsOf(node.command);
      // These read what a shell would read.
      if (/^(sh|bash|dash|cmd|powershell|pwsh|find|sed|awk|grep|expr|xargs|ssh|test|\[)$/.test(programName(program)))
        return;
      const found = words.find(isForShell);
      if (found !== undefined) ctx.report(node.command, { text: found.replaceAll(valueInWord, "…") });
    },
  },
});

function isForShell(word: string): boolean {
  if (/^(\||\|\||&&|;|<|<<|&|\d?>{1,2}(&\d)?|&>)$/.test(word) || /^\d?>{1,2}[&/\w]/.test(word)) return true;
  return /^\$[A-Z_][A-Z0-9_]*(\/|$)/.test(word) || /^~\//.test(word) || /\/\*$|\/\*\.\w+$/.test(word);
}
