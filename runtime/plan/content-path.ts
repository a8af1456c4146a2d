// Paths of files inside a piece of content: relative, with forward slashes, safe on every platform.
import { foldCase } from "./case-mapping.ts";

const reservedOnWindows = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/i;

/** Why the path may not stand in a manifest, as the end of a sentence; null: it may. */
export function contentPathProblem(path: string): string | null {
  if (path === "" || path.startsWith("/")) return "is not relative";
  if (path.length > 32_000) return "is too long";
  // Backslash and colon mean something on Windows; control characters nothing good anywhere.
  for (const character of path) {
    const code = character.codePointAt(0) ?? 0;
    if (character === "\\" || character === ":" || code < 0x20 || code === 0x7f) {
      return "holds a backslash, a colon or a control character";
    }
    if (code >= 0xd800 && code < 0xe000) return "is not well-formed";
  }
  for (const name of path.split("/")) {
    if (name === "" || name === "." || name === "..") return "has an empty, . or .. name";
    if (name.endsWith(" ") || name.endsWith(".")) return "has a name that ends in a blank or a dot";
    if (reservedOnWindows.test(name)) return `has the name ${name}, which Windows reserves`;
  }
  return null;
}

/** Two paths that some file systems take for one have the same key. */
export function contentPathKey(path: string): string {
  return foldCase(path);
}
