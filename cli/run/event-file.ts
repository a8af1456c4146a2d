// The file of `--events`: written as events come, so that others can follow it. What it lacks the journal has.
import { createEventWriter } from "@sequitur/runtime";
import type { EventWriter } from "@sequitur/runtime";
import { errorCode, systemReason } from "../project/disk-read.ts";

/** Opens the file for appending; a clause that says why it can't. `onLost` is called once if writing fails later. */
export function openEventFile(path: string, onLost: (why: string) => void): EventWriter | string {
  let writer: EventWriter;
  try {
    writer = createEventWriter(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return systemReason(error);
  }
  let lost = false;
  return {
    write(event) {
      if (lost) return;
      try {
        writer.write(event);
      } catch (error) {
        if (errorCode(error) === undefined) throw error;
        // The run is worth more than its copy.
        lost = true;
        onLost(systemReason(error));
      }
    },
    close: () => writer.close(),
  };
}
