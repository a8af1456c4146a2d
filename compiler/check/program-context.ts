// What checking a whole program shares: the tables it fills, the findings, and what is computed once on demand.
import { createDiagnostic } from "@sequitur/grammar";
import type { Assignment, Diagnostic, Expression, IntoClause, Path, TypeNode } from "@sequitur/grammar";
import type { Value } from "@sequitur/runtime/plan";
import { Catalogues } from "../catalogue/project-catalogues.ts";
import type { SequenceScope } from "../bind/sequence-scope.ts";
import { ConstantEvaluator } from "../constants/constant-evaluator.ts";
import type { Report } from "../diagnostics/report.ts";
import type { CompilerHost } from "../host.ts";
import type { Module } from "../model/module.ts";
import type { PathResolution, Resolution } from "../model/resolution.ts";
import type {
  ConstSymbol,
  FnParameterSymbol,
  FnSymbol,
  GlobalSymbol,
  LabelSymbol,
  LoopVariableSymbol,
  SequenceSymbol,
  TypeSymbol,
  VariableSymbol,
} from "../model/symbol.ts";
import type { Type } from "../types/type.ts";
import type { CheckContext } from "./check-context.ts";
import { stepWaysOut } from "./step-ways-out.ts";
import type { StepPlace } from "./step-ways-out.ts";
import type { CheckMemory } from "./check-memory.ts";

/** A value that is being computed: a cycle comes back here. */
export const inProgress = Symbol("in progress");

/** How deep constants and types may need each other, their own nesting included. */
export const needDepth = 300;

/** Shared by everything that checks one program. */
export interface ProgramContext {
  readonly host: CompilerHost;
  readonly modules: ReadonlyMap<string, Module>;
  readonly diagnostics: Diagnostic[];
  readonly report: Report;
  /** Findings become warnings while this is above 0: in what is written `disabled`. */
  disabledDepth: number;
  /** The step that is being checked, for the ways out of what is wrong in it. */
  step?: StepPlace | undefined;
  /** How deep the expression or type is that is being looked at, through the constants and types that it needs. */
  depth: number;

  readonly resolutions: Map<Expression, Resolution>;
  readonly paths: Map<Path, PathResolution>;
  readonly types: Map<Expression, Type>;
  readonly expected: Map<Expression, Type>;
  readonly computable: Map<string, Expression[]>;
  readonly typeNodes: Map<TypeNode, Type>;
  readonly symbolTypes: Map<VariableSymbol | LoopVariableSymbol | FnParameterSymbol, Type>;
  readonly targets: Map<Assignment | IntoClause, VariableSymbol | GlobalSymbol>;
  readonly variables: Map<SequenceSymbol, readonly VariableSymbol[]>;

  readonly scopes: Map<SequenceSymbol, SequenceScope>;
  readonly aliases: Map<TypeSymbol, Type | typeof inProgress>;
  readonly constantTypes: Map<ConstSymbol, Type | typeof inProgress>;
  readonly signatures: Map<FnSymbol, FnSignature>;
  readonly labelOutputs: Map<LabelSymbol, Type | undefined>;
  /** Actions that are not built in. */
  readonly catalogues: Catalogues;
  /** By name; undefined: looked up, and not in the catalogue. */
  readonly knownGlobals: Map<string, GlobalSymbol | undefined>;
  /** Which fn calls which, for cycles. */
  readonly fnCalls: Map<FnSymbol, { readonly callee: FnSymbol; readonly at: Expression }[]>;

  /** What is known of earlier checks of the same program; absent when this is the only one. */
  readonly memory?: CheckMemory;

  /** check/expression.ts, handed in: what it calls calls it again. */
  readonly checkExpression: (ctx: CheckContext, expression: Expression, expected?: Type) => Type;
  readonly evaluator: ConstantEvaluator;
}

/** The tables of a program that stay true, for what is left as it is, when another part of it is changed. */
export type ProgramTables = Pick<
  ProgramContext,
  | "resolutions"
  | "paths"
  | "types"
  | "expected"
  | "typeNodes"
  | "symbolTypes"
  | "targets"
  | "variables"
  | "scopes"
  | "knownGlobals"
  | "fnCalls"
>;

/** Empty tables. */
export function createTables(): ProgramTables {
  return {
    resolutions: new Map(),
    paths: new Map(),
    types: new Map(),
    expected: new Map(),
    typeNodes: new Map(),
    symbolTypes: new Map(),
    targets: new Map(),
    variables: new Map(),
    scopes: new Map(),
    knownGlobals: new Map(),
    fnCalls: new Map(),
  };
}

/** What a function takes and gives. */
export interface FnSignature {
  readonly parameters: readonly { readonly name: string; readonly type: Type; readonly required: boolean }[];
  readonly result: Type;
}

/** Empty tables for a loaded program. */
export function createProgramContext(
  host: CompilerHost,
  modules: ReadonlyMap<string, Module>,
  checkExpression: ProgramContext["checkExpression"],
  earlier?: { readonly memory: CheckMemory; readonly tables: ProgramTables },
): ProgramContext {
  const diagnostics: Diagnostic[] = [];
  const tables = earlier?.tables ?? createTables();
  const program: ProgramContext = {
    host,
    modules,
    diagnostics,
    disabledDepth: 0,
    depth: 0,
    report: (module, place, declaration, args, details = {}) => {
      const location = { file: module.path, start: place.start, end: place.end };
      const quiet = program.disabledDepth > 0 && declaration.severity === "error";
      const severity = quiet ? { severity: "warning" as const } : {};
      const ways = stepWaysOut(declaration.code, location, program.step);
      const fixes = ways.length === 0 ? {} : { fixes: [...(details.fixes ?? []), ...ways] };
      diagnostics.push(createDiagnostic(declaration, location, args, { ...severity, ...details, ...fixes }));
    },
    ...tables,
    ...(earlier === undefined ? {} : { memory: earlier.memory }),
    computable: new Map([...modules.keys()].map((path) => [path, []])),
    aliases: new Map(),
    constantTypes: new Map(),
    signatures: new Map(),
    labelOutputs: new Map(),
    catalogues: new Catalogues(host),
    checkExpression,
    evaluator: new ConstantEvaluator(tables),
  };
  return program;
}

/** The value of an expression that was checked already; undefined when it is not known before the run. */
export function constantValue(program: ProgramContext, module: Module, expression: Expression): Value | undefined {
  return program.evaluator.valueOf(expression, module.path);
}
