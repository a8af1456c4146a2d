// The symbols that a file declares at its top, and the findings about their names alone. Follows no import.
import { createDiagnostic } from "@sequitur/grammar";
import type { Declaration, Diagnostic, ImportNames, Location, Name, ParsedFile } from "@sequitur/grammar";
import { nameDiagnostics } from "../diagnostics/names.ts";
import type { Module } from "../model/module.ts";
import type { ProjectAction } from "../model/project-action.ts";
import type { TopSymbol } from "../model/symbol.ts";

/** A module while it is bound; `Module` to everyone else. */
export interface OpenModule extends Module {
  readonly declared: Map<string, TopSymbol>;
  readonly scope: Map<string, TopSymbol>;
  readonly unresolved: Set<string>;
  readonly diagnostics: Diagnostic[];
  /** Gives the symbol that goes on for a new one, where an earlier binding of the module has made it. */
  readonly continued?: (symbol: TopSymbol) => TopSymbol;
}

/** The symbol that stands for a declaration: a new one, or the one that an earlier binding has made. */
export function continuedSymbol(module: OpenModule, symbol: TopSymbol): TopSymbol {
  return module.continued === undefined ? symbol : module.continued(symbol);
}

/** A module with nothing bound yet. */
export function openModule(parsed: ParsedFile): OpenModule {
  return { path: parsed.path, parsed, declared: new Map(), scope: new Map(), unresolved: new Set(), diagnostics: [] };
}

/** Fills `declared` with all that the file declares itself; imports are import-module.ts's. */
export function declareModule(module: OpenModule): void {
  for (const declaration of module.parsed.tree.declarations) {
    const found = symbolOf(module, declaration);
    if (found === undefined) continue;
    const symbol = continuedSymbol(module, found);
    if (addToScope(module, symbol)) module.declared.set(symbol.name, symbol);
  }
}

/** False when the name is taken, which is then reported at the newcomer. */
export function addToScope(module: OpenModule, symbol: TopSymbol, at: Name | undefined = symbol.nameNode): boolean {
  const known = module.scope.get(symbol.name);
  if (known === undefined) {
    module.scope.set(symbol.name, symbol);
    return true;
  }
  if (at !== undefined) {
    const place = { file: module.path, start: at.start, end: at.end };
    const related = placeOf(known);
    module.diagnostics.push(
      createDiagnostic(
        nameDiagnostics.SEQ2201,
        place,
        { name: symbol.name },
        {
          related: related === undefined ? [] : [{ ...related, message: `${symbol.name} is declared here already` }],
        },
      ),
    );
  }
  return false;
}

/** Reports names of the module's scope that differ in case alone. To be called when the scope is full. */
export function reportCaseClashes(module: OpenModule, imported: ReadonlyMap<TopSymbol, Name>): void {
  const folded = new Map<string, TopSymbol>();
  for (const symbol of module.scope.values()) {
    const key = symbol.name.toLowerCase();
    const other = folded.get(key);
    if (other === undefined) {
      folded.set(key, symbol);
      continue;
    }
    const at = imported.get(symbol) ?? (symbol.module === module ? symbol.nameNode : undefined);
    if (at === undefined) continue;
    const related = placeOf(other);
    module.diagnostics.push(
      createDiagnostic(
        nameDiagnostics.SEQ2202,
        { file: module.path, start: at.start, end: at.end },
        { name: symbol.name, other: other.name },
        { related: related === undefined ? [] : [{ ...related, message: `${other.name} is declared here` }] },
      ),
    );
  }
}

/** Where a symbol's name is declared; undefined for those of a catalogue. */
export function placeOf(symbol: { readonly module: Module; readonly nameNode?: Name }): Location | undefined {
  const { nameNode } = symbol;
  return nameNode === undefined ? undefined : { file: symbol.module.path, start: nameNode.start, end: nameNode.end };
}

function symbolOf(module: Module, node: Declaration): TopSymbol | undefined {
  if (node.kind === "test" || node.kind === "importNames" || node.kind === "importModule") return undefined;
  const { name: nameNode } = node;
  if (nameNode.kind === "missing") return undefined;
  const base = { name: nameNode.text, nameNode, module };
  switch (node.kind) {
    case "const":
      return { kind: "const", node, ...base };
    case "typeDeclaration":
      return { kind: "type", node, ...base };
    case "fn":
      return { kind: "fn", node, ...base };
    case "content":
      return { kind: "content", node, ...base };
    case "account":
      return { kind: "account", node, ...base };
    case "fleet":
      return { kind: "fleet", node, ...base };
    case "deployment":
      return { kind: "deployment", node, ...base };
    case "sequence":
      return { kind: "sequence", node, ...base };
    case "externSequence":
      return { kind: "externSequence", node, ...base };
  }
}

/** The symbol of one name imported from a TypeScript file. */
export function scriptActionSymbol(
  module: Module,
  node: ImportNames,
  nameNode: Name,
  action: ProjectAction | undefined,
): TopSymbol {
  const symbol = { kind: "scriptAction", name: nameNode.text, nameNode, module, node } as const;
  return action === undefined ? symbol : { ...symbol, action };
}
