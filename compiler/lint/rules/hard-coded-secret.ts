// Passwords, keys and tokens that stand in source as they are.
import type { Expression, Name, Span, StringLiteral } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { knownText, literalText } from "../step-parts.ts";

type Arguments = { readonly what: string };
type Context = LintContext<Arguments, { readonly names: readonly string[] }>;

export const hardCodedSecret = defineRule({
  code: "SEQ8002",
  name: "hard-coded-secret",
  severity: "warning",
  message: (a: Arguments) => `${a.what} stands in source`,
  why: "Source files are copied, reviewed and kept for ever, and whoever can read them has the secret. Take it from `env(…)` or a `secret` parameter that is given when the sequence starts.",
  wrong: `sequence main {\n  step "Join" run "join.exe" env { JOIN_PASSWORD: "Winter2026!" }\n}\n`,
  right: `sequence main {\n  secret joinPassword: string\n  step "Join" run "join.exe" env { JOIN_PASSWORD: joinPassword }\n}\n`,
  options: {
    names: {
      fallback: [
        "password",
        "passwd",
        "passphrase",
        "secret",
        "token",
        "apikey",
        "api_key",
        "privatekey",
        "private_key",
      ],
      description: "parts of names, in lower case, whose values are secrets",
    },
  },
  visit: {
    const: (node, ctx) => checkNamed(ctx, node.name, node.value),
    variable(node, ctx) {
      // A secret with a value in source is an error of the language.
      if (node.value !== undefined && node.role !== "secret" && node.role !== "globalSecret")
        checkNamed(ctx, node.name, node.value);
    },
    assignment: (node, ctx) => checkNamed(ctx, node.name, node.value),
    field(node, ctx) {
      if (node.key.kind === "name") checkNamed(ctx, node.key, node.value);
    },
    string: checkText,
  },
});

function checkNamed(ctx: Context, name: Name | { readonly kind: "missing" }, value: Expression): void {
  if (name.kind !== "name" || value.kind !== "string") return;
  const folded = name.text.toLowerCase();
  if (!ctx.options.names.some((part) => folded.endsWith(part))) return;
  const text = literalText(value);
  // What an account says of its password, the language looks at.
  if (text === undefined || text.length < 4 || ctx.ancestors.some((each) => each.kind === "account")) return;
  // A path or an address says where a secret is.
  if (/[/\\]|^\$|^%/.test(text)) return;
  ctx.report(value, { what: `what looks like the value of "${name.text}"` });
}

/** What has the form of a key whatever it is called. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\bAKIA[0-9A-Z]{16}\b/, "an access key of AWS"],
  [/\bgh[pousr]_[A-Za-z0-9]{36}\b/, "a token of GitHub"],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/, "a token of Slack"],
  [/\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/, "a JSON web token"],
  [/\bAccountKey=[A-Za-z0-9+/]{40,}/, "a key of an Azure storage account"],
  [/(?:--?|\/)(?:password|passwd|pwd|token)[=: ](?!['"]?[$%\0])['"]?[^\s'"$%\0]{4,}/i, "a password in a command line"],
];

/** What may begin one of the forms: most texts are done with after a look for these. */
const hints = /BEGIN|AKIA|gh[pousr]_|xox|eyJ|AccountKey|pass|pwd|token/i;

function checkText(node: StringLiteral, ctx: Context): void {
  for (let index = 0; index < node.parts.length; index++) {
    const part = node.parts[index];
    if (part?.kind !== "stringText" || !hints.test(part.value)) continue;
    const text = knownText(node, "\0");
    for (const [form, what] of forms) {
      const found = form.exec(text);
      if (found !== null) return ctx.report(placeOf(node, found), { what });
    }
    return;
  }
}

/** Exact where the text has no escapes and no values. */
function placeOf(node: StringLiteral, found: RegExpExecArray): Span {
  const [only, second] = node.parts;
  if (only?.kind !== "stringText" || second !== undefined || only.end - only.start !== only.value.length) return node;
  return { start: only.start + found.index, end: only.start + found.index + found[0].length };
}
