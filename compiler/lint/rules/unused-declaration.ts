// Constants, types and functions that nothing uses.
import { defineRule } from "../rule.ts";
import { isUsedAnywhere } from "../used-anywhere.ts";

const kinds = { const: "constant", typeDeclaration: "type", fn: "function" } as const;

export const unusedDeclaration = defineRule({
  code: "SEQ8016",
  name: "unused-declaration",
  severity: "warning",
  absence: true,
  message: (a: { kind: string; name: string }) => `nothing uses the ${a.kind} "${a.name}"`,
  why: "What nothing uses was forgotten, or something else is used in its place by mistake. In a file without sequences, which is there for others, only names that begin with _ are looked at.",
  wrong: `const tries = 3\n\nsequence main {\n  run "enable.exe"\n}\n`,
  right: `const tries = 3\n\nsequence main {\n  run "enable.exe" retry tries every 10s\n}\n`,
  atEnd(ctx) {
    for (const declaration of ctx.module.parsed.tree.declarations) {
      const { kind } = declaration;
      if (kind !== "const" && kind !== "typeDeclaration" && kind !== "fn") continue;
      if (declaration.name.kind === "missing" || isUsedAnywhere(ctx, declaration)) continue;
      ctx.report(declaration.name, { kind: kinds[kind], name: declaration.name.text });
    }
  },
});
