// Parameters as a call gives them. Names and values that don't fit are told with all else that is wrong with the run.
import { readFileSync } from "node:fs";
import type { Plan } from "../plan/format.ts";
import type { Value } from "../plan/value.ts";
import { readParameters } from "../run/read-parameters.ts";
import { UsageError } from "./surroundings.ts";

/** By name; `--set` wins over the file. Throws UsageError for what can't be read. */
export function givenParameters(
  plan: Plan,
  assignments: readonly string[],
  file: string | undefined,
): { readonly [name: string]: Value } {
  const text = file === undefined ? null : { name: file, text: readText(file) };
  const read = readParameters(plan, assignments, text);
  if (read.kind === "read") return read.values;
  throw new UsageError(read.wayOut === undefined ? read.why : `${read.why} ${read.wayOut}`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
