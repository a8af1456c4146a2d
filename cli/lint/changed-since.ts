// Which files a change since a revision may have touched: those that git names, and all that import them.
import { relative, resolve, sep } from "node:path";
import { askGit, commitOf } from "../project/git.ts";

/** Absolute paths that differ from the revision, deleted and new ones included; or why git can't tell, as a clause. */
export function changedFiles(
  folder: string,
  revision: string,
): { readonly files: ReadonlySet<string> } | { readonly why: string } {
  const top = askGit(folder, ["rev-parse", "--show-toplevel"]);
  if ("why" in top) return top;
  const root = top.output.toString("utf8").replace(/\r?\n$/, "");
  const found = commitOf(folder, revision);
  if ("why" in found) return found;
  const changed = askGit(root, ["diff", "--name-only", "--no-renames", "-z", found.commit, "--"]);
  if ("why" in changed) return changed;
  const added = askGit(root, ["ls-files", "--others", "--exclude-standard", "-z"]);
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
