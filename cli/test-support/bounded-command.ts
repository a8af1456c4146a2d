// Calls the shipped command as a process with little memory and little time, as hostile input must leave it enough of.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../dist/sequitur.mjs", import.meta.url));

/** Megabytes of heap: a tenth of what a machine has that runs continuous integration. */
const memory = 640;
/** Milliseconds, with room for a busy machine; none of the calls takes a tenth of it on a quiet one. */
const patience = 60_000;
/** What may be written, in bytes. */
const mostOutput = 4 * 1024 * 1024;

export interface BoundedCall {
  /** The exit code, or what ended the process: `SIGKILL` when time ran out, `SIGABRT` when memory did. */
  readonly ended: number | string;
  readonly output: string;
}

/** Calls `sequitur` in a folder with standard input closed, or a text on it. */
export function callBounded(folder: string, args: readonly string[], input: string | Uint8Array = ""): BoundedCall {
  const called = spawnSync(process.execPath, [`--max-old-space-size=${memory}`, command, ...args], {
    cwd: folder,
    input,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: folder, NO_COLOR: "1", SEQUITUR_STATE: join(folder, "state") },
    timeout: patience,
    killSignal: "SIGKILL",
    maxBuffer: mostOutput,
  });
  return { ended: called.status ?? called.signal ?? "not started", output: called.stdout + called.stderr };
}

/** Whether the command came to an end of its own, and not to that of a defect. */
export function endedWell({ ended, output }: BoundedCall): boolean {
  return (ended === 0 || ended === 1 || ended === 2 || ended === 4) && !output.includes("internal error");
}
