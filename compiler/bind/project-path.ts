// Paths as authors write them in imports and declarations, made relative to the project's root. Says nothing of what
// lies there.

/** What a text in a declaration names. `local`: a path below or beside the project, to be found through the host. */
export type ContentAddress =
  | { readonly kind: "local"; readonly path: string }
  /** A URL, a share, an absolute path: not looked at when checking. */
  | { readonly kind: "elsewhere"; readonly text: string }
  /** `configmgr:ABC00012`: an object of another system. */
  | { readonly kind: "object"; readonly system: string; readonly id: string };

/**
 * A relative path that stands in `fromFile`, normalised: forward slashes, no `.`, `..` only in front. A path that
 * leaves the project keeps its leading `../`.
 */
export function resolvePath(fromFile: string, written: string): string {
  const parts: string[] = [];
  const folder = fromFile.slice(0, fromFile.lastIndexOf("/") + 1);
  for (const part of (folder + written.replaceAll("\\", "/")).split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts[parts.length - 1] !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.length === 0 ? "." : parts.join("/");
}

/** What the source of a package, image, application, file or script names. */
export function contentAddress(fromFile: string, written: string): ContentAddress {
  const scheme = /^([a-z][a-z0-9+.-]+):(.*)$/i.exec(written);
  if (scheme?.[1] !== undefined && scheme[2] !== undefined) {
    if (scheme[2].startsWith("//")) return { kind: "elsewhere", text: written };
    return { kind: "object", system: scheme[1], id: scheme[2] };
  }
  if (/^([/\\]|[a-z]:)/i.test(written)) return { kind: "elsewhere", text: written };
  return { kind: "local", path: resolvePath(fromFile, written) };
}

/** `a/b.seq` → `a`; a path without a folder → `.`. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

/** `a/b.seq` → `b.seq`. */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
