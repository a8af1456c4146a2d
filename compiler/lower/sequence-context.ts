// What lowering one sequence carries along: the plan being built, the program's side tables, slots, and where NOTE is due.
// Plain state with a few questions; what is emitted for which node is decided in the files around it.
import { createDiagnostic, lineMap } from "@sequitur/grammar";
import type {
  Comprehension,
  Declared,
  Diagnostic,
  Expression,
  FnParameter,
  For,
  Group,
  LineMap,
  Span,
  Step,
} from "@sequitur/grammar";
import type { PlanSlot, PlanType, Position, Value } from "@sequitur/runtime/plan";
import type { ConstantEvaluator } from "../constants/constant-evaluator.ts";
import { loweringDiagnostics } from "../diagnostics/lowering.ts";
import { invariant } from "../invariant.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import type { Module } from "../model/module.ts";
import type {
  AccountSymbol,
  ContentSymbol,
  GlobalSymbol,
  LoopVariableSymbol,
  ScriptActionSymbol,
  SequenceSymbol,
  VariableSymbol,
} from "../model/symbol.ts";
import type { Type } from "../types/type.ts";
import type { PlanBuilder } from "./plan-builder.ts";
import { planTypeOf } from "./plan-type-of.ts";

/** How deep expressions nest in each other, through the functions that they call. */
const deepest = 500;

/** What all sequences of one plan share. */
export interface ProgramContext {
  readonly program: CheckedProgram;
  readonly builder: PlanBuilder;
  readonly constants: ConstantEvaluator;
  readonly loopVariables: ReadonlyMap<For | Comprehension, LoopVariableSymbol>;
  /** Steps whose `.output` something reads. */
  readonly outputsRead: ReadonlySet<Step | Group>;
  readonly lineMaps: Map<string, LineMap>;
  readonly lowerExpression: (ctx: SequenceContext, expression: Expression, to?: Type) => void;
  /** Index of a sequence in the plan; the first call of one that has none yet puts it in line. */
  sequenceIndex(symbol: SequenceSymbol): number;
  /** Index into `plan.content`. */
  contentIndex(symbol: ContentSymbol): number;
  /** Index into `plan.content` of a script file beside the module. */
  fileIndex(module: Module, path: string, place: Span): number;
  accountIndex(symbol: AccountSymbol): number;
  /** Index into `plan.actions` of an action that is written in TypeScript. */
  projectActionIndex(symbol: ScriptActionSymbol): number;
  /** The boot image of the sequence that the plan starts, where its options name one. */
  bootImage(): number | undefined;
  report(diagnostic: Diagnostic): void;
}

/** Where the value of a parameter of an inlined fn is. */
export type Binding =
  | { readonly kind: "constant"; readonly value: Value; readonly type: PlanType }
  | { readonly kind: "slot"; readonly slot: number; readonly type: PlanType; readonly secret: boolean };

interface ModuleLines {
  readonly module: Module;
  readonly map: LineMap;
  /** Index into `plan.sources`. */
  readonly source: number;
}

type Declaration = VariableSymbol["node"] | FnParameter | For | Comprehension;

export class SequenceContext {
  readonly shared: ProgramContext;
  readonly symbol: SequenceSymbol;
  readonly index: number;
  readonly slots: PlanSlot[] = [];
  /** Nodes of steps and groups that are lowered already, for STEP and handles. */
  readonly nodeOf = new Map<Step | Group, number>();
  private readonly slotOf = new Map<Declaration, number>();
  readonly bindings = new Map<FnParameter, Binding>();
  /** The module of the code being lowered: another one's within an inlined fn. */
  module: Module;
  /** The enclosing node, or −1. */
  parent = -1;
  /** Within a condition whose parts a report shows. */
  noting = false;
  /** Counts the secrets read so far: a part that read one is not noted. */
  secretsRead = 0;

  /** Of the module that was current last. */
  private lines: ModuleLines | undefined;
  private lastStart = -1;
  private lastModule: Module | undefined;

