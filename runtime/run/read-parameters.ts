// Parameters as a call gives them, `--set name=value` and a JSON file, as values of the types that the plan gives them. What
// lacks or does not fit is found by parameters.ts; here is said what can't be read at all. No message holds a file's values.
import type { Plan } from "../plan/format.ts";
import { limits } from "../plan/limits.ts";
import { typeText } from "../plan/type-relation.ts";
import type { Value } from "../plan/value.ts";
import { parametersOf, parseParameter } from "./parameters.ts";

export type ReadParameters =
  | {
      readonly kind: "read";
      readonly values: { readonly [name: string]: Value };
      /** Names that are no parameters of the plan, with the place that has them: `--set`, or the name of the file. */
      readonly unknown: readonly { readonly name: string; readonly from: string }[];
    }
  /** `why` is a sentence. */
  | { readonly kind: "wrong"; readonly why: string; readonly wayOut?: string };

export interface ParameterFile {
  /** As the caller named it. */
  readonly name: string;
  readonly text: string;
}

/** What was set wins over the file. */
export function readParameters(plan: Plan, assignments: readonly string[], file: ParameterFile | null): ReadParameters {
  const parameters = new Map(parametersOf(plan).map((parameter) => [parameter.name, parameter]));
  const values: { [name: string]: Value } = {};
  const unknown: { name: string; from: string }[] = [];
  const take = (name: string, value: Value, from: string): void => {
    const parameter = parameters.get(name);
    if (parameter === undefined) unknown.push({ name, from });
    // A text in the file that stands for no value of the type is kept: the type says then what is wrong with it.
    values[name] =
      typeof value === "string" && parameter !== undefined ? (parseParameter(value, parameter.type) ?? value) : value;
  };
  if (file !== null) {
    const fields = parseObject(file);
    if (typeof fields === "string") return { kind: "wrong", why: fields };
    for (const [name, value] of Object.entries(fields)) take(name, value, file.name);
  }
  for (const assignment of assignments) {
    const equals = assignment.indexOf("=");
    if (equals <= 0) return { kind: "wrong", why: "--set takes name=value.", wayOut: "e.g. --set site=AMS" };
    const name = assignment.slice(0, equals);
    const parameter = parameters.get(name);
    const text = assignment.slice(equals + 1);
    if (parameter?.secret === true) return secretOnCommandLine(name);
    if (parameter !== undefined && parseParameter(text, parameter.type) === null) {
      const shown = JSON.stringify(text.slice(0, 60));
      return { kind: "wrong", why: `The parameter "${name}" takes ${typeText(parameter.type)}; ${shown} is none.` };
    }
    take(name, text, "--set");
  }
  return { kind: "read", values, unknown };
}

function secretOnCommandLine(name: string): ReadParameters {
  return {
    kind: "wrong",
    why: `${name} is a secret, and others on this machine can see the command line.`,
    wayOut: "Give it in a JSON file that only you can read, with --params FILE.",
  };
}

/** The object; a text: what is wrong with the file. */
function parseObject({ name, text }: ParameterFile): { readonly [name: string]: Value } | string {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    // The parser's message quotes the text around the place, which may be a secret.
    return `${name} is not valid JSON.`;
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject) return `${name} must hold a JSON object of parameters by name.`;
  const problem = unfitProblem(value);
  return problem === undefined ? (value as { readonly [name: string]: Value }) : `${name} ${problem}.`;
}

/** What keeps what was read from being values, as a clause. Goes level by level: a hostile file may nest without end. */
function unfitProblem(value: unknown): string | undefined {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.valueDepth) return `is nested more than ${limits.valueDepth} deep`;
    if (level.some((each) => typeof each === "number" && !Number.isFinite(each))) {
      return `has a number that is too large`;
    }
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
  return undefined;
}
