// Parameters from the command line and from a file, as values of the types that the plan gives them. What is missing or
// unknown is the runtime's to say; secrets on the command line are refused here, since others can read it.
import { resolve } from "node:path";
import { didYouMean } from "@sequitur/grammar";
import { checkParameters, parametersOf, parseParameter } from "@sequitur/runtime";
import type { Parameter } from "@sequitur/runtime";
import type { Plan, Value } from "@sequitur/runtime/plan";
import { decodeText } from "../project/decode.ts";
import { readWhole } from "../project/disk-read.ts";
import type { Surroundings } from "../surroundings.ts";

export type GivenParameters =
  | { readonly kind: "given"; readonly values: { readonly [name: string]: Value } }
  /** `why` is a sentence and holds no value of a secret. */
  | { readonly kind: "wrong"; readonly why: string; readonly wayOut?: string };

const fileCap = 16 * 1024 * 1024;

/** Reads `--set` and `--params`; `--set` wins. Everything required must be there when it returns `given`. */
export function givenParameters(
  plan: Plan,
  set: readonly string[],
  file: string | undefined,
  surroundings: Surroundings,
): GivenParameters {
  const parameters = new Map(parametersOf(plan).map((parameter) => [parameter.name, parameter]));
  const values: { [name: string]: Value } = {};
  const fromFile = file === undefined ? {} : readParameterFile(file, surroundings);
  if (typeof fromFile === "string") return { kind: "wrong", why: fromFile };
  for (const [name, value] of Object.entries(fromFile)) {
    const parameter = parameters.get(name);
    if (parameter === undefined) return unknown(name, parameters, `${file ?? ""} has`);
    values[name] = typeof value === "string" ? (parseParameter(value, parameter.type) ?? value) : value;
  }
  for (const assignment of set) {
    const wrong = takeAssignment(assignment, parameters, values);
    if (wrong !== undefined) return wrong;
  }
  const problems = checkParameters(plan, values).problems;
  if (problems.length === 0) return { kind: "given", values };
  return {
    kind: "wrong",
    why: problems.join(" "),
    wayOut: "Give values with --set name=value, secrets with --params FILE.",
  };
}

function takeAssignment(
  assignment: string,
  parameters: ReadonlyMap<string, Parameter>,
  values: { [name: string]: Value },
): GivenParameters | undefined {
  const equals = assignment.indexOf("=");
  if (equals <= 0) return { kind: "wrong", why: "--set takes name=value.", wayOut: "e.g. --set site=AMS" };
  const name = assignment.slice(0, equals);
  const parameter = parameters.get(name);
  if (parameter === undefined) return unknown(name, parameters, "--set names");
  if (parameter.secret) {
    return {
      kind: "wrong",
      why: `${name} is a secret, and others on this machine can see the command line.`,
      wayOut: "Give it in a JSON file that only you can read, with --params FILE.",
    };
  }
  const text = assignment.slice(equals + 1);
  const value = parseParameter(text, parameter.type);
  // Null stands for "none of this type" here; the text itself lets the type say what is wrong with it.
  values[name] = value === null ? text : value;
  return undefined;
}

function unknown(name: string, parameters: ReadonlyMap<string, Parameter>, lead: string): GivenParameters {
  const names = [...parameters.keys()];
  const near = didYouMean(name, names);
  const known = names.length === 0 ? "The sequence has no parameters." : `Its parameters are ${names.join(", ")}.`;
  return {
    kind: "wrong",
    why: `${lead} ${name}, but the sequence has no such parameter.`,
    wayOut: near === undefined ? known : `Did you mean ${near}?`,
  };
}

/** The object in the file, or a sentence that says what is wrong; values are never quoted. */
function readParameterFile(file: string, surroundings: Surroundings): { [name: string]: Value } | string {
  const answer = readWhole(resolve(surroundings.folder, file), fileCap);
  if (answer.kind === "absent") return `can't read ${file}: there is no such file.`;
  if (answer.kind === "folder") return `can't read ${file}: it is a folder.`;
  if (answer.kind === "unreadable") return `can't read ${file}: ${answer.why}.`;
  const decoded = decodeText(answer.bytes);
  if (decoded.kind === "wrong") return `${file} is not valid UTF-8 (byte ${decoded.offset}).`;
  let value: unknown;
  try {
    value = JSON.parse(decoded.text);
  } catch {
    // The parser's message quotes the text around the place, which may be a secret.
    return `${file} is not valid JSON.`;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `${file} must hold a JSON object of parameters by name.`;
  }
  return value as { [name: string]: Value };
}
