// The command line as a function: arguments and surroundings in, exit code out. Catches what only a defect of ours can
// throw and reports it; everything else is a command's own matter.
import { execute } from "./commands/loaders.ts";
import { exitCode } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import { parseArguments } from "./program.ts";
import type { Surroundings } from "./surroundings.ts";
import { version } from "./version.ts";

/** Runs one command. Never throws and never ends the process; gives the exit code that the process should end with. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  try {
    const parsed = parseArguments(args, surroundings);
    return parsed.kind === "ended" ? parsed.code : await execute(parsed.call);
  } catch (error) {
    surroundings.stderr.write(defectReport(error, args, surroundings));
    return exitCode.defect;
  }
}

/** What people are asked to report. The values of `--set` are left out: they may be nobody else's business. */
function defectReport(error: unknown, args: readonly string[], surroundings: Surroundings): string {
  const shown = args.map((argument) => argument.replace(/^((?:--set=)?[A-Za-z_][A-Za-z0-9_]*=).*$/s, "$1…"));
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    "sequitur: internal error. This is a defect in Sequitur, not in your files.",
    `  while working on: sequitur ${shown.join(" ")}`,
    `  version: ${version}, Node.js ${process.versions.node}, ${surroundings.platform} ${process.arch}`,
    "",
    ...stack.split("\n").map((line) => `  ${line}`),
    "",
    "Please report it, with the lines above and, if you can, the file that leads to it.",
    "",
  ].join("\n");
}
