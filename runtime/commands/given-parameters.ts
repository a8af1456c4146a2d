// Parameters as a call gives them: `--set name=value`, typed by the plan, and a JSON file for the rest and for secrets.
import { readFileSync } from "node:fs";
import type { Plan } from "../plan/format.ts";
import { typeText } from "../plan/type-relation.ts";
import type { Value } from "../plan/value.ts";
import { parametersOf, parseParameter, type Parameter } from "../run/parameters.ts";
import { UsageError } from "./surroundings.ts";

/** By name; `--set` wins over the file. Throws UsageError for what is no parameter or no value of its type. */
export function givenParameters(
  plan: Plan,
  assignments: readonly string[],
  file: string | undefined,
): { readonly [name: string]: Value } {
  const parameters = new Map(parametersOf(plan).map((parameter) => [parameter.name, parameter]));
  const values: { [name: string]: Value } = {};
  for (const [name, value] of Object.entries(file === undefined ? {} : readFile(file))) {
    const type = parameters.get(name)?.type;
    values[name] = typeof value === "string" && type !== undefined ? (parseParameter(value, type) ?? value) : value;
  }
  for (const assignment of assignments) {
    const equals = assignment.indexOf("=");
    if (equals <= 0) throw new UsageError(`--set takes name=value, not "${assignment}".`);
    const name = assignment.slice(0, equals);
    values[name] = assignedValue(name, assignment.slice(equals + 1), parameters.get(name));
  }
  return values;
}

function assignedValue(name: string, text: string, parameter: Parameter | undefined): Value {
  // A name that there is not is told with all other problems of the parameters.
  if (parameter === undefined) return text;
  if (parameter.secret) {
    throw new UsageError(
      `${name} is a secret, and others can see a command line. Give it in a file, with --params FILE.`,
    );
  }
  const value = parseParameter(text, parameter.type);
  if (value === null)
    throw new UsageError(`The parameter "${name}" takes ${typeText(parameter.type)}; "${text}" is none.`);
  return value;
}

function readFile(file: string): { readonly [name: string]: Value } {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const value = parseObject(text);
  if (value === null) throw new UsageError(`${file} must hold a JSON object of parameters by name.`);
  return value;
}

/** The parser's own message would quote the text, which may hold secrets. */
function parseObject(text: string): { readonly [name: string]: Value } | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as { readonly [name: string]: Value }) : null;
  } catch {
    return null;
  }
}
