// Reads files and all that they import, each once, and binds their top names. Cycles of imports are fine. What is wrong
// with an import is a finding of the module that has it.
import { createDiagnostic, didYouMean, parse } from "@sequitur/grammar";
import type {
  Declared,
  DiagnosticDetails,
  ImportModule,
  ImportNames,
  Name,
  Span,
  StringLiteral,
} from "@sequitur/grammar";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { typescriptDiagnostics } from "../diagnostics/typescript.ts";
import { suggestName, suggestText } from "../diagnostics/suggestion.ts";
import type { CompilerHost } from "../host.ts";
import type { Module } from "../model/module.ts";
import type { ProjectAction, ScriptFile } from "../model/project-action.ts";
import type { TopSymbol } from "../model/symbol.ts";
import {
  addToScope,
  continuedSymbol,
  declareModule,
  openModule,
  placeOf,
  reportCaseClashes,
  scriptActionSymbol,
} from "./declare-module.ts";
import type { OpenModule } from "./declare-module.ts";
import { plainText, plainTextSpan } from "./plain-text.ts";
import { fileNameOf, folderOf, resolvePath } from "./project-path.ts";

/** Makes a module of a text, with nothing bound yet. */
export type OpenText = (text: string, path: string) => OpenModule;

interface Loading {
  readonly host: CompilerHost;
  readonly open: OpenText;
  readonly modules: Map<string, OpenModule>;
  readonly pending: string[];
  /** TypeScript files by path; null: they can't be read, which was reported. */
  readonly scripts: Map<string, ScriptFile | null>;
}

/**
 * The modules of these files and of everything they import, by path, in the order they were found. An entry that can't
 * be read is an empty module with the finding. Cost linear in the texts.
 */
export function loadProgram(
  host: CompilerHost,
  entryPaths: readonly string[],
  open: OpenText = (text, path) => openModule(parse(text, path)),
): ReadonlyMap<string, Module> {
  const loading: Loading = { host, open, modules: new Map(), pending: [], scripts: new Map() };
  for (const path of entryPaths) loadEntry(loading, path);
  const order: OpenModule[] = [];
  for (let path = loading.pending.shift(); path !== undefined; path = loading.pending.shift()) {
    const module = loading.modules.get(path);
    if (module === undefined) continue;
    order.push(module);
    for (const declaration of module.parsed.tree.declarations) {
      if (declaration.kind === "importModule" || declaration.kind === "importNames") {
        followImport(loading, module, declaration);
      }
    }
  }
  for (const module of order) declareModule(module);
  for (const module of order) bindImports(loading, module);
  return loading.modules;
}

function loadEntry(loading: Loading, path: string): void {
  if (loading.modules.has(path)) return;
  const answer = loading.host.readText(path);
  const text = answer.kind === "text" ? answer.text : "";
  const module = loading.open(text, path);
  loading.modules.set(path, module);
  loading.pending.push(path);
  const place = { start: 0, end: 0 };
  if (answer.kind === "absent") report(module, place, nameDiagnostics.SEQ2001, { path });
  else if (answer.kind === "folder") report(module, place, nameDiagnostics.SEQ2002, { path, why: "it is a folder" });
  else if (answer.kind === "unreadable") report(module, place, nameDiagnostics.SEQ2002, { path, why: answer.why });
}

// ---- following ------------------------------------------------------------------------------------------------------

/** Loads the file that an import names, or reports why it can't be. */
function followImport(loading: Loading, module: OpenModule, node: ImportModule | ImportNames): void {
  const { source } = node;
  if (source.kind === "missing") return;
  const place = plainTextSpan(source);
  const written = plainText(source);
  if (written === undefined) {
    report(module, source, nameDiagnostics.SEQ2005, { path: "…", way: "a path holds no ${…}" });
    return;
  }
  if (!formFits(module, node, written, place)) return;
  const path = resolvePath(module.path, written);
  if (path === module.path) {
    report(module, place, nameDiagnostics.SEQ2003, {});
    return;
  }
  if (isScript(path) && path.startsWith("../")) {
    report(module, place, typescriptDiagnostics.SEQ2155, { path });
    return;
  }
  if (loading.modules.has(path) || loading.scripts.has(path)) return;
  if (!isScript(path) && !path.endsWith(".seq") && loading.host.exists(path) === "file") {
    // Never read: findings would show lines of whatever file it is.
    report(module, place, nameDiagnostics.SEQ2005, { path: written, way: "only .seq and .ts files can" });
    return;
  }
  const answer = loading.host.readText(path);
  switch (answer.kind) {
    case "text":
      if (isScript(path)) return readScript(loading, module, place, path);
      loading.modules.set(path, loading.open(answer.text, path));
      loading.pending.push(path);
      return;
    case "absent":
      reportAbsent(loading, module, source, path);
      return;
    case "folder":
      report(module, place, nameDiagnostics.SEQ2002, { path, why: "it is a folder" });
      return;
    case "unreadable":
      report(module, place, nameDiagnostics.SEQ2002, { path, why: answer.why });
  }
}

/** Reads a TypeScript file once. What is wrong in it is told once, whoever imports it. */
function readScript(loading: Loading, module: OpenModule, place: Span, path: string): void {
  const reader = loading.host.typescript?.();
  if (reader === undefined) report(module, place, typescriptDiagnostics.SEQ2157, {});
  const file = reader?.read(path) ?? null;
  loading.scripts.set(path, file);
  module.diagnostics.push(...(file?.diagnostics ?? []));
}

