// `%SITE%`, `$site` and their like in a text that replaces nothing.
import type { StringLiteral } from "@sequitur/grammar";
import { unsafeFix } from "../fix.ts";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";

type Context = LintContext<{ readonly written: string }>;

export const unreplacedValue = defineRule({
  code: "SEQ8046",
  name: "unreplaced-value",
  severity: "warning",
  message: (a: { written: string }) => `"${a.written}" stays as it is: nothing in this text is replaced by that`,
  why: "Values are put into a text in double quotes by `${name}`. The forms of other systems (%NAME%, $name, a name in braces) and `${name}` in single quotes are ordinary characters.",
  wrong: `sequence main {\n  param site: string\n  step "Make it" use folder.create { path: "/srv/%SITE%/\${site}" }\n}\n`,
  right: `sequence main {\n  param site: string\n  step "Make it" use folder.create { path: "/srv/\${site}" }\n}\n`,
  visit: { string: check },
});

/** Where what looks like a value is one for somebody else. */
const readByOthers = new Set(["script", "commandline", "scriptFile", "env", "testWhen", "foreign", "disabled", "doc"]);

function check(node: StringLiteral, ctx: Context): void {
  if (!mayHoldValue(node)) return;
  const parent = ctx.ancestors.at(-1);
  if (parent === undefined || readByOthers.has(parent.kind) || ctx.ancestors.some((each) => each.kind === "foreign"))
    return;
  for (const part of node.parts) {
    if (part.kind !== "stringText" || !mark.test(part.value)) continue;
    const found = unreplaced(ctx, node, part.value);
    if (found === undefined) continue;
    const { written, name, index } = found;
    const isPlain = part.end - part.start === part.value.length;
    const place = isPlain ? { start: part.start + index, end: part.start + index + written.length } : node;
    const canFix = isPlain && name !== undefined && node.form !== "raw" && node.form !== "multilineRaw";
    const meant = name === undefined ? {} : { hint: `did you mean "\${${name}}"?` };
    const fixes = canFix ? { fixes: unsafeFix(ctx, `Write \${${name}}`, place, `\${${name}}`) } : {};
    ctx.report(place, { written }, { ...meant, ...fixes });
    return;
  }
}

const mark = /[%$]/;

/** Most texts are done with after this. */
function mayHoldValue({ parts }: StringLiteral): boolean {
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (part?.kind === "stringText" && mark.test(part.value)) return true;
  }
  return false;
}

interface Found {
  readonly written: string;
  /** What is meant; undefined: nothing of that name is known here. */
  readonly name: string | undefined;
  readonly index: number;
}

function unreplaced(ctx: Context, node: StringLiteral, text: string): Found | undefined {
  for (const match of text.matchAll(/%([A-Za-z_][A-Za-z0-9_]*)%/g)) {
    return { written: match[0], name: nameInScope(ctx, match[1] ?? "", false), index: match.index };
  }
  const isRaw = node.form === "raw" || node.form === "multilineRaw";
  for (const match of text.matchAll(/\$([A-Za-z_][A-Za-z0-9_]*)|\$[({]([A-Za-z_][A-Za-z0-9_]*)[)}]/g)) {
    // A pattern and a price may hold a $; what names something that is known here is a value.
    if (match[2] !== undefined && match[0].startsWith("${") && !isRaw) continue;
    const name = nameInScope(ctx, match[1] ?? match[2] ?? "", true);
    if (name !== undefined) return { written: match[0], name, index: match.index };
  }
  return undefined;
}

/** The variable, parameter or constant of this name; case counts where `exact`. */
function nameInScope(ctx: Context, name: string, exact: boolean): string | undefined {
  const matches = (candidate: string): boolean =>
    exact ? candidate === name : candidate.toLowerCase() === name.toLowerCase();
  const sequence = ctx.ancestors[1];
  if (sequence?.kind === "sequence") {
    for (const member of sequence.members) {
      if (member.kind === "variable" && member.name.kind === "name" && matches(member.name.text))
        return member.name.text;
    }
  }
  for (const [known, symbol] of ctx.module.scope) if (symbol.kind === "const" && matches(known)) return known;
  return undefined;
}
