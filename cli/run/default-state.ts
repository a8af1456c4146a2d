// Where the runs of a call are kept.
import { resolve } from "node:path";
import { defaultStateFolder } from "@sequitur/runtime";
import type { Surroundings } from "../surroundings.ts";

/** The state folder of a call: `--state`, else that of the machine or the user. */
export function stateFolderOf(state: string | undefined, surroundings: Surroundings): string {
  return state === undefined ? defaultStateFolder(surroundings) : resolve(surroundings.folder, state);
}
