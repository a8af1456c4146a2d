// While a program writes straight into its files: keeps them below the limit, tells what comes in, and people the last line
// now and then.
import { closeSync, fstatSync, openSync, readSync, statSync, truncateSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** Bytes after which an output file starts anew. */
const fileLimit = 1024 ** 3;
const interval = 1000;
/** Of output that comes in faster than this in one look, the end is told. */
const mostTold = 64 * 1024;

export type OutputStream = "stdout" | "stderr";

export interface OutputListener {
  /** What was written since the last look; whole characters. */
  output(stream: OutputStream, text: string): void;
  /** A line for people, who wait: none at the end. */
  progress(line: string): void;
}

export interface OutputWatch {
  /** Looks a last time. */
  stop(): void;
  /** A file grew past the limit and was started anew: what was in it is lost. */
  readonly isCut: boolean;
}

/** Looks once a second until it is stopped, and then once more. `limit`: bytes after which a file starts anew. */
export function watchOutput(
  files: { readonly stdout: string; readonly stderr: string },
  listener: OutputListener,
  limit: number = fileLimit,
): OutputWatch {
  const watched = (["stdout", "stderr"] as const).map((stream) => ({
    ...{ stream, path: files[stream], decoder: new StringDecoder("utf8") },
    size: sizeOf(files[stream]),
  }));
  let isCut = false;
  const look = (isOver: boolean): void => {
    for (const file of watched) {
      const size = sizeOf(file.path);
      // It was started anew, by us or by the program.
      if (size < file.size) file.size = 0;
      if (size === file.size) continue;
      const added = readFrom(file.path, Math.max(file.size, size - mostTold), size);
      file.size = size;
      if (size > limit) {
        truncateSync(file.path, 0);
        isCut = true;
      }
      const text = file.decoder.write(added);
      if (text !== "") listener.output(file.stream, text);
      const line = text.split(/[\r\n]+/).findLast((part) => part.trim() !== "");
      if (line !== undefined && !isOver) listener.progress(line.trim());
    }
  };
  const timer = setInterval(() => look(false), interval);
  return {
    stop() {
      clearInterval(timer);
      look(true);
    },
    get isCut() {
      return isCut;
    },
  };
}

/** Zero: nothing was written yet. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function readFrom(path: string, start: number, end: number): Buffer {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, "r");
    const bytes = Buffer.alloc(Math.max(0, Math.min(end, fstatSync(descriptor).size) - start));
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, start));
  } catch {
    // It went away, or can't be read: it has nothing to tell.
    return Buffer.alloc(0);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
