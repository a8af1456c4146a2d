// What a run leaves on disk, under the state folder: `runs/<id>/{journal,plan.json,out/,work/}`, `keys/<id>.key`, `lock`.
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

export interface RunFolder {
  readonly id: string;
  readonly folder: string;
  readonly journal: string;
  readonly plan: string;
  /** Where the output of steps lies. */
  readonly logs: string;
}

/** Where the parts of a run lie. */
export function runFolderOf(stateFolder: string, id: string): RunFolder {
  const folder = join(stateFolder, "runs", id);
  const inside = (name: string): string => join(folder, name);
  return { id, folder, journal: inside("journal"), plan: inside("plan.json"), logs: inside("out") };
}

/** `20261122-193000-3f9a`: sorts by time. */
export function createRunId(wallClock: number): string {
  const digits = new Date(wallClock).toISOString().replace(/[-:]/g, "");
  return `${digits.slice(0, 8)}-${digits.slice(9, 15)}-${randomBytes(2).toString("hex")}`;
}

/** Is the text an id of a run? Ids become names of folders. */
export function isRunId(text: string): boolean {
  return /^[0-9]{8}-[0-9]{6}-[0-9a-f]{4}$/.test(text);
}

/**
 * Makes the state folder: runs and keys for its owner alone. Through the folder itself the accounts of steps reach the
 * content; what it holds they can't list. One that was there already keeps its mode: it may be anything.
 */
export function makeStateFolder(stateFolder: string): void {
  const made = mkdirSync(stateFolder, { recursive: true, mode: 0o711 });
  if (made !== undefined) chmodSync(stateFolder, 0o711);
  for (const name of ["runs", "keys"]) mkdirSync(join(stateFolder, name), { recursive: true, mode: 0o700 });
}

/** Makes the folder of a new run and writes the plan into it, durable. */
export function makeRunFolder(stateFolder: string, id: string, planText: string): RunFolder {
  const run = runFolderOf(stateFolder, id);
  // One by one: of a folder that it makes on the way, the system does not say why it can't.
  for (const made of [run.folder, run.logs, join(run.folder, "work")]) mkdirSync(made, { mode: 0o700 });
  writeDurably(run.plan, Buffer.from(planText, "utf8"));
  return run;
}

/** Makes the names in a folder durable. Where a folder can't be synced (Windows), the system sees to it. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Ids of the runs, oldest first. */
export function runIds(stateFolder: string): readonly string[] {
  try {
    return readdirSync(join(stateFolder, "runs")).filter(isRunId).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

// ---- keys ------------------------------------------------------------------------------------------------------------

function keyFileOf(stateFolder: string, id: string): string {
  return join(stateFolder, "keys", `${id}.key`);
}

/** Keeps the key that seals a run's secrets, apart from its journal. */
export function writeKey(stateFolder: string, id: string, key: Buffer): void {
  writeDurably(keyFileOf(stateFolder, id), key);
  syncFolder(join(stateFolder, "keys"));
}

/** Null: it is gone; the run has ended. */
export function readKey(stateFolder: string, id: string): Buffer | null {
  try {
    const key = readFileSync(keyFileOf(stateFolder, id));
    return key.length === 32 ? key : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Overwrites and removes the key; what it sealed stays closed for good. */
export function eraseKey(stateFolder: string, id: string): void {
  const file = keyFileOf(stateFolder, id);
  if (readKey(stateFolder, id) === null) return;
  const fd = openSync(file, "r+");
  try {
    writeSync(fd, randomBytes(statSync(file).size), 0);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  rmSync(file, { force: true });
}

function writeDurably(file: string, bytes: Buffer): void {
  const fd = openSync(file, "wx", 0o600);
  try {
    for (let offset = 0; offset < bytes.length;) offset += writeSync(fd, bytes, offset);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** True: the error says that a file or folder is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
