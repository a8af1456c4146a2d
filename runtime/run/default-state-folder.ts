// Where a machine keeps its runs when the call does not say.
import { join } from "node:path";

/** What the default depends on. */
export interface StateFolderPlace {
  readonly platform: string;
  readonly isRoot: boolean;
  readonly environment: { readonly [name: string]: string | undefined };
  /** Absolute. */
  readonly homeFolder: string;
}

/** The machine's state folder for root, else the user's (XDG Base Directory Specification). */
export function defaultStateFolder({ platform, isRoot, environment, homeFolder }: StateFolderPlace): string {
  if (platform === "win32") {
    return join(environment["ProgramData"] ?? environment["PROGRAMDATA"] ?? "C:\\ProgramData", "Sequitur");
  }
  if (isRoot) return "/var/lib/sequitur";
  const stateHome = environment["XDG_STATE_HOME"] ?? "";
  // The specification: a relative path counts as none.
  return join(stateHome.startsWith("/") ? stateHome : join(homeFolder, ".local", "state"), "sequitur");
}
