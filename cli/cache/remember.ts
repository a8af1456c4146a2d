// Results that are kept from call to call: taken when everything they rest on is as it was, else computed and kept.
import type { CompilerHost } from "@sequitur/compiler";
import type { Surroundings } from "../surroundings.ts";
import { askAgain } from "./answers.ts";
import { cacheFolder, isOwnFolder, openFolder } from "./cache-folder.ts";
import { readEntry, writeEntry } from "./entry-file.ts";
import { programIdentity } from "./program-identity.ts";
import { recordingHost } from "./recording-host.ts";

/** What is asked for; with the same of all this and the same answers of the host the result is the same. */
export interface Task {
  readonly command: "check" | "build";
  /** Absolute path of the project. */
  readonly root: string;
  readonly paths: readonly string[];
  /** Whatever else the result depends on, as plain data. */
  readonly settings: unknown;
}

/** A result as it is kept: plain data, and a long text if it has one. */
export interface Kept<R> {
  readonly result: R;
  readonly text: string;
  /** False: it rests on more than the host has told, and is computed again the next time. */
  readonly keep?: false;
}

export interface Memory {
  /** Of the program that computes: another one may find something else. */
  readonly identity: string;
  readonly folder: string;
  readonly platform: Surroundings["platform"];
}

/** Undefined where nothing may be kept: it was said so, there is no place for it, or the program is not a built one. */
export function openMemory(noCache: boolean, surroundings: Surroundings): Memory | undefined {
  const identity = programIdentity();
  const folder = cacheFolder(surroundings);
  if (noCache || identity === undefined || folder === undefined) return undefined;
  return { identity, folder, platform: surroundings.platform };
}

/**
 * The result of a task. `compute` gets a host that it must ask for everything; what it gives must survive JSON.
 */
export async function remember<R>(
  memory: Memory | undefined,
  task: Task,
  host: CompilerHost,
  compute: (host: CompilerHost) => Promise<Kept<R>>,
): Promise<Kept<R>> {
  if (memory === undefined) return compute(host);
  const key = JSON.stringify([memory.identity, process.version, process.platform, task]);
  const known = isOwnFolder(memory.folder, memory.platform) ? readEntry(memory.folder, key) : undefined;
  const same = known === undefined ? undefined : askAgain(known.questions, host, task.root);
  if (known !== undefined && same !== undefined) {
    if (same !== known.questions) writeEntry(memory.folder, { ...known, questions: same });
    // It is what `compute` of the same program gave for the same key.
    return { result: known.result as R, text: known.text };
  }
  const recording = recordingHost(host, task.root);
  const computed = await compute(recording.host);
  const questions = recording.questions();
  if (computed.keep !== false && questions !== undefined && openFolder(memory.folder, memory.platform)) {
    writeEntry(memory.folder, { key, questions, result: computed.result, text: computed.text });
  }
  return computed;
}
