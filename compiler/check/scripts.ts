// Scripts: their text stands in the source or in a file, and no value is ever pasted into it.
import type { ScriptAction, ScriptFile } from "@sequitur/grammar";
import { plainText, plainTextSpan } from "../bind/plain-text.ts";
import { contentAddress, fileNameOf, folderOf, resolvePath } from "../bind/project-path.ts";
import { clauseDiagnostics } from "../diagnostics/clauses.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { suggestText } from "../diagnostics/suggestion.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import type { ContentSymbol } from "../model/symbol.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import type { Clauses } from "./clauses.ts";
import { findPath } from "./paths.ts";
import { checkPlainText } from "./plain-texts.ts";

/** A script's text, or the file that holds it. */
export function checkScript(ctx: CheckContext, action: ScriptAction, clauses: Clauses): void {
  const { source } = action;
  if (source.kind === "missing") return;
  if (source.kind === "scriptFile") {
    checkScriptFile(ctx, source, clauses);
    return;
  }
  for (const part of source.parts) {
    if (part.kind === "interpolation") {
      ctx.program.checkExpression(ctx, part.expression);
      const hint = "add `env { NAME: … }` and read the variable in the script";
      report(ctx, part, typeDiagnostics.SEQ3019, {}, { hint });
    }
  }
  if (action.language !== "cmd") return;
  for (const part of source.parts) {
    const index = part.kind === "stringText" ? part.value.search(/[^\t\r\n\x20-\x7e]/) : -1;
    if (part.kind !== "stringText" || index < 0) continue;
    const character = String.fromCodePoint(part.value.codePointAt(index) ?? 0);
    const isPlain = part.value.length === part.end - part.start;
    const place = isPlain ? { start: part.start + index, end: part.start + index + character.length } : part;
    report(ctx, place, clauseDiagnostics.SEQ5105, { character });
    return;
  }
}

/** A file of the project; with `from`, a file in that package. */
function checkScriptFile(ctx: CheckContext, source: ScriptFile, clauses: Clauses): void {
  if (source.path.kind === "missing") return;
  const written = checkPlainText(ctx, source.path, "the path of a script");
  if (written === undefined) return;
  const from = clauses.get("from");
  const named = from?.kind === "from" && from.package.kind !== "missing" ? findPath(ctx, from.package) : undefined;
  const content = named?.kind === "content" ? named : undefined;
  if (from !== undefined && content === undefined) return;
  const path = content !== undefined ? pathInContent(content, written) : scriptPath(ctx, written);
  if (path === undefined || ctx.program.host.exists(path) === "file") return;
  if (content !== undefined && !isContentThere(ctx, content)) return;
  const span = plainTextSpan(source.path);
  const name = fileNameOf(path);
  const start = written.endsWith(name) ? span.end - name.length : span.start;
  const candidates = ctx.program.host.list(folderOf(path)).map((near) => ({ name: near }));
  const details = suggestText(locate(ctx, { start, end: span.end }), name, candidates);
  const place = content === undefined ? "" : ` in "${content.name}"`;
  report(ctx, span, nameDiagnostics.SEQ2007, { path: written, place }, details);
}

function scriptPath(ctx: CheckContext, written: string): string | undefined {
  const address = contentAddress(ctx.module.path, written);
  return address.kind === "local" ? address.path : undefined;
}

/**
 * Undefined where the content does not lie in the project, or is missing itself, which is its declaration's finding.
 */
function pathInContent(content: ContentSymbol, written: string): string | undefined {
  const source = plainText(content.node.source);
  if (source === undefined) return undefined;
  const address = contentAddress(content.module.path, source);
  return address.kind === "local" ? resolvePath(`${address.path}/.`, written) : undefined;
}

function isContentThere(ctx: CheckContext, content: ContentSymbol): boolean {
  const folder = pathInContent(content, ".");
  return folder !== undefined && ctx.program.host.exists(folder) !== "absent";
}
