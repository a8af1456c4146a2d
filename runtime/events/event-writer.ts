// The event stream as a file: one JSON object a line.
import { closeSync, openSync, writeSync } from "node:fs";
import type { RunEvent } from "./event.ts";

export interface EventWriter {
  write(event: RunEvent): void;
  close(): void;
}

/** Adds events to a file, which is made for its owner alone if it does not exist. Throws what the file system says. */
export function createEventWriter(file: string): EventWriter {
  const fd = openSync(file, "a", 0o600);
  return {
    write: (event) => {
      writeSync(fd, `${JSON.stringify(event)}\n`);
    },
    close: () => closeSync(fd),
  };
}
