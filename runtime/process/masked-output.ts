// Output that goes through the masker on its way to the disk: what is secret never lies there.
import { closeSync, openSync, writeSync } from "node:fs";
import type { Masker } from "../secrets/masker.ts";
import type { OutputTarget } from "./start.ts";

/** Streams that mask and append to the two files; `close` writes what was held back. */
export function maskedOutput(
  masker: Masker,
  stdout: string,
  stderr: string,
): { readonly target: Extract<OutputTarget, { kind: "streams" }>; close(): void } {
  const files = [stdout, stderr].map((path) => ({ descriptor: openSync(path, "a", 0o600), stream: masker.stream() }));
  const [out, err] = files;
  let closed = false;
  const write = (file: (typeof files)[number] | undefined, chunk: Buffer): void => {
    if (file !== undefined && !closed) writeAll(file.descriptor, file.stream.push(chunk));
  };
  return {
    target: { kind: "streams", stdout: (chunk) => write(out, chunk), stderr: (chunk) => write(err, chunk) },
    close() {
      // A descriptor that is closed soon belongs to another file.
      closed = true;
      for (const { descriptor, stream } of files) {
        writeAll(descriptor, stream.end());
        closeSync(descriptor);
      }
    },
  };
}

/** A full disk loses output, not the step: its outcome is the program's. */
function writeAll(descriptor: number, bytes: Buffer): void {
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
  } catch {
    return;
  }
}
