// What is remembered of each step: what it was checked with, and what it made certain. A step that would be checked with the
// same again, and about which nothing was said, need not be.
import type { Step } from "@sequitur/grammar";
import type { EarlierSymbols, SequenceScope } from "../bind/sequence-scope.ts";
import type { CheckContext, HandlerPlace } from "../check/check-context.ts";
import { describeKnown } from "../check/known-values.ts";
import type { CheckMemory } from "../check/check-memory.ts";
import { certaintyOf, setCertainty } from "../flow/flow-state.ts";
import type { Certainty, FlowSymbol } from "../flow/flow-state.ts";
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
    const now = this.lookAround(ctx, step);
    const before = this.remembered.get(step);
    const counts = before?.wasSpokenOf === false && !this.isNew(ctx.module) && !this.afresh.has(sequence.sequence);
    if (counts && isSame(before, now)) {
      if (!mentionsAny(step, this.changedNames(ctx.module, sequence))) {
        for (const [symbol, level] of before.effects) setCertainty(flow, symbol, level);
        return true;
      }
    }
    if (before !== undefined) this.purge(step);
    this.pending = now;
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

  private lookAround(ctx: CheckContext, step: Step): Remembered {
    const symbols: (Symbol | undefined)[] = [];
    const known: (string | number)[] = [];
    for (const name of mentionsOf(step)) {
      if (name.startsWith(foldedMark)) {
        const folded = name.slice(foldedMark.length);
        symbols.push(ctx.folded.get(folded) ?? ctx.names.get(folded));
        known.push(0);
        continue;
      }
      const local = ctx.names.get(name);
      const symbol = local ?? ctx.module.scope.get(name);
      symbols.push(symbol);
      let about: string | number = 0;
      if (local?.kind === "variable" || local?.kind === "label") {
        about = ctx.flow === undefined ? 0 : certaintyOf(ctx.flow, local);
      } else if (local?.kind === "loopVariable") {
        const type = ctx.program.symbolTypes.get(local);
        about = type === undefined ? "" : printType(type);
      }
      const subject = local?.kind === "global" || local === undefined ? name : local;
      const present = ctx.narrowings.known.get(subject);
      if (present !== undefined && present.size > 0) about = `${about} ${[...present].sort().join(" ")}`;
      const values = describeKnown(ctx, subject);
      known.push(values === "" ? about : `${about} ${values}`);
    }
    return {
      isDead: ctx.flow?.dead === true,
      isDisabled: ctx.program.disabledDepth > 0,
      place: ctx.place,
      symbols,
      known,
      effects: [],
      wasSpokenOf: false,
    };
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

function isSame(one: Remembered, other: Remembered): boolean {
  if (one.isDead !== other.isDead || one.isDisabled !== other.isDisabled || one.place !== other.place) return false;
  for (let index = 0; index < one.symbols.length; index++) {
    if (one.symbols[index] !== other.symbols[index] || one.known[index] !== other.known[index]) return false;
  }
  return true;
}
