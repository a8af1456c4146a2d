// The schema of sequitur.json as editors get it: with every rule of the linter by name and code, and the options of each.
import { lintRules } from "../lint/rules.ts";
import type { LintRule, RuleOptionValue } from "../lint/rule.ts";
import { configurationSchema } from "./configuration-schema.ts";
import type { SettingSchema } from "./configuration-schema.ts";

export function configurationDocument(): SettingSchema {
  const { rules } = configurationSchema.properties;
  const properties: { [name: string]: SettingSchema } = {};
  for (const rule of lintRules) {
    const schema = ruleSchema(rule);
    properties[rule.name] = schema;
    properties[rule.code] = schema;
  }
  return { ...configurationSchema, properties: { ...configurationSchema.properties, rules: { ...rules, properties } } };
}

function ruleSchema(rule: LintRule): SettingSchema {
  const [severity, settings] = configurationSchema.properties.rules.additionalProperties.anyOf;
  const options: { [name: string]: SettingSchema } = {};
  for (const [name, { description, fallback }] of Object.entries(rule.options)) {
    options[name] = { ...typeOf(fallback), description, default: fallback };
  }
  const properties = { ...settings.properties, options: optionsSchema(options) };
  return { description: rule.why, anyOf: [severity, { ...settings, properties }] };
}

function optionsSchema(properties: { readonly [name: string]: SettingSchema }): SettingSchema {
  return { type: "object", description: "Options of the rule.", additionalProperties: false, properties };
}

function typeOf(value: RuleOptionValue): Pick<SettingSchema, "type" | "items"> {
  switch (typeof value) {
    case "number":
      return { type: "integer" };
    case "boolean":
      return { type: "boolean" };
    case "string":
      return { type: "string" };
    default:
      return { type: "array", items: { type: "string", description: "One of them." } };
  }
}
