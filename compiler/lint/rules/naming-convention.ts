// Names in the form that a team has agreed on.
import type { Name } from "@sequitur/grammar";
import { compilePattern, matchPattern } from "@sequitur/runtime/plan";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";

interface Options {
  readonly values: string;
  readonly types: string;
  readonly globals: string;
}
type Context = LintContext<{ readonly what: string; readonly name: string; readonly pattern: string }, Options>;

export const namingConvention = defineRule({
  code: "SEQ8038",
  name: "naming-convention",
  severity: "info",
  off: true,
  message: (a: { what: string; name: string; pattern: string }) =>
    `the name of the ${a.what} "${a.name}" does not have the form ${a.pattern}`,
  why: "Names of one form tell what they stand for before one has looked it up.",
  wrong: `type site = "AMS" | "RTM"\n\nsequence main {\n  param where: site\n  log where\n}\n`,
  right: `type Site = "AMS" | "RTM"\n\nsequence main {\n  param site: Site\n  log site\n}\n`,
  options: {
    values: {
      fallback: "^_?[a-z][A-Za-z0-9]*$",
      description: "pattern for variables, parameters, constants, functions, sequences and content",
    },
    types: { fallback: "^_?[A-Z][A-Za-z0-9]*$", description: "pattern for types" },
    globals: { fallback: "^_?[A-Z][A-Za-z0-9_]*$", description: "pattern for global variables" },
  },
  visit: {
    typeDeclaration: (node, ctx) => check(ctx, "type", node.name, ctx.options.types),
    const: (node, ctx) => check(ctx, "constant", node.name, ctx.options.values),
    fn: (node, ctx) => check(ctx, "function", node.name, ctx.options.values),
    content: (node, ctx) => check(ctx, node.contentKind, node.name, ctx.options.values),
    account: (node, ctx) => check(ctx, "account", node.name, ctx.options.values),
    sequence: (node, ctx) => check(ctx, "sequence", node.name, ctx.options.values),
    variable(node, ctx) {
      const isGlobal = node.role === "globalVar" || node.role === "globalSecret";
      if (isGlobal) check(ctx, "global variable", node.name, ctx.options.globals);
      else if (!node.role.startsWith("extern")) check(ctx, "variable", node.name, ctx.options.values);
    },
  },
});

/** Patterns have bounded time, as those of the language; one that can't be compiled matches all. */
function check(ctx: Context, what: string, name: Name | { readonly kind: "missing" }, pattern: string): void {
  if (name.kind !== "name") return;
  const compiled = compilePattern(pattern);
  if (!("pattern" in compiled)) return;
  const match = matchPattern(compiled.pattern, name.text);
  if ("value" in match && match.value === false) {
    ctx.report(name, { what, name: name.text, pattern });
  }
}
