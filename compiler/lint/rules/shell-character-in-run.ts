// `|`, `&&`, `>`, `$HOME` and `*` where no shell reads them.
import type { StringLiteral } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import { valueInWord } from "../step-parts.ts";

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
      if (node.command.kind !== "string" || !mayBeForShell(node.command)) return;
      // These read what a shell would read.
      if (
        /^(sh|bash|dash|cmd|powershell|pwsh|find|sed|awk|grep|expr|xargs|ssh|test|\[)$/.test(
          ctx.programOf(node.command),
        )
      )
        return;
      const found = ctx.wordsOf(node.command).slice(1).find(isForShell);
      if (found !== undefined) ctx.report(node.command, { text: found.replaceAll(valueInWord, "…") });
    },
  },
});

const mark = /[|&;<>$~*]/;

/** Most commands are done with after this. */
function mayBeForShell({ parts }: StringLiteral): boolean {
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (part?.kind === "stringText" && mark.test(part.value)) return true;
  }
  return false;
}

function isForShell(word: string): boolean {
  if (/^(\||\|\||&&|;|<|<<|&|\d?>{1,2}(&\d)?|&>)$/.test(word) || /^\d?>{1,2}[&/\w]/.test(word)) return true;
  return /^\$[A-Z_][A-Z0-9_]*(\/|$)/.test(word) || /^~\//.test(word) || /\/\*$|\/\*\.\w+$/.test(word);
}
