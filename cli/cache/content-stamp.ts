// What content looks like from outside: names, sizes, times, file numbers. Packages may hold gigabytes, so that they are not
// hashed again while nothing of this has changed.
import { lstatSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { createHash } from "node:crypto";

/**
 * How long a file must have been left alone: some file systems note times in steps of two seconds, and a change within the
 * step in which the stamp was taken would not show.
 */
const restInMilliseconds = 3000;

/**
 * The stamp of a file, or of all below a folder; undefined where it can't be looked at, or where something in it changed so
 * recently that a further change might not show. Size and time of a change (which no program can set) tell a changed file,
 * the file number one that was put in its place. `now` in milliseconds since 1970.
 */
export function stampContent(root: string, path: string, now: number = Date.now()): string | undefined {
  const latest = BigInt(now - restInMilliseconds) * 1_000_000n;
  const hash = createHash("sha256");
  try {
    const top = resolve(root, path);
    const open = [""];
    for (let below = open.pop(); below !== undefined; below = open.pop()) {
      const stat = lstatSync(join(top, below), { bigint: true });
      if (stat.ctimeNs > latest || stat.mtimeNs > latest) return undefined;
      hash.update(
        JSON.stringify([below, ...[stat.mode, stat.size, stat.mtimeNs, stat.ctimeNs, stat.ino, stat.dev].map(String)]),
      );
      if (stat.isDirectory()) for (const name of readdirSync(join(top, below)).sort()) open.push(join(below, name));
    }
    return hash.digest("base64url");
  } catch {
    // Whoever reads the content learns why it can't be read.
    return undefined;
  }
}
