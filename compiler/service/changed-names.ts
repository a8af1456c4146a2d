// Which names of which files mean something else than when the program was checked before: what was declared anew, added or
// taken away, and all that is made of such a name, in the same file and in those that import it.
import type { Declaration } from "@sequitur/grammar";
import type { Module } from "../model/module.ts";
import type { SequenceSymbol, TopSymbol } from "../model/symbol.ts";
import { mentionsAny } from "./mentions.ts";
import type { ModuleStore, StoredModule } from "./module-store.ts";

/** By module; none where nothing has changed. */
export type ChangedNames = ReadonlyMap<Module, ReadonlySet<string>>;

/** Cost: a look at every name of every file, and at those declarations that are in reach of a change. */
export function changedNames(store: ModuleStore, modules: ReadonlyMap<string, Module>): ChangedNames {
  const changed = new Map<Module, Set<string>>();
  for (const path of modules.keys()) {
    const stored = store.of(path);
    const names = stored === undefined ? new Set<string>() : replacedIn(stored, store.resigned);
    if (stored !== undefined && names.size > 0) changed.set(stored.module, names);
  }
  if (changed.size === 0) return changed;
  for (let size = 0, before = -1; size !== before;) {
    before = size;
    size = 0;
    for (const module of modules.values()) {
      const names = changed.get(module) ?? new Set<string>();
      addImported(module, names, changed);
      if (names.size > 0) {
        addMadeOf(module, names);
        changed.set(module, names);
      }
      size += names.size;
    }
  }
  return changed;
}

/** Names that stand for another symbol, or for a sequence that takes or gives something else. */
function replacedIn(stored: StoredModule, resigned: ReadonlySet<SequenceSymbol>): Set<string> {
  const names = new Set<string>();
  const { module, scopeBefore, declaredBefore, unresolvedBefore } = stored;
  addDifference(names, scopeBefore, module.scope);
  addDifference(names, declaredBefore, module.declared);
  for (const name of module.unresolved) if (!unresolvedBefore.has(name)) names.add(name);
  for (const name of unresolvedBefore) if (!module.unresolved.has(name)) names.add(name);
  if (resigned.size > 0) {
    for (const [name, symbol] of module.declared)
      if (symbol.kind === "sequence" && resigned.has(symbol)) names.add(name);
  }
  return names;
}

function addDifference(
  names: Set<string>,
  before: ReadonlyMap<string, TopSymbol>,
  now: ReadonlyMap<string, TopSymbol>,
): void {
  for (const [name, symbol] of now) if (before.get(name) !== symbol) names.add(name);
  if (before.size === now.size && names.size === 0) return;
  for (const name of before.keys()) if (!now.has(name)) names.add(name);
}

function addImported(module: Module, names: Set<string>, changed: ReadonlyMap<Module, ReadonlySet<string>>): void {
  for (const [name, symbol] of module.scope) {
    if (names.has(name)) continue;
    if (symbol.kind === "namespace") {
      if (symbol.target !== undefined && (changed.get(symbol.target)?.size ?? 0) > 0) names.add(name);
    } else if (symbol.module !== module && changed.get(symbol.module)?.has(symbol.name) === true) names.add(name);
  }
}

/** Declarations in their order may be made of later ones, so the caller goes round until nothing is added. */
function addMadeOf(module: Module, names: Set<string>): void {
  for (const node of module.parsed.tree.declarations) {
    if (!("name" in node) || node.name.kind === "missing" || names.has(node.name.text)) continue;
    if (isMadeOf(node, names)) names.add(node.name.text);
  }
}

function isMadeOf(node: Declaration, names: ReadonlySet<string>): boolean {
  if (node.kind !== "sequence") return mentionsAny(node, names);
  return node.members.some((member) => {
    return member.kind === "variable" && member.role !== "var" && mentionsAny(member, names);
  });
}
