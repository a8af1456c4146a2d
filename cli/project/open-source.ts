// Opens the one source file that a command was given: its project, a host for it, and its path there.
import { dirname, relative, resolve, sep } from "node:path";
import { statSync } from "node:fs";
import type { CompilerHost } from "@sequitur/compiler";
import type { Surroundings } from "../surroundings.ts";
import { decodeText } from "./decode.ts";
import { diskHost, overlayHost } from "./disk-host.ts";
import { systemReason } from "./disk-read.ts";
import { inputName } from "./display-paths.ts";
import { outermostProject } from "./find-root.ts";

export interface OpenedSource {
  readonly kind: "opened";
  readonly host: CompilerHost;
  /** Absolute path of the project's folder. */
  readonly root: string;
  /** Relative to the root, with forward slashes. */
  readonly path: string;
}

export type SourceAnswer = OpenedSource | { readonly kind: "wrong"; readonly why: string };

/** Opens a file by its name as given, or standard input for `-`. `why` is a sentence. */
export async function openSource(name: string, surroundings: Surroundings): Promise<SourceAnswer> {
  if (name === "-") return openInput(await surroundings.readInput(), surroundings);
  const path = resolve(surroundings.folder, name);
  try {
    if (statSync(path).isDirectory()) return { kind: "wrong", why: `${name} is a folder; name a file in it.` };
  } catch (error) {
    return { kind: "wrong", why: `can't read ${name}: ${systemReason(error)}.` };
  }
  const root = outermostProject(dirname(path)) ?? dirname(path);
  return {
    kind: "opened",
    host: diskHost(root, surroundings.loadTypeScript),
    root,
    path: relative(root, path).split(sep).join("/"),
  };
}

/** Text from standard input counts as a file of the current folder, so that its imports are found from there. */
export function openInput(
  bytes: Uint8Array,
  { folder, loadTypeScript }: Pick<Surroundings, "folder" | "loadTypeScript">,
): SourceAnswer {
  const decoded = decodeText(bytes);
  if (decoded.kind === "wrong") {
    return { kind: "wrong", why: `standard input is not valid UTF-8 (byte ${decoded.offset}).` };
  }
  return {
    kind: "opened",
    host: overlayHost(diskHost(folder, loadTypeScript), inputName, decoded.text),
    root: folder,
    path: inputName,
  };
}
