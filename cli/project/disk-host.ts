// The compiler's view of a project on disk. Answers are kept for the life of the host, so that what was checked is what
// is shown and compiled, whatever an editor writes meanwhile.
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join, resolve, sep } from "node:path";
import type { CompilerHost, ContentAnswer, ContentFile, FileAnswer, TypeScriptReader } from "@sequitur/compiler";
import type { Surroundings } from "../surroundings.ts";
import { decodeText } from "./decode.ts";
import { errorCode, readWhole, systemReason } from "./disk-read.ts";

/** Source files and configurations: far above what people write, far below what fills a memory. */
export const textCap = 64 * 1024 * 1024;
/** Files of one package: past it somebody named a folder by mistake. */
const contentFilesCap = 1_000_000;
const hashChunk = 1024 * 1024;

/** A host whose paths start at `root`, an absolute path; `loadTypeScript` is called when a program needs it. */
export function diskHost(root: string, loadTypeScript?: Surroundings["loadTypeScript"]): CompilerHost {
  const texts = new Map<string, FileAnswer>();
  const contents = new Map<string, ContentAnswer>();
  let reader: TypeScriptReader | undefined;
  const host: CompilerHost = {
    readText: (path) => remember(texts, path, () => readText(resolve(root, path))),
    exists: (path) => existing(resolve(root, path)),
    readContent: (path) => remember(contents, path, () => readContent(resolve(root, path))),
    list: (folder) => namesIn(resolve(root, folder)),
    typescript: () => (reader ??= loadTypeScript?.()?.createTypeScriptReader(host, root)),
  };
  return host;
}

/** A host that answers for one file itself (standard input) and for all others as `below` does. */
export function overlayHost(below: CompilerHost, path: string, text: string): CompilerHost {
  return {
    ...below,
    readText: (asked) => (asked === path ? { kind: "text", text } : below.readText(asked)),
    exists: (asked) => (asked === path ? "file" : below.exists(asked)),
  };
}

function remember<T>(known: Map<string, T>, path: string, find: () => T): T {
  const before = known.get(path);
  if (before !== undefined) return before;
  const answer = find();
  known.set(path, answer);
  return answer;
}

function readText(path: string): FileAnswer {
  const answer = readWhole(path, textCap);
  if (answer.kind !== "bytes") return answer;
  const decoded = decodeText(answer.bytes);
  return decoded.kind === "text"
    ? decoded
    : { kind: "unreadable", why: `it is not valid UTF-8 (byte ${decoded.offset})` };
}

function existing(path: string): "file" | "folder" | "absent" {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? "folder" : stat.isFile() ? "file" : "absent";
  } catch {
    // Whatever keeps it from being looked at, nothing that can be used lies there.
    return "absent";
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    // The interface says so: suggestions may lack, the reason is said where the file itself is read.
    return [];
  }
}

function readContent(path: string): ContentAnswer {
  try {
    const stat = lstatSync(path);
    if (stat.isDirectory()) return hashFolder(path);
    if (!stat.isFile()) return { kind: "unreadable", why: `it is ${otherKind(stat)}` };
    const file = hashFile(path, path.slice(path.lastIndexOf(sep) + 1));
    return file === undefined ? { kind: "unreadable", why: "it is not a file any more" } : { kind: "file", file };
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return { kind: "absent" };
    return { kind: "unreadable", why: systemReason(error) };
  }
}

function hashFolder(folder: string): ContentAnswer {
  const files: ContentFile[] = [];
  const open: string[] = [""];
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      const refused = whyNoContent(entry, path);
      if (refused !== undefined) return { kind: "unreadable", why: refused };
      if (entry.isDirectory()) {
        open.push(path);
        continue;
      }
      const file = hashFile(join(folder, path), path);
      if (file === undefined) return { kind: "unreadable", why: `it holds ${path}, which is not a file any more` };
      if (files.push(file) > contentFilesCap) {
        return { kind: "unreadable", why: `it holds more than ${contentFilesCap} files` };
      }
    }
  }
  return { kind: "folder", files: files.sort((left, right) => (left.path < right.path ? -1 : 1)) };
}

/** A clause for what can't be a part of content; undefined for files and folders. */
function whyNoContent(entry: Dirent, path: string): string | undefined {
  // A name that is not UTF-8 is decoded with replacements, and no longer names the file.
  if (entry.name.includes("\ufffd")) return `it holds ${path}, whose name is not valid UTF-8`;
  if (sep === "/" && entry.name.includes("\\")) return `it holds ${path}, whose name has a \\ in it`;
  return entry.isDirectory() || entry.isFile() ? undefined : `it holds ${path}, which is ${otherKind(entry)}`;
}

function otherKind(entry: { isSymbolicLink(): boolean }): string {
  return entry.isSymbolicLink() ? "a link; links are not followed in content" : "a device or pipe, not a file";
}

/** Undefined if it is no regular file any more. */
function hashFile(path: string, shownAs: string): ContentFile | undefined {
  // The entry was a file a moment ago; the flags keep a link or pipe that took its place from being followed.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return undefined;
    const hash = process.getBuiltinModule("node:crypto").createHash("sha256");
    const chunk = Buffer.allocUnsafe(Math.min(hashChunk, stat.size + 1));
    let size = 0;
    for (let count = readSync(descriptor, chunk); count > 0; count = readSync(descriptor, chunk)) {
      hash.update(chunk.subarray(0, count));
      size += count;
    }
    return { path: shownAs, size, sha256: hash.digest("hex"), executable: (stat.mode & 0o111) !== 0 };
  } finally {
    closeSync(descriptor);
  }
}
