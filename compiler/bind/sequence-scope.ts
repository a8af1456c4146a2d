// What a sequence declares for itself: variables, globals, labels of steps. One flat scope, since nothing may be hidden
// by another name; loop variables join it only while their body is looked at. Also notes where variables are assigned,
// which decides how far a condition about one holds.
import type { Block, Group, Name, Node, Statement, Step, VariableDeclaration } from "@sequitur/grammar";
import { nameDiagnostics } from "../diagnostics/names.ts";
import type { Report } from "../diagnostics/report.ts";
import type { Module } from "../model/module.ts";
import type {
  FnParameterSymbol,
  LabelSymbol,
  LocalSymbol,
  LoopVariableSymbol,
  SequenceSymbol,
  VariableSymbol,
} from "../model/symbol.ts";
import { placeOf } from "./declare-module.ts";
import { isSystemVariable } from "./known-globals.ts";

/** All that a sequence declares, by name. */
export interface SequenceScope {
  readonly sequence: SequenceSymbol;
  readonly names: Map<string, LocalSymbol>;
  /** Names with upper case in them, by their lower case: for names that differ in case alone. */
  readonly folded: Map<string, LocalSymbol>;
  /** Params and secrets first, each in order of declaration. */
  readonly variables: readonly VariableSymbol[];
  readonly symbols: ReadonlyMap<VariableDeclaration | Step | Group, LocalSymbol>;
  /** Offsets in the text where a variable is assigned, ascending. */
  readonly assignments: ReadonlyMap<string, readonly number[]>;
  /** Every step and group that has a title or label, in order. */
  readonly steps: readonly (Step | Group)[];
}

/** Symbols that an earlier binding has made for nodes that are still there: they stand for them again. */
export type EarlierSymbols = WeakMap<Node, LocalSymbol>;

interface Building {
  readonly module: Module;
  readonly earlier?: EarlierSymbols;
  readonly report: Report;
  readonly names: Map<string, LocalSymbol>;
  readonly folded: Map<string, LocalSymbol>;
  readonly symbols: Map<VariableDeclaration | Step | Group, LocalSymbol>;
  readonly assignments: Map<string, number[]>;
  readonly steps: (Step | Group)[];
}

/** Binds the names of a sequence, once; clashes are reported. Cost linear in its text. */
export function bindSequence(sequence: SequenceSymbol, report: Report, earlier?: EarlierSymbols): SequenceScope {
  const { module, node } = sequence;
  const building: Building = {
    module,
    report,
    ...(earlier === undefined ? {} : { earlier }),
    names: new Map(),
    folded: new Map(),
    symbols: new Map(),
    assignments: new Map(),
    steps: [],
  };
  const variables: VariableSymbol[] = [];
  for (const member of node.members) {
    if (member.kind === "variable") bindVariable(building, member, variables);
    else if (member.kind !== "options") bindStatement(building, member);
  }
  const isGiven = (symbol: VariableSymbol): boolean => symbol.node.role === "param" || symbol.node.role === "secret";
  const ordered = [...variables.filter(isGiven), ...variables.filter((symbol) => !isGiven(symbol))];
  return { sequence, ...building, variables: ordered };
}

/** Declares a name in the scope, or reports why it can't be; a clash leaves the earlier name. */
export function declareLocal(
  scope: Pick<SequenceScope, "names" | "folded">,
  module: Module,
  symbol: LocalSymbol,
  report: Report,
): boolean {
  const { name, nameNode } = symbol;
  if (nameNode === undefined) return true;
  const inner = symbol.kind === "loopVariable" || symbol.kind === "fnParameter";
  const known = scope.names.get(name);
  if (known !== undefined) {
    const declaration = inner && known.kind !== "fnParameter" ? nameDiagnostics.SEQ2203 : nameDiagnostics.SEQ2201;
    report(module, nameNode, declaration, { name }, relatedTo(known));
    return false;
  }
  const outer = module.scope.get(name);
  if (outer !== undefined) report(module, nameNode, nameDiagnostics.SEQ2203, { name }, relatedTo(outer));
  const key = name.toLowerCase();
  const folded = scope.folded.get(key) ?? (key === name ? undefined : scope.names.get(key));
  if (folded !== undefined) {
    report(module, nameNode, nameDiagnostics.SEQ2202, { name, other: folded.name }, relatedTo(folded));
  } else if (key !== name) scope.folded.set(key, symbol);
  scope.names.set(name, symbol);
  return true;
}

/** Takes a loop variable out of the scope again. */
export function forgetLocal(scope: Pick<SequenceScope, "names" | "folded">, symbol: LoopVariableSymbol): void {
  if (scope.names.get(symbol.name) === symbol) scope.names.delete(symbol.name);
  const key = symbol.name.toLowerCase();
  if (scope.folded.get(key) === symbol) scope.folded.delete(key);
}

