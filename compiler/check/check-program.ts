// Checks a loaded program as a whole: every declaration of every module, then what only the whole shows.
import type { Diagnostic } from "@sequitur/grammar";
import type { CompilerHost } from "../host.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import { checkHandlers } from "../flow/handlers.ts";
import { checkPhases } from "../flow/phases.ts";
import type { Module } from "../model/module.ts";
import type { SequenceSymbol } from "../model/symbol.ts";
import { reportCallCycles, reportFunctionCycles } from "./cycles.ts";
import { checkDeclaration } from "./declarations.ts";
import { checkExpression } from "./expression.ts";
import { reportGlobalClashes } from "./globals.ts";
import { createProgramContext } from "./program-context.ts";
import type { ProgramContext } from "./program-context.ts";

/**
 * The program with types, resolutions and findings: those of parsing and loading too, by file in the order of loading
 * and by place. Complete also where something is wrong. Cost linear in the texts.
 */
export function checkProgram(modules: ReadonlyMap<string, Module>, host: CompilerHost): CheckedProgram {
  const program = createProgramContext(host, modules, checkExpression);
  for (const module of modules.values()) {
    for (const declaration of module.parsed.tree.declarations) checkDeclaration(program, module, declaration);
  }
  orderByDeclaration(program);
  checkCalls(program, [...program.scopes.keys()]);
  checkTogether(program);
  return checkedProgram(program, inOrder(modules, [...program.diagnostics, ...program.evaluator.diagnostics]));
}

/** Reports what sequences show together that call each other; with a sequence come all that it has to do with. */
export function checkCalls(program: ProgramContext, sequences: readonly SequenceSymbol[]): void {
  reportCallCycles(program, sequences);
  checkPhases(program, sequences);
  checkHandlers(program, sequences);
}

/** Reports what functions and globals show together. */
export function checkTogether(program: ProgramContext): void {
  reportFunctionCycles(program);
  reportGlobalClashes(program);
}

/** What is told about several places is told in the order of declarations, whatever was asked for first. */
export function orderByDeclaration(program: ProgramContext): void {
  const { scopes, fnCalls } = program;
  const knownScopes = new Map(scopes);
  const knownCalls = new Map(fnCalls);
  scopes.clear();
  fnCalls.clear();
  for (const { parsed, declared } of program.modules.values()) {
    for (const node of parsed.tree.declarations) {
      if ((node.kind !== "sequence" && node.kind !== "fn") || node.name.kind === "missing") continue;
      const symbol = declared.get(node.name.text);
      if (symbol?.node !== node) continue;
      const scope = symbol.kind === "sequence" ? knownScopes.get(symbol) : undefined;
      if (scope !== undefined) scopes.set(scope.sequence, scope);
      const calls = symbol.kind === "fn" ? knownCalls.get(symbol) : undefined;
      if (calls !== undefined && symbol.kind === "fn") fnCalls.set(symbol, calls);
    }
  }
}

/** What checking gives, without constants. */
export function checkedProgram(program: ProgramContext, diagnostics: readonly Diagnostic[]): CheckedProgram {
  return {
    modules: program.modules,
    resolutions: program.resolutions,
    paths: program.paths,
    types: program.types,
    expected: program.expected,
    computable: program.computable,
    typeNodes: program.typeNodes,
    symbolTypes: program.symbolTypes,
    targets: program.targets,
    constants: new Map(),
    variables: program.variables,
    diagnostics,
  };
}

function inOrder(modules: ReadonlyMap<string, Module>, found: readonly Diagnostic[]): readonly Diagnostic[] {
  const all = [
    ...[...modules.values()].flatMap((module) => [...module.parsed.diagnostics, ...module.diagnostics]),
    ...found,
  ];
  const order = new Map([...modules.keys()].map((path, index) => [path, index]));
  const fileOf = (diagnostic: Diagnostic): number => order.get(diagnostic.file) ?? order.size;
  return all.sort((a, b) => fileOf(a) - fileOf(b) || a.start - b.start || a.end - b.end);
}
