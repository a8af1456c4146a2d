// Lines above declarations that say how often each is used.
import { occurrencesIn } from "../occurrences.ts";
import type { ProgramSymbol } from "@sequitur/compiler/model";
import type { CodeLens } from "vscode-languageserver-types";
import { documentOf, documentOfModule, rangeOf } from "../document.ts";
import type { EditorProject } from "../document.ts";

const counted: ReadonlySet<ProgramSymbol["kind"]> = new Set(["sequence", "const", "fn", "type", "content", "account"]);

/** One for each top declaration. Looks through all files that could use one: cost linear in the project. */
export function codeLenses(project: EditorProject, path: string): CodeLens[] {
  const document = documentOf(project, path);
  if (document === undefined) return [];
  const declared = [...document.module.declared.values()].filter(({ kind }) => counted.has(kind));
  const uses = new Map<unknown, number>();
  for (const module of document.program.modules.values()) {
    if (module !== document.module && !importsFrom(module.scope.values(), document.module)) continue;
    for (const { symbol, role } of occurrencesIn(documentOfModule(project, document.program, module))) {
      if (role === "declaration" || symbol.nameNode === undefined || symbol.module !== document.module) continue;
      uses.set(symbol.nameNode, (uses.get(symbol.nameNode) ?? 0) + 1);
    }
  }
  return declared.flatMap(({ nameNode }) => {
    if (nameNode === undefined) return [];
    const count = uses.get(nameNode) ?? 0;
    const title = count === 0 ? "not used" : count === 1 ? "1 reference" : `${count} references`;
    // No command: the line only tells. What shows places is each editor's own.
    return [{ range: rangeOf(document, nameNode), command: { title, command: "" } }];
  });
}

function importsFrom(scope: Iterable<ProgramSymbol>, module: ProgramSymbol["module"]): boolean {
  for (const symbol of scope) {
    if (symbol.module === module || (symbol.kind === "namespace" && symbol.target === module)) return true;
  }
  return false;
}
