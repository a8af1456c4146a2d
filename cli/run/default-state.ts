// Where a machine keeps its runs when the call does not say.
import { join, resolve } from "node:path";
import type { Surroundings } from "../surroundings.ts";

/** The state folder of a call: `--state`, else the machine's for root, else the user's (XDG Base Directory). */
export function stateFolderOf(state: string | undefined, surroundings: Surroundings): string {
  if (state !== undefined) return resolve(surroundings.folder, state);
  const { environment } = surroundings;
  if (surroundings.platform === "win32") {
    return join(environment["ProgramData"] ?? environment["PROGRAMDATA"] ?? "C:\\ProgramData", "Sequitur");
  }
  if (surroundings.isRoot) return "/var/lib/sequitur";
  const stateHome = environment["XDG_STATE_HOME"] ?? "";
  // The specification: a relative path counts as none.
  return join(stateHome.startsWith("/") ? stateHome : join(surroundings.homeFolder, ".local", "state"), "sequitur");
}
