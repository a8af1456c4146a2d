// A script that starts one program and needs no shell for it.
import type { ScriptAction } from "@sequitur/grammar";
import { unsafeFix } from "../fix.ts";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { clauseOf, literalText } from "../step-parts.ts";

export const scriptOfOneCommand = defineRule({
  code: "SEQ8006",
  name: "script-of-one-command",
  severity: "info",
  message: (a: { language: string }) =>
    `this ${a.language} script starts one program and needs no shell: write \`run\``,
  why: "`run` starts a program without a shell, so its values need no quoting, it works on every platform, and its exit code is that of the program.",
  wrong: `sequence main {\n  step "Make it" sh 'useradd --create-home ada'\n}\n`,
  right: `sequence main {\n  step "Make it" run "useradd --create-home ada"\n}\n`,
  visit: { script: check },
});

/** What the shell itself would act on. */
const shellCharacters = /[|&;<>()$`\\"'*?[\]#~=%!{}\n]/;

/** What a shell does itself, or knows as a word. */
const builtins = new Set(
  "alias break case cd command continue do done echo elif else esac eval exec exit export false fi for hash if jobs kill local printf pwd read readonly return set shift source test then time times trap true type ulimit umask unalias unset until wait while .".split(
    " ",
  ),
);

function check(node: ScriptAction, ctx: LintContext<{ readonly language: string }>): void {
  if (node.language !== "sh" && node.language !== "bash") return;
  const text = literalText(node.source)?.trim();
  if (text === undefined || text === "" || shellCharacters.test(text)) return;
  const [program = ""] = text.split(/\s+/);
  if (builtins.has(program)) return;
  const step = ctx.ancestors.at(-1);
  const plain = step?.kind === "step" && clauseOf(step, "args") === undefined && clauseOf(step, "env") === undefined;
  const fixes = plain ? unsafeFix(ctx, "Write run", node, `run "${text}"`) : [];
  ctx.report(node, { language: node.language }, { fixes });
}
