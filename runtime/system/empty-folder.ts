// The empty folder that a step without a working folder of its own runs in. Making and removing one for each step costs more
// than starting the program, so one that was left empty serves the next step too.
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

export interface EmptyFolders {
  /** An empty folder: the one that was given back last, or a new one by this name. */
  take(name: string): string;
  /** It is no longer needed: stays if it is empty now, goes with all in it if it is not. */
  giveBack(path: string): void;
}

export function createEmptyFolders(parent: string): EmptyFolders {
  let free: string | null = null;
  return {
    take(name) {
      const path = free;
      free = null;
      if (path !== null) return path;
      const made = join(parent, name);
      rmSync(made, { recursive: true, force: true });
      mkdirSync(made, { mode: 0o700, recursive: true });
      return made;
    },
    giveBack(path) {
      if (free === null && isEmpty(path)) free = path;
      else rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function isEmpty(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    // The step has removed it.
    return false;
  }
}
