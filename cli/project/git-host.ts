// The compiler's view of a project as it was at a git revision. Reads what git has stored and writes nothing: no work tree
// is made. Content of packages is not hashed here.
import { posix } from "node:path";
import type { CompilerHost, FileAnswer } from "@sequitur/compiler";
import { decodeText } from "./decode.ts";
import { askGit } from "./git.ts";

/** As for files on disk. */
const textCap = 64 * 1024 * 1024;

interface Entry {
  readonly id: string;
  readonly size: number;
}

/** All files of a commit by path from the top of the repository, and the folders that they make. */
export interface Tree {
  readonly folder: string;
  readonly files: ReadonlyMap<string, Entry>;
  /** Names in each folder; the top is the empty path. */
  readonly folders: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Reads the list of files of a commit, by its id. `folder`: absolute, within the repository. */
export function readTree(folder: string, commit: string): Tree | { readonly why: string } {
  const listed = askGit(folder, ["ls-tree", "-r", "-l", "-z", "--full-tree", commit]);
  if ("why" in listed) return { why: listed.why };
  const files = new Map<string, Entry>();
  const folders = new Map<string, Set<string>>([["", new Set()]]);
  for (const line of listed.output.toString("utf8").split("\0")) {
    const [, mode = "", id = "", size = "", path = ""] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
    // Links and modules of other repositories hold no text of this one.
    if (path === "" || !mode.startsWith("100")) continue;
    files.set(path, { id, size: Number(size) });
    for (let inner = path; inner !== "";) {
      const slash = inner.lastIndexOf("/");
      const outer = slash === -1 ? "" : inner.slice(0, slash);
      const names = folders.get(outer);
      if (names?.has(inner.slice(slash + 1)) === true) break;
      folders.set(outer, (names ?? new Set()).add(inner.slice(slash + 1)));
      inner = outer;
    }
  }
  return { folder, files, folders };
}

/** A host whose paths start at `root`, a folder of the tree; the empty path is its top. */
export function gitHost(tree: Tree, root: string): CompilerHost {
  const texts = new Map<string, FileAnswer>();
  const placeOf = (path: string): string => {
    const joined = posix.join(root, path);
    return joined === "." ? "" : joined.replace(/\/$/, "");
  };
  return {
    readText(path) {
      const known = texts.get(path) ?? readText(tree, placeOf(path));
      texts.set(path, known);
      return known;
    },
    exists: (path) => existing(tree, placeOf(path)),
    readContent: () => ({ kind: "unreadable", why: "content of a git revision is not read" }),
    list: (path) => [...(tree.folders.get(placeOf(path)) ?? [])].sort(),
  };
}

function existing(tree: Tree, place: string): "file" | "folder" | "absent" {
  return tree.files.has(place) ? "file" : tree.folders.has(place) ? "folder" : "absent";
}

function readText(tree: Tree, place: string): FileAnswer {
  const entry = tree.files.get(place);
  if (entry === undefined) return { kind: tree.folders.has(place) ? "folder" : "absent" };
  if (entry.size > textCap) return { kind: "unreadable", why: "it is larger than 64 MiB" };
  const read = askGit(tree.folder, ["cat-file", "blob", entry.id]);
  if ("why" in read) return { kind: "unreadable", why: read.why };
  const decoded = decodeText(read.output);
  return decoded.kind === "text"
    ? decoded
    : { kind: "unreadable", why: `it is not valid UTF-8 (byte ${decoded.offset})` };
}

/** The outermost folder of a tree at or above a file's that has a sequitur.json; the file's own folder if there is none. */
export function rootInTree(tree: Tree, path: string): string {
  const own = posix.dirname(path) === "." ? "" : posix.dirname(path);
  let found = own;
  for (let current = own; ; current = posix.dirname(current) === "." ? "" : posix.dirname(current)) {
    if (tree.files.has(posix.join(current, "sequitur.json"))) found = current;
    if (current === "") return found;
  }
}
