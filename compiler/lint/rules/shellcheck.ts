// Scripts looked at by shellcheck, where the caller has it.
import type { ScriptAction } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { scriptPlace } from "../script-place.ts";
import { literalText } from "../step-parts.ts";

export const shellcheck = defineRule({
  code: "SEQ8090",
  name: "shellcheck",
  severity: "warning",
  off: true,
  message: (a: { text: string }) => a.text,
  why: "shellcheck knows hundreds of traps of shell scripts. With this rule on, `check` hands it the `sh` and `bash` scripts in the sources, and its findings point into the .seq file. It has to be installed; where it is not, that is the finding.",
  wrong: `sequence main {\n  step "Empty it" sh 'rm -rf $FOLDER/*' env { FOLDER: "/srv/old" }\n}\n`,
  right: `sequence main {\n  step "Empty it" use folder.remove { path: "/srv/old" }\n}\n`,
  visit: { script: check },
});

function check(node: ScriptAction, ctx: LintContext<{ readonly text: string }>): void {
  const { source, language } = node;
  const text = literalText(source);
  if ((language !== "sh" && language !== "bash") || source.kind !== "string" || text === undefined) return;
  const findings = ctx.externalLint(language, text);
  if (findings === undefined) {
    ctx.report({ start: node.start, end: node.start + language.length }, { text: "shellcheck is not at hand" });
    return;
  }
  for (const { code, message, from, to } of findings) {
    ctx.report(scriptPlace(ctx.module, source, from, to), { text: `${asClause(message)} (${code})` });
  }
}

/** `Double quote to prevent globbing.` becomes `double quote to prevent globbing`. */
function asClause(message: string): string {
  const text = message.replace(/\s*\.\s*$/, "").replace(/\. (?=[A-Z])/g, "; ");
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
