// What is remembered of each step: what it was checked with, and what it made certain. A step that would be checked with the
// same again, and about which nothing was said, need not be.
import type { Step } from "@sequitur/grammar";
import type { EarlierSymbols, SequenceScope } from "../bind/sequence-scope.ts";
import type { CheckContext, HandlerPlace } from "../check/check-context.ts";
import { describeKnown } from "../check/known-values.ts";
import { isAnythingKnown } from "../check/narrowing.ts";
import type { CheckMemory } from "../check/check-memory.ts";
import type { Subject } from "../check/subject.ts";
import { certaintyOf, setCertainty } from "../flow/flow-state.ts";
import type { Certainty, FlowState, FlowSymbol } from "../flow/flow-state.ts";
import type { Module } from "../model/module.ts";
import type { SequenceSymbol, Symbol } from "../model/symbol.ts";
import { printType } from "../types/print-type.ts";
import { foldedMark, mentionsAny, mentionsOf } from "./mentions.ts";

/** What a step was checked with. */
interface Remembered {
  readonly isDead: boolean;
  readonly isDisabled: boolean;
  readonly place: HandlerPlace;
  /** For each name that the step mentions what it stands for. */
  readonly symbols: readonly (Symbol | undefined)[];
  /** And what was known of that: how certain it is, which of its parts are present, the type of a loop's variable. */
  readonly known: readonly (string | number)[];
  effects: readonly (readonly [FlowSymbol, Certainty])[];
  /** Something was said about the step. */
  wasSpokenOf: boolean;
}

const noNames: ReadonlySet<string> = new Set();

export class StepMemory implements CheckMemory {
  readonly symbols: EarlierSymbols = new WeakMap();
  private readonly remembered = new WeakMap<Step, Remembered>();
  private readonly scopes = new WeakMap<SequenceSymbol, SequenceScope>();
  private readonly afresh = new Set<SequenceSymbol>();
  private pending: Remembered | undefined;
  private changedScope: SequenceScope | undefined;
  private changed: ReadonlySet<string> = noNames;
  private readonly changedIn: (module: Module) => ReadonlySet<string>;
  private readonly isNew: (module: Module) => boolean;
  private readonly purge: (step: Step) => void;

  /**
   * `changedIn`: names of a module that mean something else than before · `isNew`: nothing that is known of the module
   * counts · `purge`: takes the meaning of a step out of the program's tables.
   */
  constructor(
    changedIn: (module: Module) => ReadonlySet<string>,
    isNew: (module: Module) => boolean,
    purge: (step: Step) => void,
  ) {
    this.changedIn = changedIn;
    this.isNew = isNew;
    this.purge = purge;
  }

  /** To be called before the program is checked again. */
  begin(): void {
    this.changedScope = undefined;
    this.changed = noNames;
    this.afresh.clear();
  }

  /** Nothing that is known of a sequence counts: the check before has not looked at it. */
  startAfresh(sequence: SequenceSymbol): void {
    this.afresh.add(sequence);
  }

  /** Something was said about a step. */
  speakOf(step: Step): void {
    const remembered = this.remembered.get(step);
    if (remembered !== undefined) remembered.wasSpokenOf = true;
  }

  recall(ctx: CheckContext, step: Step): boolean {
    const { flow, sequence } = ctx;
    if (flow === undefined || sequence === undefined) return false;
    const before = this.remembered.get(step);
    const counts = before?.wasSpokenOf === false && !this.isNew(ctx.module) && !this.afresh.has(sequence.sequence);
    if (counts && stillHolds(ctx, flow, mentionsOf(step), before)) {
      const changed = this.changedNames(ctx.module, sequence);
      if (!mentionsAny(step, changed)) {
        for (const [symbol, level] of before.effects) setCertainty(flow, symbol, level);
        return true;
      }
    }
    if (before !== undefined) this.purge(step);
    this.pending = lookAround(ctx, flow, mentionsOf(step));
    return false;
  }

