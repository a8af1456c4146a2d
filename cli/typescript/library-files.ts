// Where the command finds what it brings for actions in TypeScript: the SDK beside itself, the types of Node.js among its
// packages.
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LibraryFiles } from "@sequitur/compiler/typescript";

/** The folder of the SDK's sources: the shipped part lies in a folder beside it, this file one level deeper. */
export function sdkFolder(): string {
  const places = ["../sdk/", "../../sdk/"].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((place) => kindOf(join(place, "index.ts")) === "file") ?? places[0] ?? "";
}

export function libraryFiles(): LibraryFiles {
  const require = createRequire(import.meta.url);
  const folders = new Map<string, string | undefined>([["@sequitur/sdk", sdkFolder()]]);
  const folderOf = (name: string): string | undefined => {
    if (!folders.has(name)) folders.set(name, packageFolder(require, name));
    return folders.get(name);
  };
  const placeOf = (path: string): string | undefined => {
    const [, name = path, rest = ""] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(path) ?? [];
    const folder = known.has(name) ? folderOf(name) : undefined;
    return folder === undefined ? undefined : join(folder, rest);
  };
  return {
    readText(path) {
      const place = placeOf(path);
      return place === undefined || kindOf(place) !== "file" ? undefined : readFileSync(place, "utf8");
    },
    exists(path) {
      // The folder that the scoped packages lie in.
      if (path === "@types" || path === "@sequitur") return "folder";
      const place = placeOf(path);
      return place === undefined ? "absent" : kindOf(place);
    },
  };
}

const known: ReadonlySet<string> = new Set(["@sequitur/sdk", "@types/node", "undici-types"]);

function packageFolder(require: NodeJS.Require, name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    // Not installed: TypeScript says what it lacks, in the words of the file that needs it.
    return undefined;
  }
}

function kindOf(path: string): "file" | "folder" | "absent" {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "absent" : stat.isDirectory() ? "folder" : "file";
}
