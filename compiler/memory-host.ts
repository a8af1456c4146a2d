// A host over texts in memory: for examples in the documentation, tests and a playground. Content is hashed as UTF-8.
import { sha256 } from "@sequitur/runtime/plan";
import type { CompilerHost, ContentFile } from "./host.ts";

/** Files by path, relative to the root. Folders are there as far as a file lies in them. */
export function memoryHost(files: { readonly [path: string]: string }): CompilerHost {
  const known = new Map(Object.entries(files));
  const below = (folder: string): readonly string[] => {
    const prefix = folder === "." || folder === "" ? "" : `${folder}/`;
    return [...known.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  };
  const contentFile = (path: string, name: string): ContentFile => {
    const text = known.get(path) ?? "";
    return { path: name, size: utf8Length(text), sha256: sha256(text), executable: text.startsWith("#!") };
  };
  const exists = (path: string): "file" | "folder" | "absent" => {
    if (known.has(path)) return "file";
    return below(path).length > 0 ? "folder" : "absent";
  };
  return {
    exists,
    readText(path) {
      const text = known.get(path);
      if (text !== undefined) return { kind: "text", text };
      return { kind: exists(path) === "folder" ? "folder" : "absent" };
    },
    readContent(path) {
      const found = exists(path);
      if (found === "absent") return { kind: "absent" };
      if (found === "file") return { kind: "file", file: contentFile(path, path.slice(path.lastIndexOf("/") + 1)) };
      return { kind: "folder", files: below(path).map((name) => contentFile(`${path}/${name}`, name)) };
    },
    list: (folder) => [...new Set(below(folder).map((path) => path.split("/")[0] ?? path))].sort(),
  };
}

/** Bytes of a well-formed text. */
function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
