// The empty folder that a step without a working folder of its own runs in. Making and removing one for each step costs more
// than starting the program, so one that was left empty serves again. Looking whether it was waits until the next step runs.
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

export interface EmptyFolders {
  /** An empty folder: one that was given back, or a new one by this name. */
  take(name: string): string;
  /** It is no longer needed: stays if it is empty, goes with all in it if it is not. */
  giveBack(path: string): void;
}

export function createEmptyFolders(parent: string): EmptyFolders {
  const free: string[] = [];
  return {
    take(name) {
      const path = free.pop();
      if (path !== undefined) return path;
      const made = join(parent, name);
      rmSync(made, { recursive: true, force: true });
      mkdirSync(made, { mode: 0o700, recursive: true });
      return made;
    },
    giveBack(path) {
      setImmediate(() => {
        if (isEmpty(path)) free.push(path);
        else rmSync(path, { recursive: true, force: true, maxRetries: 3 });
      });
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
