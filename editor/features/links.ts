// Paths in a file that lead to another one.
import { walk } from "@sequitur/grammar";
import { plainText, plainTextSpan, resolvePath } from "@sequitur/compiler/model";
import type { DocumentLink } from "vscode-languageserver-types";
import { documentOf, pathLiteralOf, rangeOf } from "../document.ts";
import type { EditorProject } from "../document.ts";

/** Imports, scripts and files that lie on the disk; folders can't be opened and are left out. */
export function documentLinks(project: EditorProject, path: string): DocumentLink[] {
  const document = documentOf(project, path);
  if (document === undefined) return [];
  const links: DocumentLink[] = [];
  walk(document.parsed.tree, (node) => {
    const literal = pathLiteralOf(node);
    const written = literal?.kind === "string" ? plainText(literal) : undefined;
    if (literal?.kind !== "string" || written === undefined || /^[a-z][a-z0-9+.-]+:|^[/\\]/i.test(written)) return;
    const target = resolvePath(path, written);
    if (project.host.exists(target) !== "file") return;
    links.push({ range: rangeOf(document, plainTextSpan(literal)), target: project.uriOf(target) });
  });
  return links;
}
