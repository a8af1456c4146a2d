// The content of a run: checked before the first effect, copied into a cache by its hash, verified once a boot, and used from
// there. Nothing that was not verified is ever given to a step.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, type Stats } from "node:fs";
import { chmod, lstat, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { contentPathKey, contentPathProblem } from "../plan/content-path.ts";
import type { Plan, PlanContent, PlanFile } from "../plan/format.ts";
import { errorText, isAbsent } from "../system/error-text.ts";

export interface ContentStore {
  /** A folder with exactly the files of the manifest, or why there is none, as a sentence. */
  prepare(index: number): Promise<ReadyContent | { readonly problem: string }>;
  /** What lacks or is wrong, as a sentence; null: nothing. Hashes the copy in the cache, or all of the source. */
  check(index: number): Promise<string | null>;
}

export interface ReadyContent {
  readonly folder: string;
  /** Of content that is one file: its path. */
  readonly file: string;
}

/** What a file looked like when it was verified: another size or time means that someone wrote into it. */
type Fingerprint = string;

export function createContentStore(plan: Plan, contentRoot: string, cacheFolder: string): ContentStore {
  const verified = new Map<number, { readonly folder: string; readonly prints: readonly Fingerprint[] }>();
  const underway = new Map<number, Promise<ReadyContent | { readonly problem: string }>>();
  const cachedFolder = (content: PlanContent): string =>
    join(cacheFolder, (content.digest ?? "").replace(/^sha256:/, ""));
  const prepare = async (index: number): Promise<ReadyContent | { readonly problem: string }> => {
    const content = plan.content[index];
    if (content === undefined) return { problem: `The plan has no content number ${index}.` };
    const problem = manifestProblem(content);
    if (problem !== null) return { problem };
    const folder = cachedFolder(content);
    const ready = { folder, file: join(folder, content.files[0]?.path ?? "") };
    if (await isCached(index, content, folder)) return ready;
    const lacking = await fetchContent(content, sourceOf(content, contentRoot), folder);
    if (lacking !== null) return { problem: lacking };
    verified.set(index, { folder, prints: await fingerprints(folder, content) });
    return ready;
  };
  /** Hashes the copy unless it is as it was when that was done last. */
  const isCached = async (index: number, content: PlanContent, folder: string): Promise<boolean> => {
    const known = verified.get(index);
    const prints = await fingerprints(folder, content);
    if (known !== undefined && samePrints(known.prints, prints)) return true;
    verified.delete(index);
    if (prints.includes("") || (await filesProblem(content, folder, exactly)) !== null) return false;
    verified.set(index, { folder, prints });
    return true;
  };
  return {
    prepare(index) {
      const running = underway.get(index) ?? prepare(index).finally(() => underway.delete(index));
      underway.set(index, running);
      return running;
    },
    async check(index) {
      const content = plan.content[index];
      if (content === undefined) return `The plan has no content number ${index}.`;
      const problem = manifestProblem(content);
      if (problem !== null) return problem;
      if (await isCached(index, content, cachedFolder(content))) return null;
      return filesProblem(content, sourceOf(content, contentRoot), atLeast);
    },
  };
}

/** Content of one file is declared by the file itself, everything else by its folder. */
function sourceOf(content: PlanContent, contentRoot: string): string {
  const path = join(contentRoot, ...content.source.split("/"));
  return isSingleFile(content) ? dirname(path) : path;
}

function isSingleFile(content: PlanContent): boolean {
  const [only, ...more] = content.files;
  return (
    content.kind !== "package" &&
    more.length === 0 &&
    only !== undefined &&
    content.source.split("/").at(-1) === only.path
  );
}

function manifestProblem(content: PlanContent): string | null {
  const named = `The ${content.kind} ${content.name}`;
  if (content.digest === undefined || !/^(?:sha256:)?[0-9a-f]{64}$/.test(content.digest)) {
    return `${named} (${content.source}) lies in another system: the plan does not know its files.`;
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(content.source))
    return `${named} lies at ${content.source}, which can't be fetched from.`;
  // A source may climb out of the project; it was written by the author. Files of a manifest may not climb out of their folder.
  if (content.source.startsWith("/") || content.source.includes("\0")) return `${named} has no usable source.`;
  const keys = new Set<string>();
  for (const { path } of content.files) {
    const problem = contentPathProblem(path);
    if (problem !== null) return `${named} lists a file whose path ${problem}: ${JSON.stringify(path)}.`;
    const key = contentPathKey(path);
    if (keys.has(key)) return `${named} lists two files that differ in case alone: ${path}.`;
    keys.add(key);
  }
  return null;
}

type Strictness = "exactly" | "at least";
const exactly: Strictness = "exactly";
const atLeast: Strictness = "at least";

/** The first thing that is wrong; `exactly`: nothing else may lie there either. */
async function filesProblem(content: PlanContent, folder: string, strictness: Strictness): Promise<string | null> {
  const named = `The ${content.kind} ${content.name}`;
  for (const file of content.files) {
    const path = join(folder, ...file.path.split("/"));
    const problem = await fileProblem(path, folder, file);
    if (problem !== null) return `${named} is not as the plan knows it: ${path}: ${problem}.`;
  }
  if (strictness === "exactly") {
    const found = await countFiles(folder);
    if (found !== content.files.length) return `${named} has ${found} files in the cache, not ${content.files.length}.`;
  }
  return null;
}

async function fileProblem(path: string, folder: string, file: PlanFile): Promise<string | null> {
  try {
    const plain = await withoutLinks(path, folder);
    if (plain !== null) return plain;
    const { size } = await stat(path);
    if (size !== file.size) return `it has ${size} bytes, not ${file.size}`;
    return (await hashOf(path)) === file.sha256 ? null : "its contents differ";
  } catch (error) {
    return errorText(error);
  }
}

/** No part of the path below the folder may be a link, and the end must be a plain file. */
async function withoutLinks(path: string, folder: string): Promise<string | null> {
  for (let part = path; part.length > folder.length; part = dirname(part)) {
    const status = await lstat(part);
    if (status.isSymbolicLink()) return part === path ? "it is a link" : "a folder above it is a link";
    if (part === path && !status.isFile()) return "it is not a file";
  }
  return null;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

async function countFiles(folder: string): Promise<number> {
  let count = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    count += entry.isDirectory() ? await countFiles(join(folder, entry.name)) : 1;
  }
  return count;
}

async function fingerprints(folder: string, content: PlanContent): Promise<readonly Fingerprint[]> {
  const prints: Fingerprint[] = [];
  for (const { path } of content.files) {
    try {
      prints.push(printOf(await lstat(join(folder, ...path.split("/")))));
    } catch {
      prints.push("");
    }
  }
  return prints;
}

function printOf(status: Stats): Fingerprint {
  return `${status.ino} ${status.size} ${status.mtimeMs} ${status.ctimeMs} ${status.mode}`;
}

function samePrints(a: readonly Fingerprint[], b: readonly Fingerprint[]): boolean {
  return a.length === b.length && a.every((print, i) => print !== "" && print === b[i]);
}

/** Copies into `.partial`, hashing while it writes, and renames. The problem as a sentence; null: it is there. */
async function fetchContent(content: PlanContent, source: string, folder: string): Promise<string | null> {
  const partial = `${folder}.partial`;
  const named = `The ${content.kind} ${content.name}`;
  try {
    await removeTree(partial);
    await removeTree(folder);
    await mkdir(partial, { recursive: true, mode: 0o755 });
    // Whatever mask the process has: the accounts of steps read content.
    await chmod(dirname(folder), 0o755);
    const folders = new Set<string>([partial]);
    for (const file of content.files) {
      const from = join(source, ...file.path.split("/"));
      const to = join(partial, ...file.path.split("/"));
      for (let parent = dirname(to); parent.length > partial.length; parent = dirname(parent)) folders.add(parent);
      await mkdir(dirname(to), { recursive: true, mode: 0o755 });
      const problem = await copyVerified(from, source, to, file);
      if (problem !== null) return `${named} could not be taken: ${from}: ${problem}.`;
    }
    await rename(partial, folder);
    await syncFolder(dirname(folder));
    for (const path of [...folders].reverse()) await chmod(folder + path.slice(partial.length), 0o555);
    return null;
  } catch (error) {
    return isAbsent(error)
      ? `${named} is missing: ${source}.`
      : `${named} could not be copied into the cache ${dirname(folder)}: ${errorText(error)}.`;
  } finally {
    await removeTree(partial);
  }
}

async function copyVerified(from: string, root: string, to: string, file: PlanFile): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    const plain = await withoutLinks(from, root);
    if (plain !== null) return plain;
  } catch (error) {
    return errorText(error);
  }
  let size = 0;
  await pipeline(
    createReadStream(from),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(to, { flags: "wx", mode: 0o600 }),
  );
  if (size !== file.size || hash.digest("hex") !== file.sha256) return "its contents are not those that the plan knows";
  const handle = await open(to, "r+");
  try {
    await handle.chmod(file.executable ? 0o555 : 0o444);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return null;
}

async function syncFolder(path: string): Promise<void> {
  // Windows can't sync a folder.
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Read-only folders, too. */
async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch {
    await unlockFolders(path);
    await rm(path, { recursive: true, force: true });
  }
}

async function unlockFolders(path: string): Promise<void> {
  await chmod(path, 0o755);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await unlockFolders(join(path, entry.name));
  }
}