  remember(ctx: CheckContext, step: Step, mark: number): void {
    const { pending } = this;
    const { flow } = ctx;
    if (pending === undefined || flow === undefined) return;
    const effects: (readonly [FlowSymbol, Certainty])[] = [];
    for (let index = mark; index < flow.trail.length; index++) {
      const symbol = flow.trail[index]?.symbol;
      if (symbol !== undefined) effects.push([symbol, certaintyOf(flow, symbol)]);
    }
    pending.effects = effects;
    this.remembered.set(step, pending);
    this.pending = undefined;
  }

  /** Names of a sequence that mean something else than before: of the module, of variables, of steps that set or use those. */
  private changedNames(module: Module, scope: SequenceScope): ReadonlySet<string> {
    if (this.changedScope === scope) return this.changed;
    const outer = this.changedIn(module);
    const before = this.scopes.get(scope.sequence);
    this.scopes.set(scope.sequence, scope);
    this.changedScope = scope;
    this.changed = changedWithin(scope, before, outer);
    return this.changed;
  }
}

function changedWithin(
  scope: SequenceScope,
  before: SequenceScope | undefined,
  outer: ReadonlySet<string>,
): ReadonlySet<string> {
  const changed = new Set(outer);
  for (const [name, symbol] of scope.names) {
    if (symbol.kind === "label" || symbol.node === undefined) continue;
    if (before?.names.get(name) !== symbol || mentionsAny(symbol.node, outer)) changed.add(name);
  }
  for (const [name, symbol] of before?.names ?? []) {
    if (symbol.kind !== "label" && scope.names.get(name) !== symbol) changed.add(name);
  }
  if (changed.size === 0) return noNames;
  const labels: string[] = [];
  for (const symbol of scope.symbols.values()) {
    if (symbol.kind === "label" && symbol.node.kind === "step" && mentionsAny(symbol.node, changed)) {
      labels.push(symbol.name);
    }
  }
  for (const name of labels) changed.add(name);
  return changed;
}

function lookAround(ctx: CheckContext, flow: FlowState, mentions: readonly string[]): Remembered {
  const symbols = mentions.map((name) => standsFor(ctx, name));
  return {
    isDead: flow.dead,
    isDisabled: ctx.program.disabledDepth > 0,
    place: ctx.place,
    symbols,
    known: symbols.map((symbol, index) => knownOf(ctx, flow, mentions[index] ?? "", symbol)),
    effects: [],
    wasSpokenOf: false,
  };
}

/** Would the step be checked with the same as before? Asked of every step at every edit. */
function stillHolds(ctx: CheckContext, flow: FlowState, mentions: readonly string[], before: Remembered): boolean {
  if (before.isDead !== flow.dead || before.place !== ctx.place) return false;
  if (before.isDisabled !== ctx.program.disabledDepth > 0) return false;
  for (let index = 0; index < mentions.length; index++) {
    const name = mentions[index] ?? "";
    const symbol = standsFor(ctx, name);
    if (symbol !== before.symbols[index]) return false;
    if (knownOf(ctx, flow, name, symbol) !== before.known[index]) return false;
  }
  return true;
}

function standsFor(ctx: CheckContext, name: string): Symbol | undefined {
  const symbol = ctx.names.get(name) ?? ctx.module.scope.get(name);
  if (symbol !== undefined || !name.startsWith(foldedMark)) return symbol;
  const folded = name.slice(foldedMark.length);
  return ctx.folded.get(folded) ?? ctx.names.get(folded);
}

/** How certain something is, which of its parts are present, what conditions say of its value, and of which type is the variable of a loop. */
function knownOf(ctx: CheckContext, flow: FlowState, name: string, symbol: Symbol | undefined): string | number {
  let about: string | number = 0;
  let subject: Subject = name;
  switch (symbol?.kind) {
    case "variable":
    case "label":
      about = certaintyOf(flow, symbol);
      subject = symbol;
      break;
    case "loopVariable": {
      const type = ctx.program.symbolTypes.get(symbol);
      about = type === undefined ? "" : printType(type);
      subject = symbol;
      break;
    }
    default:
  }
  // Mostly nothing at all was learnt from conditions.
  if (!isAnythingKnown(ctx)) return about;
  const present = ctx.narrowings.known.get(subject);
  const values = describeKnown(ctx, subject);
  if ((present === undefined || present.size === 0) && values === "") return about;
  return `${about} ${[...(present ?? [])].sort().join(" ")} ${values}`;
}
