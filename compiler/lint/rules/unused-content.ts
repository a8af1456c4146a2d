// Packages, images, applications and files that no step takes.
import { defineRule } from "../rule.ts";
import { isUsedAnywhere } from "../used-anywhere.ts";

export const unusedContent = defineRule({
  code: "SEQ8014",
  name: "unused-content",
  severity: "warning",
  absence: true,
  message: (a: { kind: string; name: string }) => `nothing uses the ${a.kind} "${a.name}"`,
  why: "Content that is declared is checked and looked after. What no step takes was forgotten, or a step takes the wrong one.",
  wrong: `package tools "./tools"\n\nsequence main {\n  run "tool.exe"\n}\n`,
  right: `package tools "./tools"\n\nsequence main {\n  run "tool.exe" from tools\n}\n`,
  files: { "tools/tool.exe": "program" },
  atEnd(ctx) {
    for (const declaration of ctx.module.parsed.tree.declarations) {
      if (declaration.kind !== "content" || isUsedAnywhere(ctx, declaration)) continue;
      const { name, contentKind } = declaration;
      if (name.kind === "name") ctx.report(name, { kind: contentKind, name: name.text });
    }
  },
});
