// Opens one version of a source file: a file, standard input, or `revision:path` of a git repository.
import { existsSync } from "node:fs";
import { posix, relative, resolve, sep } from "node:path";
import type { Surroundings } from "../surroundings.ts";
import { askGit, commitOf } from "./git.ts";
import { gitHost, readTree, rootInTree } from "./git-host.ts";
import { inputName } from "./display-paths.ts";
import { openSource } from "./open-source.ts";
import type { OpenedSource } from "./open-source.ts";

export interface OpenedVersion extends OpenedSource {
  /** How it is called to people. */
  readonly shown: string;
}

export type VersionAnswer = OpenedVersion | { readonly kind: "wrong"; readonly why: string };

/** Opens a version by its name as given. A file that is there by this name comes first. */
export async function openVersion(name: string, surroundings: Surroundings): Promise<VersionAnswer> {
  const colon = name.indexOf(":");
  const isFile = name === "-" || colon < 1 || existsSync(resolve(surroundings.folder, name));
  if (!isFile) return openRevision(name.slice(0, colon), name.slice(colon + 1), surroundings.folder);
  const source = await openSource(name, surroundings);
  return source.kind === "wrong" ? source : { ...source, shown: name === "-" ? inputName : name };
}

/** A path as git takes it: from the top of the repository, or from the current folder if it is found only there. */
function openRevision(revision: string, path: string, folder: string): VersionAnswer {
  const wrong = (why: string): VersionAnswer => ({ kind: "wrong", why: `can't read ${revision}:${path}: ${why}.` });
  const top = askGit(folder, ["rev-parse", "--show-toplevel"]);
  if ("why" in top) return wrong(top.why);
  const found = commitOf(folder, revision);
  if ("why" in found) return wrong(found.why);
  const tree = readTree(folder, found.commit);
  if ("why" in tree) return wrong(tree.why);
  const topFolder = top.output.toString("utf8").replace(/\r?\n$/, "");
  const fromHere = relative(topFolder, resolve(folder, path)).split(sep).join("/");
  const fromTop = posix.normalize(path.split("\\").join("/"));
  const place = [fromTop, fromHere].find((each) => tree.files.has(each));
  if (place === undefined) return wrong("there is no such file in this revision");
  const root = rootInTree(tree, place);
  return {
    kind: "opened",
    host: gitHost(tree, root),
    root: resolve(topFolder, root),
    path: posix.relative(root, place),
    shown: `${revision}:${place}`,
  };
}
