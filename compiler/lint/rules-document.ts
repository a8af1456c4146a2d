// The reference page of all rules: what is on for everybody, what a team may turn on, and the options of each.
import type { LintRule } from "./rule.ts";
import { lintRules } from "./rules.ts";

export function rulesDocument(): string {
  const on = lintRules.filter((rule) => !rule.off);
  const off = lintRules.filter((rule) => rule.off);
  const withOptions = lintRules.filter((rule) => Object.keys(rule.options).length > 0);
  return [
    "# Rules of the linter",
    "`sequitur check` asks these rules beside what the language itself finds. Each has [its page](diagnostics.md) with an example, which `sequitur explain NAME` prints too. How to set and silence them: [the language](../language.md#the-linter).",
    "A rule with a safe fix is mended by `sequitur check --fix`; one with a fix that may change what a sequence does by `--fix-unsafe` alone.",
    "## On for everybody",
    table(on),
    "## Off until `sequitur.json` turns them on",
    "A matter of taste, of the size of a team, or more than a first project wants to hear.",
    table(off),
    "## Options",
    ...withOptions.map(optionsOf),
  ].join("\n\n");
}

function table(rules: readonly LintRule[]): string {
  const rows = rules.map(
    ({ code, name, severity, why }) =>
      `| [${code}](diagnostics.md#${anchor(code, name)}) | \`${name}\` | ${severity} | ${inCell(why)} |`,
  );
  return ["| code | name | severity | why |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function anchor(code: string, name: string): string {
  return `${code.toLowerCase()}-${name}`;
}

function inCell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function optionsOf({ name, options }: LintRule): string {
  const lines = Object.entries(options).map(
    ([option, { description, fallback }]) =>
      `- \`${option}\`: ${description}; \`${JSON.stringify(fallback)}\` if left out.`,
  );
  return [`### \`${name}\``, lines.join("\n")].join("\n\n");
}
