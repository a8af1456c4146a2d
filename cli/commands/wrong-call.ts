// How a command says that it can't do what was asked for because of how it was called.
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { printable } from "../render/printable.ts";
import type { Surroundings } from "../surroundings.ts";

/** Writes the sentence, with the way out if there is one, and gives the exit code for a wrong call. */
export function wrongCall(surroundings: Surroundings, sentence: string, wayOut?: string): ExitCode {
  surroundings.stderr.write(`sequitur: ${printable(sentence)}\n`);
  if (wayOut !== undefined) surroundings.stderr.write(`  ${wayOut}\n`);
  return exitCode.usage;
}
