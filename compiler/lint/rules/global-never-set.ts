// Globals that nothing sets.
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { isKnownGlobal } from "../../bind/known-globals.ts";
import { unknownText } from "../name-uses.ts";
import { forVariables } from "./unused-variable.ts";

export const globalNeverSet = defineRule({
  code: "SEQ8020",
  name: "global-never-set",
  severity: "warning",
  absence: true,
  message: (a: { name: string }) => `nothing sets the global variable "${a.name}", so it always reads as ""`,
  why: "A global that is not set reads as an empty text, so a forgotten `set` goes unnoticed. One that something outside sets is declared `extern global var`.",
  wrong: `sequence main {\n  global var Site: string\n  log "at \${Site}"\n}\n`,
  right: `sequence main {\n  extern global var Site: string\n  log "at \${Site}"\n}\n`,
  atEnd(ctx) {
    forVariables(ctx, ["globalVar", "globalSecret"], (_sequence, { text }, variable) => {
      if (variable.value !== undefined || isKnownGlobal(text) || isSetSomewhere(ctx, text)) return undefined;
      return { name: text };
    });
  },
});

/** By a statement, or by a script that names it or may set any. */
function isSetSomewhere(ctx: LintContext<never, unknown>, name: string): boolean {
  const folded = name.toLowerCase();
  if (ctx.uses.assignedAnywhere.has(folded)) return true;
  return ctx.uses.processTexts.some((text) => text === unknownText || text.toLowerCase().includes(folded));
}