function formFits(module: OpenModule, node: ImportModule | ImportNames, written: string, place: Span): boolean {
  if (isScript(written) && !written.endsWith(".d.ts")) {
    if (node.kind === "importNames") return true;
    report(module, place, nameDiagnostics.SEQ2005, {
      path: written,
      way: "actions of a TypeScript file are imported by name, as in import { name } from …",
    });
    return false;
  }
  if (written.endsWith(".seq")) return true;
  const isFolderLike = !/\.[^./\\]+$/.test(written);
  if (isFolderLike) return true;
  report(module, place, nameDiagnostics.SEQ2005, { path: written, way: "only .seq and .ts files can" });
  return false;
}

function isScript(path: string): boolean {
  return path.endsWith(".ts");
}

function reportAbsent(loading: Loading, module: OpenModule, source: StringLiteral, path: string): void {
  const folder = folderOf(path);
  const name = fileNameOf(path);
  const place = plainTextSpan(source);
  const written = module.parsed.text.slice(place.start, place.end);
  const start = written.endsWith(name) ? place.end - name.length : place.start;
  const candidates = loading.host.list(folder).map((near) => ({ name: near }));
  const details = suggestText({ file: module.path, start, end: place.end }, name, candidates);
  report(module, place, nameDiagnostics.SEQ2001, { path }, details);
}

// ---- binding --------------------------------------------------------------------------------------------------------

function bindImports(loading: Loading, module: OpenModule): void {
  const imported = new Map<TopSymbol, Name>();
  for (const node of module.parsed.tree.declarations) {
    if (node.kind === "importModule") bindModule(loading, module, node);
    else if (node.kind === "importNames") bindNames(loading, module, node, imported);
  }
  reportCaseClashes(module, imported);
}

function bindModule(loading: Loading, module: OpenModule, node: ImportModule): void {
  if (node.alias.kind === "missing") return;
  const target = targetOf(loading, module, node);
  const name = node.alias.text;
  const base = { kind: "namespace", name, nameNode: node.alias, module, node } as const;
  const symbol = continuedSymbol(module, target === undefined ? base : { ...base, target });
  if (addToScope(module, symbol)) module.declared.set(name, symbol);
}

function bindNames(loading: Loading, module: OpenModule, node: ImportNames, imported: Map<TopSymbol, Name>): void {
  const written = node.source.kind === "missing" ? undefined : plainText(node.source);
  const target = targetOf(loading, module, node);
  for (const name of node.names) {
    if (name.kind === "missing") continue;
    if (written !== undefined && isScript(written)) {
      const action = exportedAction(loading, module, resolvePath(module.path, written), name);
      addToScope(module, continuedSymbol(module, scriptActionSymbol(module, node, name, action)));
      continue;
    }
    if (target === undefined) {
      module.unresolved.add(name.text);
      continue;
    }
    const symbol = exportedName(target, name.text);
    if (symbol === undefined) reportNotInModule(module, target, name);
    else if (name.text.startsWith("_")) report(module, name, nameDiagnostics.SEQ2008, { name: name.text });
    if (symbol === undefined) {
      module.unresolved.add(name.text);
      // What was meant may be used under its right name: that it lacks there is the same mistake.
      const meant = didYouMean(name.text, target.declared.keys());
      if (meant !== undefined) module.unresolved.add(meant);
    } else if (addToScope(module, symbol, name)) imported.set(symbol, name);
  }
}

/** Undefined where there is no such action or it can't be one, which is reported. */
function exportedAction(loading: Loading, module: OpenModule, path: string, name: Name): ProjectAction | undefined {
  const exports = loading.scripts.get(path)?.exports;
  if (exports === undefined) return undefined;
  const found = exports.get(name.text);
  if (found?.kind === "action") return found.action;
  if (found?.kind === "unfit") {
    module.diagnostics.push(...found.diagnostics);
    return undefined;
  }
  const candidates = [...exports].flatMap(([known, { kind }]) => (kind === "action" ? [{ name: known }] : []));
  const details = suggestName({ file: module.path, start: name.start, end: name.end }, name.text, candidates);
  report(module, name, typescriptDiagnostics.SEQ2151, { name: name.text, path }, details);
  return undefined;
}

function exportedName(target: Module, name: string): TopSymbol | undefined {
  const symbol = target.declared.get(name);
  return symbol?.kind === "namespace" ? undefined : symbol;
}

function reportNotInModule(module: OpenModule, target: Module, name: Name): void {
  const details = suggestName({ file: module.path, start: name.start, end: name.end }, name.text, exportsOf(target));
  report(module, name, nameDiagnostics.SEQ2009, { name: name.text, path: target.path }, details);
}

/** What other files may use of a module, as candidates for a suggestion. */
export function* exportsOf(
  module: Module,
): Iterable<{ readonly name: string; readonly at?: ReturnType<typeof placeOf> & {} }> {
  for (const symbol of module.declared.values()) {
    if (symbol.kind === "namespace" || symbol.name.startsWith("_")) continue;
    const at = placeOf(symbol);
    yield at === undefined ? { name: symbol.name } : { name: symbol.name, at };
  }
}

function targetOf(loading: Loading, module: OpenModule, node: ImportModule | ImportNames): OpenModule | undefined {
  const written = node.source.kind === "missing" ? undefined : plainText(node.source);
  if (written === undefined) return undefined;
  const path = resolvePath(module.path, written);
  return path === module.path ? undefined : loading.modules.get(path);
}

function report<A>(
  module: OpenModule,
  place: Span,
  declaration: Declared<A>,
  args: NoInfer<A>,
  details: DiagnosticDetails = {},
): void {
  const location = { file: module.path, start: place.start, end: place.end };
  module.diagnostics.push(createDiagnostic(declaration, location, args, details));
}
