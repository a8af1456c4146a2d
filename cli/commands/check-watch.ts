// `sequitur check --watch`: checks again whenever something changes on the disk, until Ctrl-C. What a check is and what it
// prints is check.ts's.
import { watch } from "node:fs";
import type { FSWatcher } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ExitCode } from "../exit-code.ts";
import { systemReason } from "../project/disk-read.ts";
import { findSources } from "../project/find-sources.ts";
import type { Output, Surroundings } from "../surroundings.ts";
import { wrongCall } from "./wrong-call.ts";

/** An editor that saves a file changes it several times within so many milliseconds. */
const quietMilliseconds = 60;

/** Nothing in these folders is a source, and tools write to them all the time. */
const uninteresting = /(?:^|[\\/])(?:\.[^\\/]+|node_modules)(?:[\\/]|$)/;

/** Moves the cursor to the top of an empty screen, and forgets what was scrolled away. */
const clearScreen = "\u001b[2J\u001b[3J\u001b[H";

/**
 * Checks now and after each change; gives the last check's exit code when somebody interrupts. What it says is shown when it
 * is something else than before: where the output goes to a file of the project, its changes would come round for ever.
 */
export async function watchFiles(
  named: readonly string[],
  checkOnce: (stdout: Output) => Promise<ExitCode>,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const changes = new Changes();
  const stopListening = surroundings.onInterrupt(() => changes.stop());
  const watchers: FSWatcher[] = [];
  try {
    // What changes while the first check reads has to be seen: the watchers come before it.
    const why = startWatching(foldersOf(named, surroundings.folder), changes, watchers);
    if (why !== undefined) return wrongCall(surroundings, `the files can't be watched: ${why}.`);
    const { stdout, stderr } = surroundings;
    for (let shown: string | undefined; ;) {
      const said: string[] = [];
      const code = await checkOnce({ ...stdout, write: (text) => void said.push(text) });
      const text = said.join("");
      if (text !== shown) {
        if (shown !== undefined && stdout.isTerminal) stdout.write(clearScreen);
        stdout.write(text);
        stderr.write("watching for changes; Ctrl-C ends\n");
        shown = text;
      }
      if (!(await changes.next())) return code;
    }
  } finally {
    stopListening();
    for (const watcher of watchers) watcher.close();
  }
}

/** The whole projects, since an import or a configuration may lie beside what was named; none within another. */
function foldersOf(named: readonly string[], folder: string): readonly string[] {
  const roots = new Set(findSources(named, folder).projects.map(({ root }) => root));
  for (const name of named) if (roots.size === 0) roots.add(resolve(folder, name));
  return [...roots].filter((root) => {
    for (let above = dirname(root); above !== dirname(above); above = dirname(above)) {
      if (roots.has(above)) return false;
    }
    return true;
  });
}

/** A clause when a folder can't be watched. */
function startWatching(folders: readonly string[], changes: Changes, watchers: FSWatcher[]): string | undefined {
  try {
    for (const folder of folders) watchers.push(watchFolder(folder, changes));
    return undefined;
  } catch (error) {
    return systemReason(error);
  }
}

function watchFolder(folder: string, changes: Changes): FSWatcher {
  const watcher = watch(folder, { recursive: true }, (_event, name) => {
    if (name === null || !uninteresting.test(name)) changes.note();
  });
  // A folder that goes away is a change like any other; the check says what lacks.
  watcher.on("error", () => changes.note());
  return watcher;
}

/** Changes since the last check, as one: waits until for a moment there are no more. */
class Changes {
  private isDue = false;
  private isStopped = false;
  private timer: NodeJS.Timeout | undefined;
  private wake: (() => void) | undefined;

  note(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.isDue = true;
      this.wake?.();
    }, quietMilliseconds);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.isStopped = true;
    this.wake?.();
  }

  /** True when something has changed, false when it is over. */
  async next(): Promise<boolean> {
    if (!this.isDue && !this.isStopped) {
      await new Promise<void>((resolveNext) => {
        this.wake = resolveNext;
      });
    }
    this.isDue = false;
    return !this.isStopped;
  }
}
