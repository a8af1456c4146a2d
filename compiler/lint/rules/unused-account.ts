// Accounts that no step runs as.
import { defineRule } from "../rule.ts";
import { isUsedAnywhere } from "../used-anywhere.ts";

export const unusedAccount = defineRule({
  code: "SEQ8015",
  name: "unused-account",
  severity: "warning",
  absence: true,
  message: (a: { name: string }) => `no step runs as "${a.name}"`,
  why: "An account asks for a password that somebody has to keep and change. One that nothing uses can go, or a step runs as the wrong one.",
  wrong: `account installer { user: "svc-install" }\n\nsequence main {\n  run "tool.exe"\n}\n`,
  right: `account installer { user: "svc-install" }\n\nsequence main {\n  run "tool.exe" as installer\n}\n`,
  atEnd(ctx) {
    for (const declaration of ctx.module.parsed.tree.declarations) {
      if (declaration.kind !== "account" || isUsedAnywhere(ctx, declaration)) continue;
      if (declaration.name.kind === "name") ctx.report(declaration.name, { name: declaration.name.text });
    }
  },
});
