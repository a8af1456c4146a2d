// Loads the rules of a project's own: JavaScript modules that sequitur.json names. The compiler loads no code; a project that
// names none loads none.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { allDiagnostics, pluginKey } from "@sequitur/compiler";
import type { ConfiguredPlugin, LintRule, LoadedPlugin } from "@sequitur/compiler";

/** What each plugin gives, by `pluginKey`. What can't be loaded says why: it never ends the check. */
export function loadPlugins(plugins: readonly ConfiguredPlugin[], root: string): ReadonlyMap<string, LoadedPlugin> {
  const loaded = new Map<string, LoadedPlugin>();
  for (const plugin of plugins) {
    const key = pluginKey(plugin);
    if (!loaded.has(key)) loaded.set(key, loadPlugin(plugin, root));
  }
  return loaded;
}

function loadPlugin({ file, name }: ConfiguredPlugin, root: string): LoadedPlugin {
  const from = resolve(root, file);
  try {
    // Takes ES modules too; the shipped command is a script, which has no `import` of its own.
    const load = createRequire(from);
    const path = /^\.\.?\//.test(name) ? resolve(from, "..", name) : load.resolve(name);
    if (!existsSync(path)) return { why: "there is no such file" };
    return rulesOf(load(path) as { readonly rules?: unknown });
  } catch (error) {
    return { why: reasonOf(error) };
  }
}

function rulesOf(module: { readonly rules?: unknown }): LoadedPlugin {
  const { rules } = module;
  if (!Array.isArray(rules)) return { why: "it exports no list `rules`" };
  const found: LintRule[] = [];
  for (const rule of rules as readonly unknown[]) {
    const problem = ruleProblem(rule);
    if (problem !== undefined) return { why: problem };
    found.push(rule as LintRule);
  }
  return { rules: found };
}

/** A clause; undefined: it has the form that `defineRule` gives. */
function ruleProblem(rule: unknown): string | undefined {
  if (typeof rule !== "object" || rule === null) return "something in `rules` is no rule";
  const { code, name, visit, message, options } = rule as { readonly [field: string]: unknown };
  if (typeof code !== "string" || !/^[A-Z][A-Z0-9-]*\d$/.test(code)) {
    return "a rule needs a code of capitals and digits, such as ACME1";
  }
  if (Object.hasOwn(allDiagnostics, code) || /^SEQ\d/.test(code)) return `the code ${code} is taken`;
  if (typeof name !== "string" || !/^[a-z][a-z0-9-]*$/.test(name)) {
    return `the rule ${code} needs a name of small letters, digits and hyphens`;
  }
  if (Object.values(allDiagnostics).some((known) => known.name === name)) return `the name ${name} is taken`;
  if (typeof visit !== "object" || typeof message !== "function" || typeof options !== "object") {
    return `the rule ${code} is not made with \`defineRule\``;
  }
  return undefined;
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [line = ""] = text.split("\n");
  return line.replace(/\.$/, "");
}
