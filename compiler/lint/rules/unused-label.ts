// Identifiers of steps that nothing asks for.
import { walk } from "@sequitur/grammar";
import type { Group, Step } from "@sequitur/grammar";
import { safeFix } from "../fix.ts";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";

type Context = LintContext<{ readonly name: string }>;

export const unusedLabel = defineRule({
  code: "SEQ8017",
  name: "unused-label",
  severity: "info",
  off: true,
  absence: true,
  message: (a: { name: string }) => `nothing asks how "${a.name}" went`,
  why: "The identifier in front of a step's title is for expressions that ask for it. One that is never used makes readers look for them.",
  wrong: `sequence main {\n  step copy "Copy" run "copy.exe"\n}\n`,
  right: `sequence main {\n  step copy "Copy" run "copy.exe"\n  log "done" when copy.code == 0\n}\n`,
  atEnd(ctx) {
    for (const declaration of ctx.module.parsed.tree.declarations) {
      if (declaration.kind !== "sequence") continue;
      walk(declaration, (node) => {
        if (node.kind === "step" || node.kind === "group") check(node, ctx);
        return node.kind !== "step";
      });
    }
  },
});

/** Tests of the file may ask too. */
function check(node: Step | Group, ctx: Context): void {
  const { label, title } = node;
  if (label === undefined || ctx.uses.isReadIn(ctx.module, label.text)) return;
  const place = { start: label.start, end: title?.start ?? label.end };
  ctx.report(label, { name: label.text }, { fixes: safeFix(ctx, "Take the identifier out", place, "") });
}
