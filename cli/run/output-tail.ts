// The end of what a step wrote, from the files that the runtime keeps for each execution.
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

export type OutputStream = "stdout" | "stderr";

const tailBytes = 16 * 1024;
const tailLines = 12;
/** Progress bars can write lines without end. */
const lineLength = 2000;

/** Where the output of an execution lies, if it wrote any. */
export function outputFile(runFolder: string, execution: number, stream: OutputStream): string | undefined {
  const path = join(runFolder, "out", `${execution}.${stream}`);
  try {
    return statSync(path).size > 0 ? path : undefined;
  } catch {
    // A step without a process has no output.
    return undefined;
  }
}

/** The last lines of an execution's output, what it wrote to its error stream last. */
export function outputTail(runFolder: string, execution: number): readonly string[] {
  const files = (["stdout", "stderr"] as const).map((stream) => outputFile(runFolder, execution, stream));
  return files.flatMap((path) => (path === undefined ? [] : lastLines(path)));
}

function lastLines(path: string): readonly string[] {
  let bytes: Buffer;
  try {
    bytes = readEnd(path);
  } catch {
    // The log may have been cleared away since; the rest of the report stands without it.
    return [];
  }
  const text = bytes.toString("utf8").trimEnd();
  const lines = text.split(/\r?\n/);
  // The first one is cut if the file is longer than what was read.
  const whole = bytes.length === tailBytes && lines.length > 1 ? lines.slice(1) : lines;
  return whole.slice(-tailLines).map((line) => line.slice(-lineLength));
}

function readEnd(path: string): Buffer {
  const descriptor = openSync(path, "r");
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    const count = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.subarray(0, count);
  } finally {
    closeSync(descriptor);
  }
}
