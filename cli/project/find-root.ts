// Which folder a file's project starts at.
import { statSync } from "node:fs";
import { dirname, join } from "node:path";

export const configurationName = "sequitur.json";

/** The folder of the outermost sequitur.json at or above `folder`; undefined if there is none. Paths are absolute. */
export function outermostProject(folder: string): string | undefined {
  let found: string | undefined;
  for (let current = folder; ; current = dirname(current)) {
    if (isFile(join(current, configurationName))) found = current;
    if (dirname(current) === current) return found;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // What can't be looked at is not this user's project.
    return false;
  }
}
