// Parameters that come from outside: checked against the plan's types and choices, all problems at once, in people's words.
import { equalValues } from "../plan/compare.ts";
import type { Plan, PlanParameter, PlanSlot } from "../plan/format.ts";
import type { PlanType } from "../plan/plan-type.ts";
import { holdsSecret, typeText } from "../plan/type-relation.ts";
import type { Value } from "../plan/value.ts";
import { valueProblem } from "../plan/value-check.ts";
import { parseInteger, valueText } from "../plan/value-text.ts";
import { isVersion } from "../plan/version.ts";

export interface Parameter {
  readonly name: string;
  readonly slot: number;
  readonly type: PlanType;
  readonly required: boolean;
  readonly secret: boolean;
  readonly choices?: readonly Value[];
}

/** The parameters of the sequence that runs. */
export function parametersOf(plan: Plan): readonly Parameter[] {
  const main = plan.sequences[0];
  if (main === undefined) return [];
  return main.parameters.flatMap((parameter: PlanParameter) => {
    const slot: PlanSlot | undefined = main.slots[parameter.slot];
    if (slot === undefined) return [];
    const choices = parameter.choices === undefined ? {} : { choices: parameter.choices };
    const { name, type } = slot;
    return [{ name, slot: parameter.slot, type, required: parameter.required, secret: holdsSecret(type), ...choices }];
  });
}

export interface CheckedParameters {
  readonly bySlot: ReadonlyMap<number, Value>;
  /** Each a sentence; empty: all is well. */
  readonly problems: readonly string[];
}

/** What was given, by slot, and all that is wrong with it. Values of secrets are in no message. */
export function checkParameters(plan: Plan, given: { readonly [name: string]: Value }): CheckedParameters {
  const parameters = parametersOf(plan);
  const known = parameters.map(({ name }) => name);
  const bySlot = new Map<number, Value>();
  const problems: string[] = [];
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) problems.push(`There is no parameter "${name}"${knownText(known)}.`);
  }
  for (const parameter of parameters) {
    const value = Object.hasOwn(given, parameter.name) ? given[parameter.name] : undefined;
    if (value === undefined) {
      if (parameter.required)
        problems.push(`The parameter "${parameter.name}" (${typeText(parameter.type)}) is missing.`);
      continue;
    }
    const problem = parameterProblem(parameter, value);
    if (problem === null) bySlot.set(parameter.slot, value);
    else problems.push(problem);
  }
  return { bySlot, problems };
}

function knownText(known: readonly string[]): string {
  return known.length === 0 ? ": the sequence has none" : `: there are ${known.join(", ")}`;
}

function parameterProblem(parameter: Parameter, value: Value): string | null {
  const { name, type, choices, secret } = parameter;
  const shown = secret ? "its value" : shownValue(value);
  const problem = valueProblem(value, type);
  if (problem !== null) return `The parameter "${name}" takes ${typeText(type)}: ${shown} ${problem}.`;
  if (choices === undefined || choices.some((choice) => equalValues(choice, value))) return null;
  return `The parameter "${name}" takes one of ${choices.map(shownValue).join(", ")}, not ${shown}.`;
}

function shownValue(value: Value): string {
  const text = typeof value === "string" ? JSON.stringify(value) : valueText(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const durationUnits: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const sizeUnits: { readonly [unit: string]: number } = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };

/**
 * The value that a text stands for where a parameter of this type is given on a command line: `30s`, `40GB`, `true`, `17`; lists
 * and records as JSON. Null: it stands for none.
 */
export function parseParameter(text: string, type: PlanType): Value {
  if (typeof type === "object") {
    if ("optional" in type) return parseParameter(text, type.optional);
    return parseJson(text);
  }
  switch (type) {
    case "int":
      return parseInteger(text);
    case "bool":
      return text === "true" ? true : text === "false" ? false : null;
    case "duration":
      return parseAmount(text, durationUnits);
    case "size":
      return parseAmount(text, sizeUnits);
    case "percent":
      return text.endsWith("%") ? parseInteger(text.slice(0, -1)) : null;
    case "extent":
      return text.endsWith("%") ? text : amountText(parseAmount(text, sizeUnits));
    case "version":
      return isVersion(text) ? text : null;
    default:
      return text;
  }
}

function parseAmount(text: string, units: { readonly [unit: string]: number }): number | null {
  const [, digits = "", unit = ""] = /^([0-9]+)([A-Za-z]+)$/.exec(text) ?? [];
  const amount = parseInteger(digits);
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (amount === null || factor === undefined) return null;
  return Number.isSafeInteger(amount * factor) ? amount * factor : null;
}

function amountText(amount: number | null): string | null {
  return amount === null ? null : String(amount);
}

function parseJson(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return null;
  }
}
