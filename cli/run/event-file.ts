// The file of `--events`: one JSON object a line, appended as events come, so that others can follow it.
import { closeSync, openSync, writeSync } from "node:fs";
import type { RunEvent } from "@sequitur/runtime";
import { systemReason } from "../project/disk-read.ts";

export interface EventFile {
  write(event: RunEvent): void;
  close(): void;
}

/** Opens the file for appending; a clause that says why it can't. `onLost` is called once if writing fails later. */
export function openEventFile(path: string, onLost: (why: string) => void): EventFile | string {
  let descriptor: number;
  try {
    descriptor = openSync(path, "a", 0o600);
  } catch (error) {
    return systemReason(error);
  }
  let lost = false;
  return {
    write(event) {
      if (lost) return;
      try {
        writeSync(descriptor, `${JSON.stringify(event)}\n`);
      } catch (error) {
        // The run is worth more than its copy: the journal has everything.
        lost = true;
        onLost(systemReason(error));
      }
    },
    close: () => closeSync(descriptor),
  };
}
