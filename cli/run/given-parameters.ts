// Parameters from the command line and from a file. Here everything must be there and fit: a call that lacks something has
// not begun a run.
import { resolve } from "node:path";
import { didYouMean } from "@sequitur/grammar";
import { checkParameters, parametersOf, readParameters } from "@sequitur/runtime";
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
  const text = file === undefined ? null : readText(file, surroundings);
  if (text !== null && "why" in text) return { kind: "wrong", ...text };
  const read = readParameters(plan, set, text);
  if (read.kind === "wrong") return read;
  const [unknown] = read.unknown;
  if (unknown !== undefined) return unknownParameter(plan, unknown.name, unknown.from);
  const { problems } = checkParameters(plan, read.values);
  if (problems.length === 0) return { kind: "given", values: read.values };
  return {
    kind: "wrong",
    why: problems.join(" "),
    wayOut: "Give values with --set name=value, secrets with --params FILE.",
  };
}

function unknownParameter(plan: Plan, name: string, from: string): GivenParameters {
  const names = parametersOf(plan).map((parameter) => parameter.name);
  const near = didYouMean(name, names);
  const known = names.length === 0 ? "The sequence has no parameters." : `Its parameters are ${names.join(", ")}.`;
  return {
    kind: "wrong",
    why: `${from} names ${name}, but the sequence has no such parameter.`,
    wayOut: near === undefined ? known : `Did you mean ${near}?`,
  };
}

/** The file's text, or a sentence that says why it can't be read. */
function readText(
  file: string,
  surroundings: Surroundings,
): { readonly name: string; readonly text: string } | { readonly why: string } {
  const answer = readWhole(resolve(surroundings.folder, file), fileCap);
  if (answer.kind === "absent") return { why: `can't read ${file}: there is no such file.` };
  if (answer.kind === "folder") return { why: `can't read ${file}: it is a folder.` };
  if (answer.kind === "unreadable") return { why: `can't read ${file}: ${answer.why}.` };
  const decoded = decodeText(answer.bytes);
  if (decoded.kind === "wrong") return { why: `${file} is not valid UTF-8 (byte ${decoded.offset}).` };
  return { name: file, text: decoded.text };
}
