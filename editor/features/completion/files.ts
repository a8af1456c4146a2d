// Files and folders on the disk, within the quotes of a path.
import { nodeAt } from "@sequitur/grammar";
import type { Token } from "@sequitur/grammar";
import { folderOf, resolvePath } from "@sequitur/compiler/model";
import type { Document } from "../../document.ts";
import { kind } from "./item.ts";
import type { Item } from "./item.ts";

/** Undefined: the text at the offset is no path. Each item starts where the last part of the path does. */
export function fileItems(
  { project, parsed, path }: Document,
  token: Token,
  offset: number,
): readonly (Item & { readonly start: number })[] | undefined {
  if (offset <= token.start) return undefined;
  const around = nodeAt(parsed.tree, offset);
  const literal = around.findLast((node) => node.kind === "string");
  const owner = around[around.indexOf(literal ?? parsed.tree) - 1];
  if (literal === undefined || owner === undefined) return undefined;
  const isImport = owner.kind === "importModule" || owner.kind === "importNames";
  if (!isImport && owner.kind !== "scriptFile" && !(owner.kind === "content" && owner.source === literal))
    return undefined;
  const written = parsed.text.slice(token.start + 1, offset);
  if (/^[a-z][a-z0-9+.-]+:|^\\\\|^\//i.test(written)) return [];
  const slash = Math.max(written.lastIndexOf("/"), written.lastIndexOf("\\"));
  const folder = slash < 0 ? folderOf(path) : resolvePath(path, written.slice(0, slash + 1));
  const start = token.start + 1 + slash + 1;
  const wantsDot = slash < 0;
  const items: (Item & { readonly start: number })[] = [];
  for (const name of project.host.list(folder === "" ? "." : folder)) {
    if (name.startsWith(".") || name === "node_modules") continue;
    const found = resolvePath(path, `${slash < 0 ? "" : written.slice(0, slash + 1)}${name}`);
    const what = project.host.exists(found);
    const prefix = wantsDot ? "./" : "";
    if (what === "folder") items.push({ label: `${prefix}${name}/`, kind: kind.folder, start });
    else if (what === "file" && found !== path && (!isImport || /\.(?:seq|ts)$/.test(name))) {
      items.push({ label: `${prefix}${name}`, kind: kind.file, start });
    }
  }
  return items;
}
