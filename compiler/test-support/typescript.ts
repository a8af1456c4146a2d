// A host over texts that reads TypeScript, with the SDK and the types of Node.js from this repository. It bundles nothing:
// a bundle is the text of the file, which is enough to see where it goes.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CompilerHost, TypeScriptReader } from "../host.ts";
import { memoryHost } from "../memory-host.ts";
import { createTypeScriptFiles } from "../typescript/index.ts";
import type { LibraryFiles } from "../typescript/index.ts";

const root = join(import.meta.dirname, "../..");

/** As the command finds them, in the repository. */
export const repositoryLibrary: LibraryFiles = {
  readText: (path) => (existsSync(placeOf(path)) ? readFileSync(placeOf(path), "utf8") : undefined),
  exists(path) {
    const stat = statSync(placeOf(path), { throwIfNoEntry: false });
    return stat === undefined ? "absent" : stat.isDirectory() ? "folder" : "file";
  },
};

function placeOf(path: string): string {
  return path.startsWith("@sequitur/sdk/")
    ? join(root, path.replace("@sequitur/", ""))
    : join(root, "node_modules", path);
}

export function typescriptHost(
  files: { readonly [path: string]: string },
  bundle: TypeScriptReader["bundle"] = (path) => ({ kind: "module", text: files[path] ?? "" }),
): CompilerHost {
  const host = memoryHost(files);
  const reader = { ...createTypeScriptFiles(host, repositoryLibrary), bundle };
  return { ...host, typescript: () => reader };
}
