// Which rules are on for a file, with which severities and options: the configuration over the rules' own defaults. Wrong
// options are reported and count as not given.
import { createDiagnostic, didYouMean } from "@sequitur/grammar";
import type { Diagnostic } from "@sequitur/grammar";
import { contentDiagnostics } from "../diagnostics/content.ts";
import type { Configuration, ConfiguredOption, ConfiguredRule } from "../project/configuration.ts";
import type { ActiveRule } from "./lint.ts";
import type { LintRule, RuleOptionValue } from "./rule.ts";

export interface ActiveRules {
  readonly active: readonly ActiveRule[];
  /** About the options in the configuration. */
  readonly diagnostics: readonly Diagnostic[];
}

export function activeRules(configuration: Configuration, rules: readonly LintRule[]): ActiveRules {
  const active: ActiveRule[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const rule of rules) {
    const settings = settingsOf(configuration, rule);
    const setting =
      settings.findLast((each) => each.setting !== undefined)?.setting ?? (rule.off ? "off" : rule.severity);
    const options = optionValues(rule, settings, diagnostics);
    if (setting !== "off") active.push({ rule, severity: setting, options });
  }
  return { active, diagnostics };
}

/** A rule may be set by its code and by its name; what was set last stands last. */
function settingsOf({ rules }: Configuration, { code, name }: LintRule): readonly ConfiguredRule[] {
  if (!rules.has(code) && !rules.has(name)) return [];
  return [...rules].flatMap(([key, setting]) => (key === code || key === name ? [setting] : []));
}

function optionValues(
  rule: LintRule,
  settings: readonly ConfiguredRule[],
  diagnostics: Diagnostic[],
): { readonly [name: string]: RuleOptionValue } {
  const values: { [name: string]: RuleOptionValue } = {};
  for (const [name, { fallback }] of Object.entries(rule.options)) values[name] = fallback;
  for (const { options } of settings) {
    for (const [name, option] of options) {
      const why = Object.hasOwn(rule.options, name)
        ? wrongValue(option.value, rule.options[name]?.fallback)
        : undefined;
      if (!Object.hasOwn(rule.options, name)) diagnostics.push(unknownOption(rule, name, option));
      else if (why !== undefined) diagnostics.push(wrongOption(rule, name, option, why));
      else values[name] = option.value as RuleOptionValue;
    }
  }
  return values;
}

function wrongOption(rule: LintRule, name: string, option: ConfiguredOption, why: string): Diagnostic {
  const place = { file: option.file, start: option.place.start, end: option.place.end };
  return createDiagnostic(contentDiagnostics.SEQ7108, place, { rule: rule.name, name, why });
}

function unknownOption(rule: LintRule, name: string, option: ConfiguredOption): Diagnostic {
  const place = { file: option.file, start: option.namePlace.start, end: option.namePlace.end };
  const known = Object.keys(rule.options);
  const meant = didYouMean(name, known);
  const why = known.length === 0 ? "is not there: it has none" : `is not there: it has ${known.join(", ")}`;
  const hint = meant === undefined ? {} : { hint: `did you mean "${meant}"?` };
  return createDiagnostic(contentDiagnostics.SEQ7108, place, { rule: rule.name, name, why }, hint);
}

/** A clause; undefined: the value has the type of the fallback. */
function wrongValue(value: unknown, fallback: RuleOptionValue | undefined): string | undefined {
  switch (typeof fallback) {
    case "number":
      return typeof value === "number" && Number.isInteger(value) && value >= 0
        ? undefined
        : "must be a whole number from 0";
    case "boolean":
      return typeof value === "boolean" ? undefined : "must be true or false";
    case "string":
      return typeof value === "string" ? undefined : "must be a text in double quotes";
    default:
      return Array.isArray(value) && value.every((each) => typeof each === "string")
        ? undefined
        : "must be a list of texts";
  }
}
