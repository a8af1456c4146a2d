// One result on disk: a digest of the rest, a line of JSON, and a text as it is. Whatever is wrong with a file, it counts as
// absent: a cache saves time and says nothing.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "./answers.ts";
import type { Question } from "./answers.ts";

export interface Entry {
  /** What was asked for, whole: two keys may share a name. */
  readonly key: string;
  readonly questions: readonly Question[];
  readonly result: unknown;
  /** A long text that is a part of the result; empty if there is none. */
  readonly text: string;
}

/** A larger result is not kept. */
const sizeCap = 64 * 1024 * 1024;
/** Of all files together, and how many of them: the oldest go first. */
const folderCap = 256 * 1024 * 1024;
const filesCap = 500;
const extension = ".entry";

function pathOf(folder: string, key: string): string {
  return join(folder, `${sha256(key)}${extension}`);
}

/** Undefined for none that can be used. */
export function readEntry(folder: string, key: string): Entry | undefined {
  try {
    const bytes = readFileSync(pathOf(folder, key), "utf8");
    const first = bytes.indexOf("\n");
    const second = bytes.indexOf("\n", first + 1);
    const rest = bytes.slice(first + 1);
    if (first < 0 || second < 0 || sha256(rest) !== bytes.slice(0, first)) return undefined;
    // The digest says that it is whole, and only writeEntry writes it: its shape is that of an entry.
    const entry = JSON.parse(bytes.slice(first + 1, second)) as Omit<Entry, "text">;
    return entry.key === key ? { ...entry, text: bytes.slice(second + 1) } : undefined;
  } catch {
    return undefined;
  }
}

/** Puts it in the place of an older one, whole or not at all; what goes wrong is nobody's business. */
export function writeEntry(folder: string, entry: Entry): void {
  const { text, ...head } = entry;
  const path = pathOf(folder, entry.key);
  const beside = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const rest = `${JSON.stringify(head)}\n${text}`;
    if (rest.length > sizeCap) return;
    writeFileSync(beside, `${sha256(rest)}\n${rest}`, { flag: "wx", mode: 0o600 });
    renameSync(beside, path);
    prune(folder);
  } catch {
    removeQuietly(beside);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Another write takes it away, once the folder lets itself be written to.
  }
}

/** Takes the oldest away until what is left is within the caps. Another process may do the same. */
function prune(folder: string): void {
  const names = readdirSync(folder);
  let total = 0;
  const files: { readonly path: string; readonly size: number; readonly time: number }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() !== true) continue;
    files.push({ path, size: stat.size, time: stat.mtimeMs });
    total += stat.size;
  }
  if (total <= folderCap && files.length <= filesCap) return;
  files.sort((left, right) => left.time - right.time);
  let count = files.length;
  for (const { path, size } of files) {
    if (total <= folderCap / 2 && count <= filesCap / 2) return;
    removeQuietly(path);
    total -= size;
    count -= 1;
  }
}