  constructor(shared: ProgramContext, symbol: SequenceSymbol, index: number) {
    this.shared = shared;
    this.symbol = symbol;
    this.index = index;
    this.module = symbol.module;
  }

  get builder(): PlanBuilder {
    return this.shared.builder;
  }

  /** Position of a place in the current module. */
  positionOf(place: Span): Position {
    const lines = this.lines?.module === this.module ? this.lines : this.enterModule();
    const { line, column } = lines.map.positionAt(place.start);
    return [lines.source, line, column];
  }

  private enterModule(): ModuleLines {
    const { path, parsed } = this.module;
    const map = this.shared.lineMaps.get(path) ?? lineMap(parsed.text);
    this.shared.lineMaps.set(path, map);
    this.lines = { module: this.module, map, source: this.builder.source(path) };
    return this.lines;
  }

  /** What is emitted from now on stands at this place. */
  at(place: Span): void {
    if (this.lastStart === place.start && this.lastModule === this.module) return;
    this.builder.position = this.positionOf(place);
    this.lastStart = place.start;
    this.lastModule = this.module;
  }

  /** Texts that stand in a statement itself, such as the message of `fail`, are no expressions to the checker. */
  typeOf(expression: Expression): Type {
    return this.shared.program.types.get(expression) ?? { kind: expression.kind === "string" ? "string" : "error" };
  }

  planTypeOf(expression: Expression): PlanType {
    return planTypeOf(this.typeOf(expression));
  }

  /** The type of an expression as its place asks for it. */
  fittedTypeOf(expression: Expression): PlanType {
    return planTypeOf(this.shared.program.expected.get(expression) ?? this.typeOf(expression));
  }

  private depth = 0;

  /** Lowers an expression: lower-expression.ts, handed in, since what it calls calls it again. */
  lower(expression: Expression, to?: Type): void {
    if (this.depth >= deepest) return this.failTooDeep(expression);
    this.depth += 1;
    this.shared.lowerExpression(this, expression, to);
    this.depth -= 1;
  }

  /** What would have been on the stack is of no matter: with a finding there is no plan. */
  private failTooDeep(expression: Expression): void {
    const { start, end } = expression;
    const limit = `functions and brackets are nested more than ${deepest} deep`;
    if (!this.builder.isTooDeep) {
      this.shared.report(
        createDiagnostic(loweringDiagnostics.SEQ1201, { file: this.module.path, start, end }, { limit }),
      );
    }
    this.builder.isTooDeep = true;
    this.builder.push("never", null);
  }

  /** Does something whose parts no report shows. */
  withoutNotes(lower: () => void): void {
    const noting = this.noting;
    this.noting = false;
    lower();
    this.noting = noting;
  }

  constantOf(expression: Expression, to?: Type): Value | undefined {
    return this.shared.constants.valueOf(expression, this.module.path, to);
  }

  /** The slot of a variable; made on first use. */
  slotFor(node: Declaration, name: string, type: PlanType): number {
    const known = this.slotOf.get(node);
    if (known !== undefined) return known;
    const slot = this.slots.length;
    this.slots.push({ name, type });
    this.slotOf.set(node, slot);
    return slot;
  }

  slotOfVariable(symbol: VariableSymbol | LoopVariableSymbol): { readonly slot: number; readonly type: PlanType } {
    const type = planTypeOf(this.shared.program.symbolTypes.get(symbol) ?? { kind: "error" });
    return { slot: this.slotFor(symbol.node, symbol.name, type), type };
  }

  slotOfLoop(node: For | Comprehension): number {
    const symbol = this.shared.loopVariables.get(node);
    invariant(symbol !== undefined, "a loop of a program without errors has its variable");
    return this.slotOfVariable(symbol).slot;
  }

  report<A>(declaration: Declared<A>, place: Span, args: NoInfer<A>): void {
    const location = { file: this.module.path, start: place.start, end: place.end };
    this.shared.report(createDiagnostic(declaration, location, args));
  }

  globalIndex(symbol: GlobalSymbol): number {
    return this.builder.global(symbol.name, symbol.secret);
  }
}
