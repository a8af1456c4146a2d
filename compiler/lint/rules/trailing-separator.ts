// Folders with a separator at their end.
import type { Expression, Field } from "@sequitur/grammar";
import { safeFix } from "../fix.ts";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";

type Context = LintContext<{ readonly separator: string }>;

export const trailingSeparator = defineRule({
  code: "SEQ8043",
  name: "trailing-separator",
  severity: "info",
  message: (a: { separator: string }) => `this path ends in "${a.separator}"`,
  why: "Paths are put together with a separator between the parts, so one at the end gives two. In a command line of Windows a \\ before a closing quote even swallows that quote.",
  wrong: `sequence main {\n  step "Make it" use folder.create { path: "/srv/store/" }\n}\n`,
  right: `sequence main {\n  step "Make it" use folder.create { path: "/srv/store" }\n}\n`,
  visit: {
    field(node: Field, ctx) {
      const isPath = node.key.kind === "name" && /^(path|from|to|folder)$|(Path|Folder)$/.test(node.key.text);
      if (isPath && ctx.ancestors.at(-2)?.kind === "use") check(node.value, ctx);
    },
    workdir: (node, ctx) => check(node.folder, ctx),
  },
});

function check(value: Expression, ctx: Context): void {
  if (value.kind !== "string") return;
  const last = value.parts.at(-1);
  const text = last?.kind === "stringText" ? last.value : "";
  const separator = text.slice(-1);
  if (separator !== "/" && separator !== "\\") return;
  // A root ends in its separator.
  if (value.parts.length === 1 && /^(?:[a-z]:)?[/\\]+$/i.test(text)) return;
  if (value.parts.length > 1 && text.length === 1 && value.parts.length === 2) return;
  const width = separator === "\\" && value.form !== "raw" && value.form !== "multilineRaw" ? 2 : 1;
  const oneLine = value.form === "raw" || value.form === "interpolated";
  const place = { start: value.end - 1 - width, end: value.end - 1 };
  ctx.report(value, { separator }, oneLine ? { fixes: safeFix(ctx, `Take the "${separator}" out`, place, "") } : {});
}
