// Which files a change since a revision may have touched: those that git names, and all that import them.
import { spawnSync } from "node:child_process";
import { relative, resolve, sep } from "node:path";

/** Absolute paths that differ from the revision, deleted and new ones included; or why git can't tell, as a clause. */
export function changedFiles(
  folder: string,
  revision: string,
): { readonly files: ReadonlySet<string> } | { readonly why: string } {
  const top = git(folder, ["rev-parse", "--show-toplevel"]);
  if ("why" in top) return top;
  const root = top.output.replace(/\r?\n$/, "");
  // A revision that begins with a hyphen would be read as an option.
  const commit = git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  if ("why" in commit) return { why: commit.isAbsent ? commit.why : `git knows no revision "${revision}"` };
  const changed = git(root, ["diff", "--name-only", "--no-renames", "-z", commit.output.trim(), "--"]);
  if ("why" in changed) return changed;
  const added = git(root, ["ls-files", "--others", "--exclude-standard", "-z"]);
  if ("why" in added) return added;
  const names = `${changed.output}${added.output}`.split("\0").filter((name) => name !== "");
  return { files: new Set(names.map((name) => resolve(root, name))) };
}

/**
 * The files of a project, relative to its root, that a change may have touched: changed ones, files that import one by
 * whatever way, and all below a changed configuration.
 */
export function touchedFiles(
  root: string,
  imports: { readonly [path: string]: readonly string[] },
  changed: ReadonlySet<string>,
): ReadonlySet<string> {
  const importers = new Map<string, string[]>();
  for (const [path, imported] of Object.entries(imports)) {
    for (const target of imported) importers.set(target, [...(importers.get(target) ?? []), path]);
  }
  const names = [...changed].map((path) => relative(root, path).split(sep).join("/"));
  const configured = names.flatMap((name) => /^(.*?)\/?sequitur\.json$/.exec(name)?.[1] ?? []);
  const below = Object.keys(imports).filter((path) =>
    configured.some((folder) => folder === "" || path.startsWith(`${folder}/`)),
  );
  const touched = new Set<string>();
  // A package or folder of scripts that is named changes with every file in it.
  const open = [...names, ...names.flatMap(foldersOf).filter((folder) => importers.has(folder)), ...below];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (touched.has(path)) continue;
    touched.add(path);
    open.push(...(importers.get(path) ?? []));
  }
  return touched;
}

/** `a/b/c` → `a/b`, `a`. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_part, index) => parts.slice(0, parts.length - 1 - index).join("/"));
}

type Answer = { readonly output: string } | { readonly why: string; readonly isAbsent: boolean };

function git(folder: string, args: readonly string[]): Answer {
  const ended = spawnSync("git", args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  if (ended.error !== undefined) return { why: "git can't be started", isAbsent: true };
  if (ended.status === 0) return { output: ended.stdout };
  const [line = ""] = ended.stderr.split("\n");
  return { why: line.replace(/^fatal: /, "").trim() || "git failed", isAbsent: false };
}
