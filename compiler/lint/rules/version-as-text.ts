// Versions that are compared letter by letter.
import { defineRule } from "../rule.ts";
import { literalText, unwrapped } from "../step-parts.ts";

export const versionAsText = defineRule({
  code: "SEQ8045",
  name: "version-as-text",
  severity: "warning",
  message: (a: { operator: string }) => `"${a.operator}" compares these as texts, in which "10.0" stands before "9.0"`,
  why: "Texts are compared letter by letter, versions number by number. `version(text)` makes a version of a text, and is absent where it is none.",
  wrong: `sequence main {\n  var found: string = ""\n  step "Ask" run "tool --version" into found\n  step "Update" run "update.exe" when found < "10.2.1"\n}\n`,
  right: `sequence main {\n  var found: string = ""\n  step "Ask" run "tool --version" into found\n  step "Update" run "update.exe" when (version(found) ?? "0") < "10.2.1"\n}\n`,
  operators: ["<", "<=", ">", ">="],
  visit: {
    binary(node, ctx) {
      const { operator, left, right } = node;
      for (const [one, other] of [
        [left, right],
        [right, left],
      ] as const) {
        if (!/^\d+(\.\d+)+$/.test(literalText(unwrapped(one)) ?? "")) continue;
        const type = ctx.program.types.get(other);
        const inner = type?.kind === "optional" ? type.inner : type;
        if (inner?.kind === "string") ctx.report(node, { operator });
        return;
      }
    },
  },
});
