// Checks a loaded program as a whole: every declaration of every module, then what only the whole shows.
import type { Diagnostic } from "@sequitur/grammar";
import type { CompilerHost } from "../host.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import { checkPhases } from "../flow/phases.ts";
import type { Module } from "../model/module.ts";
import { reportCycles } from "./cycles.ts";
import { checkDeclaration } from "./declarations.ts";
import { checkExpression } from "./expression.ts";
import { reportGlobalClashes } from "./globals.ts";
import { createProgramContext } from "./program-context.ts";

/**
 * The program with types, resolutions and findings: those of parsing and loading too, by file in the order of loading
 * and by place. Complete also where something is wrong. Cost linear in the texts.
 */
export function checkProgram(modules: ReadonlyMap<string, Module>, host: CompilerHost): CheckedProgram {
  const program = createProgramContext(host, modules, checkExpression);
  for (const module of modules.values()) {
    for (const declaration of module.parsed.tree.declarations) checkDeclaration(program, module, declaration);
  }
  reportCycles(program);
  checkPhases(program);
  reportGlobalClashes(program);
  return {
    modules,
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
    diagnostics: inOrder(modules, [...program.diagnostics, ...program.evaluator.diagnostics]),
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
