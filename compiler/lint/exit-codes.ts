// Exit codes as numbers.
import type { Code, Missing } from "@sequitur/grammar";
import type { CheckedProgram } from "../model/checked-program.ts";

/** The number; undefined where it is not known or not there. */
export function constantCode(program: CheckedProgram, code: Code | Missing): number | undefined {
  if (code.kind === "missing") return undefined;
  if (code.value.kind === "number") return code.negative ? -code.value.value : code.value.value;
  const resolution = program.paths.get(code.value);
  if (resolution?.kind !== "constant") return undefined;
  const value = program.constants.get(resolution.symbol.node.value);
  if (typeof value !== "number") return undefined;
  return code.negative ? -value : value;
}
