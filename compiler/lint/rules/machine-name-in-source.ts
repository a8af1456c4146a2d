// Servers, shares and addresses that stand in source.
import type { StringLiteral } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";

type Arguments = { readonly what: string };

export const machineNameInSource = defineRule({
  code: "SEQ8004",
  name: "machine-name-in-source",
  severity: "info",
  off: true,
  message: (a: Arguments) => `${a.what} stands in the middle of the sequence`,
  why: "Servers are replaced and sites differ. A constant at the top of the file, or a parameter, is changed in one place and can be given by site.",
  wrong: `sequence main {\n  step "Fetch" run "robocopy '\\\\\\\\files01\\\\drivers' C:/drivers"\n}\n`,
  right: `const drivers = '\\\\files01\\drivers'\n\nsequence main {\n  step "Fetch" run "robocopy \${drivers} C:/drivers"\n}\n`,
  visit: { string: check },
});

const forms: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[^\\/:\w])(?:\\\\|\/\/)([A-Za-z0-9][A-Za-z0-9.-]*)[\\/]/, "the server"],
  [/(?:^|[^\d.])((?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3})(?![\d.])/, "the address"],
];

function check(node: StringLiteral, ctx: LintContext<Arguments>): void {
  // At the top of a file is where such names belong, and a parameter's default can be overridden.
  if (!ctx.ancestors.some((each) => each.kind === "step" || each.kind === "group")) return;
  for (const part of node.parts) {
    if (part.kind !== "stringText") continue;
    for (const [form, what] of forms) {
      const name = form.exec(part.value)?.[1];
      if (name === undefined || name.startsWith("127.") || name === "0.0.0.0") continue;
      return ctx.report(node, { what: `${what} "${name}"` });
    }
  }
}