/** The variable of a `for` or of a list comprehension. */
export function loopVariableSymbol(module: Module, node: LoopVariableSymbol["node"], name: Name): LoopVariableSymbol {
  return { kind: "loopVariable", name: name.text, nameNode: name, module, node };
}

/** A parameter of a function. */
export function fnParameterSymbol(module: Module, node: FnParameterSymbol["node"], name: Name): FnParameterSymbol {
  return { kind: "fnParameter", name: name.text, nameNode: name, module, node };
}

/** The symbol that stood for the node before, or else the new one. */
export function again<S extends LocalSymbol>(earlier: EarlierSymbols | undefined, node: Node, symbol: S): S {
  if (earlier === undefined) return symbol;
  const known = earlier.get(node);
  if (known?.kind === symbol.kind) return known as S;
  earlier.set(node, symbol);
  return symbol;
}

function bindVariable(building: Building, node: VariableDeclaration, variables: VariableSymbol[]): void {
  if (node.name.kind === "missing") return;
  const base = { name: node.name.text, nameNode: node.name, module: building.module };
  if (isGlobalRole(node.role)) {
    const secret = node.role === "globalSecret" || node.role === "externGlobalSecret";
    const extern = node.role === "externGlobalVar" || node.role === "externGlobalSecret";
    const symbol = again(building.earlier, node, { kind: "global", node, secret, extern, ...base });
    if (isSystemVariable(symbol.name)) {
      building.report(building.module, node.name, nameDiagnostics.SEQ2205, { name: symbol.name });
    }
    declareLocal(building, building.module, symbol, building.report);
    building.symbols.set(node, symbol);
    return;
  }
  const symbol: VariableSymbol = again(building.earlier, node, { kind: "variable", node, ...base });
  declareLocal(building, building.module, symbol, building.report);
  building.symbols.set(node, symbol);
  variables.push(symbol);
}

function isGlobalRole(role: VariableDeclaration["role"]): boolean {
  return role === "globalVar" || role === "globalSecret" || role === "externGlobalVar" || role === "externGlobalSecret";
}

function bindStatement(building: Building, statement: Statement): void {
  switch (statement.kind) {
    case "step":
      bindLabel(building, statement);
      noteAssignments(building, statement);
      return;
    case "group":
      bindLabel(building, statement);
      bindBlock(building, statement.body);
      if (statement.onError !== undefined) bindBlock(building, statement.onError);
      if (statement.finally !== undefined) bindBlock(building, statement.finally);
      return;
    case "if":
      bindBlock(building, statement.body);
      if (statement.otherwise?.kind === "if") bindStatement(building, statement.otherwise);
      else if (statement.otherwise !== undefined) bindBlock(building, statement.otherwise);
      return;
    case "for":
      bindBlock(building, statement.body);
  }
}

function bindBlock(building: Building, block: Block): void {
  for (const statement of block.statements) bindStatement(building, statement);
}

function bindLabel(building: Building, node: Step | Group): void {
  const { label, title } = node;
  if (label !== undefined || title !== undefined) building.steps.push(node);
  if (label === undefined) return;
  const { module, earlier } = building;
  const symbol: LabelSymbol = again(earlier, node, { kind: "label", name: label.text, nameNode: label, module, node });
  declareLocal(building, building.module, symbol, building.report);
  building.symbols.set(node, symbol);
}

function noteAssignments(building: Building, step: Step): void {
  if (step.action.kind === "set") {
    for (const { name } of step.action.assignments) noteAssignment(building, name);
  }
  for (const clause of step.clauses) if (clause.kind === "into") noteAssignment(building, clause.variable);
}

function noteAssignment(building: Building, name: Name | { readonly kind: "missing" }): void {
  if (name.kind === "missing") return;
  const offsets = building.assignments.get(name.text);
  if (offsets === undefined) building.assignments.set(name.text, [name.start]);
  else offsets.push(name.start);
}

function relatedTo(symbol: Parameters<typeof placeOf>[0] & { readonly name: string }): Parameters<Report>[4] {
  const place = placeOf(symbol);
  return place === undefined ? {} : { related: [{ ...place, message: `${symbol.name} is declared here already` }] };
}

/** Is a variable of this name assigned between two offsets? Cost logarithmic in its assignments. */
export function isAssignedWithin(scope: SequenceScope, name: string, start: number, end: number): boolean {
  const offsets = scope.assignments.get(name);
  if (offsets === undefined) return false;
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return (offsets[low] ?? end) < end;
}
