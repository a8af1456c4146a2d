// Globals that are set and that nothing in the program reads.
import { defineRule } from "../rule.ts";
import { isKnownGlobal } from "../../bind/known-globals.ts";
import { unknownText } from "../name-uses.ts";
import { forVariables } from "./unused-variable.ts";

export const globalNeverRead = defineRule({
  code: "SEQ8021",
  name: "global-never-read",
  severity: "info",
  off: true,
  absence: true,
  message: (a: { name: string }) => `nothing in the program reads the global variable "${a.name}"`,
  why: "A global is in the environment of every process, so something outside of the sources may read it. Where nothing does, a `var` is enough or it can go.",
  wrong: `sequence main {\n  global var Site: string\n  set Site = "AMS"\n}\n`,
  right: `sequence main {\n  global var Site: string\n  set Site = "AMS"\n  log Site\n}\n`,
  atEnd(ctx) {
    forVariables(ctx, ["globalVar", "globalSecret"], (_sequence, { text }) => {
      const folded = text.toLowerCase();
      if (isKnownGlobal(text) || ctx.uses.readAnywhere.has(folded)) return undefined;
      const inScript = ctx.uses.processTexts.some(
        (each) => each === unknownText || each.toLowerCase().includes(folded),
      );
      return inScript ? undefined : { name: text };
    });
  },
});
