// While a program writes straight into its files: keeps them below the limit, and tells people the last line now and then.
import { closeSync, fstatSync, openSync, readSync, truncateSync } from "node:fs";

/** Bytes after which an output file starts anew. */
const fileLimit = 1024 ** 3;
const interval = 1000;
const tail = 4096;

/** Looks once a second until it is stopped. */
export function watchOutput(
  files: { readonly stdout: string; readonly stderr: string },
  progress: (line: string) => void,
): () => void {
  const sizes = new Map<string, number>();
  const look = (): void => {
    for (const path of [files.stdout, files.stderr]) {
      const seen = readTail(path, sizes.get(path) ?? 0);
      if (seen === null) continue;
      sizes.set(path, seen.size);
      if (seen.size > fileLimit) truncateSync(path, 0);
      const line = seen.text.split(/[\r\n]+/).findLast((text) => text.trim() !== "");
      if (line !== undefined) progress(line.trim());
    }
  };
  const timer = setInterval(look, interval);
  return () => clearInterval(timer);
}

/** The end of what was added since; null: nothing was, or the file can't be read. */
function readTail(path: string, known: number): { readonly size: number; readonly text: string } | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, "r");
    const { size } = fstatSync(descriptor);
    if (size <= known) return null;
    const start = Math.max(known, size - tail);
    const bytes = Buffer.alloc(size - start);
    readSync(descriptor, bytes, 0, bytes.length, start);
    return { size, text: bytes.toString("utf8") };
  } catch {
    return null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
