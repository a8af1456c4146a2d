// Which folder a file's project starts at.
import { dirname, join } from "node:path";
import { decodeText } from "./decode.ts";
import { readWhole } from "./disk-read.ts";

const configurationName = "sequitur.json";
const configurationCap = 1024 * 1024;

/**
 * The folder of the outermost sequitur.json at or above `folder`, looking no further out than one that says `root: true`;
 * undefined if there is none. Paths are absolute.
 */
export function outermostProject(folder: string): string | undefined {
  let found: string | undefined;
  for (let current = folder; ; current = dirname(current)) {
    const answer = readWhole(join(current, configurationName), configurationCap);
    if (answer.kind === "bytes") found = current;
    if (dirname(current) === current || (answer.kind === "bytes" && saysRoot(answer.bytes))) return found;
  }
}

function saysRoot(bytes: Uint8Array): boolean {
  const decoded = decodeText(bytes);
  if (decoded.kind === "wrong") return false;
  try {
    const value: unknown = JSON.parse(decoded.text);
    return typeof value === "object" && value !== null && "root" in value && value.root === true;
  } catch {
    // The compiler reports a broken configuration, with its place.
    return false;
  }
}
