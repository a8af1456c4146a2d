// Imports that nothing in the file uses.
import type { ImportNames, Name } from "@sequitur/grammar";
import { safeFix, wholeLines } from "../fix.ts";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";

type Context = LintContext<{ readonly name: string }>;

export const unusedImport = defineRule({
  code: "SEQ8013",
  name: "unused-import",
  severity: "warning",
  absence: true,
  message: (a: { name: string }) => `nothing in this file uses "${a.name}"`,
  why: "An import that is not needed ties this file to another one, which can't be moved or changed without looking here.",
  wrong: `import { site } from "./sites.seq"\n\nsequence main {\n  log "hello"\n}\n`,
  right: `import { site } from "./sites.seq"\n\nsequence main {\n  log "hello \${site}"\n}\n`,
  files: { "sites.seq": `const site = "AMS"\n` },
  atEnd(ctx) {
    for (const declaration of ctx.module.parsed.tree.declarations) {
      if (declaration.kind === "importNames") checkNames(ctx, declaration);
      if (declaration.kind !== "importModule" || declaration.alias.kind === "missing") continue;
      const { text } = declaration.alias;
      if (ctx.uses.isReadIn(ctx.module, text)) continue;
      const fixes = safeFix(ctx, "Take the import out", wholeLines(ctx, declaration), "");
      ctx.report(declaration.alias, { name: text }, { fixes });
    }
  },
});

function checkNames(ctx: Context, declaration: ImportNames): void {
  const names = declaration.names.filter((name): name is Name => name.kind === "name");
  const isUsed = (name: Name): boolean => ctx.uses.isReadIn(ctx.module, name.text);
  const used = names.filter(isUsed);
  for (const name of names) {
    if (isUsed(name)) continue;
    const [first] = names;
    const last = names.at(-1);
    const all = first === undefined || last === undefined ? name : { start: first.start, end: last.end };
    const written = used.map(({ start, end }) => ctx.module.parsed.text.slice(start, end)).join(", ");
    const fixes =
      used.length === 0
        ? safeFix(ctx, "Take the import out", wholeLines(ctx, declaration), "")
        : safeFix(ctx, "Take the unused names out", all, written);
    ctx.report(name, { name: name.text }, { fixes });
  }
}
