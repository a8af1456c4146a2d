// `sequitur build FILE`: compiles to a plan and notes content in sequitur.lock.
import { resolve } from "node:path";
import { lockFileName } from "@sequitur/compiler";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { displayPath } from "../project/display-paths.ts";
import { openSource } from "../project/open-source.ts";
import { writeWhole } from "../project/write-file.ts";
import { compileSource } from "./compile-source.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

const usualOutput = "plan.json";

export async function build(call: Call<"build">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const source = await openSource(call.arguments.file, surroundings);
  if (source.kind === "wrong") return wrongCall(surroundings, source.why);
  const compiled = compileSource(source, options, surroundings);
  if (compiled.kind === "ended") return compiled.code;

  const output = options.output ?? usualOutput;
  if (output === "-") {
    surroundings.stdout.write(compiled.text);
  } else {
    const path = resolve(surroundings.folder, output);
    const problem = await writeWhole(path, compiled.text);
    if (problem !== undefined) return wrongCall(surroundings, `can't write ${output}: ${problem}.`);
    surroundings.stderr.write(
      `wrote ${displayPath(path, surroundings.folder, surroundings.folder)} (${compiled.plan.digest})\n`,
    );
  }
  return noteLock(compiled.lock, resolve(source.root, lockFileName), call);
}

/** Writes the lock where it changed. A build from standard input belongs to no project, and notes nothing. */
async function noteLock(lock: string | undefined, path: string, call: Call<"build">): Promise<ExitCode> {
  if (lock === undefined || call.arguments.file === "-") return exitCode.done;
  const problem = await writeWhole(path, lock);
  if (problem === undefined) return exitCode.done;
  return wrongCall(call.surroundings, `can't write ${displayPath(path, "/", call.surroundings.folder)}: ${problem}.`);
}
