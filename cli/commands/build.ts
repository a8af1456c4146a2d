// `sequitur build FILE`: compiles to a plan and notes content in sequitur.lock.
import { resolve } from "node:path";
import type { Compiled } from "@sequitur/compiler";
import { openMemory, remember } from "../cache/remember.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { displayPath, inputName } from "../project/display-paths.ts";
import { openSource } from "../project/open-source.ts";
import type { OpenedSource } from "../project/open-source.ts";
import { writeWhole } from "../project/write-file.ts";
import { reportFindings } from "./report-findings.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

const usualOutput = "plan.json";

export async function build(call: Call<"build">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const source = await openSource(call.arguments.file, surroundings);
  if (source.kind === "wrong") return wrongCall(surroundings, source.why);
  const compiled = await compileRemembered(source, call);
  if (compiled.kind === "ended") return compiled.code;

  const output = options.output ?? usualOutput;
  if (output === "-") {
    surroundings.stdout.write(compiled.text);
  } else {
    const path = resolve(surroundings.folder, output);
    const problem = await writeWhole(path, compiled.text);
    if (problem !== undefined) return wrongCall(surroundings, `can't write ${output}: ${problem}.`);
    surroundings.stderr.write(
      `wrote ${displayPath(path, surroundings.folder, surroundings.folder)} (${compiled.digest})\n`,
    );
  }
  return noteLock(compiled.lock, source.root, call);
}

type BuiltPlan =
  | {
      readonly kind: "plan";
      readonly digest: string;
      /** Its bytes. */
      readonly text: string;
      /** The new text of sequitur.lock; undefined if it stays as it is. */
      readonly lock: string | undefined;
    }
  /** It has been said why. */
  | { readonly kind: "ended"; readonly code: ExitCode };

/** What compiling gave, without what only the compiler itself reads. */
interface KeptPlan extends Pick<Compiled, "diagnostics" | "lock"> {
  readonly digest?: string;
}

/** Findings go to standard error, warnings too; with an error among them there is no plan. */
async function compileRemembered(source: OpenedSource, call: Call<"build">): Promise<BuiltPlan> {
  const { surroundings, options } = call;
  const { root, path } = source;
  const settings = {
    ...(options.sequence === undefined ? {} : { sequence: options.sequence }),
    ...(options.locked ? { locked: true } : {}),
  };
  const memory = path === inputName ? undefined : openMemory(options.noCache, surroundings);
  const task = { command: "build", root, paths: [path], settings } as const;
  const { result, text } = await remember(memory, task, source.host, async (host) => {
    const { compile } = await import("@sequitur/compiler");
    const compiled = compile(host, path, settings);
    const kept: KeptPlan = {
      diagnostics: compiled.diagnostics,
      ...(compiled.lock === undefined ? {} : { lock: compiled.lock }),
      ...(compiled.plan === undefined ? {} : { digest: compiled.plan.digest }),
    };
    return { result: kept, text: compiled.text ?? "" };
  });
  reportFindings(result.diagnostics, source, options.color, surroundings);
  if (result.digest === undefined) return { kind: "ended", code: exitCode.problem };
  return { kind: "plan", digest: result.digest, text, lock: result.lock };
}

/** Writes the lock where it changed. A build from standard input belongs to no project, and notes nothing. */
async function noteLock(lock: string | undefined, root: string, call: Call<"build">): Promise<ExitCode> {
  if (lock === undefined || call.arguments.file === "-") return exitCode.done;
  const { lockFileName } = await import("@sequitur/compiler");
  const path = resolve(root, lockFileName);
  const problem = await writeWhole(path, lock);
  if (problem === undefined) return exitCode.done;
  return wrongCall(call.surroundings, `can't write ${displayPath(path, "/", call.surroundings.folder)}: ${problem}.`);
}
