// What a condition proves: where `x == 1` holds, x is present, and it is 1. A fact proved holds in the rest of the condition, in the sides
// of an `if` and in the step or block that the condition guards, unless the variable is assigned in there. What is known of
// values is known-values.ts. Reads resolutions that checking the condition has made; reports nothing.
import type { Binary, Expression, Span } from "@sequitur/grammar";
import { isAssignedWithin } from "../bind/sequence-scope.ts";
import type { CheckContext } from "./check-context.ts";
import { learnValue, noteValue } from "./known-values.ts";
import type { KnownValue, KnownValues } from "./known-values.ts";
import { subjectOf } from "./subject.ts";
import type { Subject } from "./subject.ts";

/** What holds here, and what follows from it as far as it was worked out. */
export interface Narrowings {
  /** Conditions that hold or do not, outermost first. */
  readonly assumed: Assumption[];
  /** How many of them were worked out. */
  worked: number;
  /** Fields of the subject, dotted; "" is the subject itself. */
  readonly known: Map<Subject, Set<string>>;
  readonly values: KnownValues;
  /** What was learnt, in order, so that it can be forgotten again. */
  readonly trail: Learnt[];
}

interface Assumption {
  /** Undefined: nothing follows from it beside what was noted by `noteTold`. */
  readonly condition: Expression | undefined;
  readonly truth: boolean;
  readonly within: Span | undefined;
  /** How long the trail was when it was worked out. */
  learntFrom: number;
}

/** `path` of what is present, or `key` of what is known of a value, with what was known before. */
type Learnt =
  | { readonly subject: Subject; readonly path: string }
  | { readonly subject: Subject; readonly key: string; readonly before: KnownValue | undefined };

/** Nothing is known. */
export function createNarrowings(): Narrowings {
  return { assumed: [], worked: 0, known: new Map(), values: new Map(), trail: [] };
}

/** Has a condition shown that this is present here? */
export function isPresent(ctx: CheckContext, subject: Subject, path: string): boolean {
  return isAnythingKnown(ctx) && ctx.narrowings.known.get(subject)?.has(path) === true;
}

/** Works out all that holds here; false: nothing follows from it. To be called before `known` and `values` are read. */
export function isAnythingKnown(ctx: CheckContext): boolean {
  const { narrowings } = ctx;
  const { assumed, trail } = narrowings;
  while (narrowings.worked < assumed.length) {
    const next = assumed[narrowings.worked];
    narrowings.worked += 1;
    if (next?.condition === undefined) continue;
    next.learntFrom = trail.length;
    learn(ctx, next.condition, next.truth, next.within);
  }
  return trail.length > 0;
}

/** A place to forget back to. */
export function narrowingMark(ctx: CheckContext): number {
  return ctx.narrowings.assumed.length;
}

/** Forgets what was assumed since the mark, and what was learnt from it. */
export function forget(ctx: CheckContext, mark: number): void {
  const { narrowings } = ctx;
  const { assumed } = narrowings;
  if (assumed.length === mark) return;
  if (narrowings.worked > mark) {
    unlearn(narrowings, assumed[mark]?.learntFrom ?? 0);
    narrowings.worked = mark;
  }
  assumed.length = mark;
}

function unlearn({ known, values, trail }: Narrowings, length: number): void {
  while (trail.length > length) {
    const entry = trail.pop();
    if (entry === undefined) return;
    if ("path" in entry) known.get(entry.subject)?.delete(entry.path);
    else if (entry.before === undefined) values.get(entry.subject)?.delete(entry.key);
    else values.get(entry.subject)?.set(entry.key, entry.before);
  }
}

/** Assumes that the condition is `truth`; gives the mark to forget it by. `within` is the construct that it guards. */
export function assume(ctx: CheckContext, condition: Expression, truth: boolean, within?: Span): number {
  return ctx.narrowings.assumed.push({ condition, truth, within, learntFrom: 0 }) - 1;
}

/** Notes what was told of a value, until it is forgotten. */
export function noteTold(ctx: CheckContext, subject: Subject, key: string, value: KnownValue): void {
  isAnythingKnown(ctx);
  const { narrowings } = ctx;
  narrowings.assumed.push({
    condition: undefined,
    truth: true,
    within: undefined,
    learntFrom: narrowings.trail.length,
  });
  narrowings.worked = narrowings.assumed.length;
  noteValue(ctx, subject, key, value);
}

function learn(ctx: CheckContext, condition: Expression, truth: boolean, within: Span | undefined): void {
  switch (condition.kind) {
    case "parenthesized":
      learn(ctx, condition.expression, truth, within);
      return;
    case "unary":
      if (condition.operator === "not") learn(ctx, condition.operand, !truth, within);
      return;
    case "binary":
      learnBinary(ctx, condition, truth, within);
      return;
    case "reference":
    case "member":
      if (truth) learnStep(ctx, condition);
      learnValue(ctx, condition, truth, within);
      return;
    default:
  }
}

function learnBinary(ctx: CheckContext, condition: Binary, truth: boolean, within: Span | undefined): void {
  const { operator, left, right } = condition;
  if (operator !== "and" && operator !== "or") learnValue(ctx, condition, truth, within);
  switch (operator) {
    case "and":
    case "or":
      if ((operator === "and") === truth) for (const part of chainOf(condition)) learn(ctx, part, truth, within);
      return;
    case "==":
    case "~=":
    case "in":
    case "matches":
    case "like":
      if (truth) learnPresence(ctx, left, within);
      if (truth && operator === "==" && right.kind === "boolean" && right.value) learnStep(ctx, left);
      if (operator === "==") learnFromDefault(ctx, condition, truth, within);
      return;
    case "!=":
      if (!truth) learnPresence(ctx, left, within);
      learnFromDefault(ctx, condition, !truth, within);
      return;
    case "??":
      learnFromFallback(ctx, condition, truth, within);
      return;
    default:
  }
}

/** The operands of a chain of one operator, first to last. A loop: a chain may be long. */
function chainOf(condition: Binary): readonly Expression[] {
  const parts = [condition.right];
  let { left } = condition;
  while (left.kind === "binary" && left.operator === condition.operator) {
    parts.push(left.right);
    left = left.left;
  }
  return [...parts, left].reverse();
}

/** `x ?? false` is true: x is present, and true itself. */
function learnFromFallback(ctx: CheckContext, condition: Binary, truth: boolean, within: Span | undefined): void {
  for (let link = condition; ;) {
    const { left, right } = link;
    if (right.kind !== "boolean" || right.value === truth) return;
    learnPresence(ctx, left, within);
    if (left.kind !== "binary" || left.operator !== "??") return learn(ctx, left, truth, within);
    link = left;
  }
}

/** `(x ?? "") != ""`: what differs from its default is present. `equal`: do the two sides equal each other? */
function learnFromDefault(ctx: CheckContext, comparison: Binary, equal: boolean, within: Span | undefined): void {
  const left = comparison.left.kind === "parenthesized" ? comparison.left.expression : comparison.left;
  if (left.kind !== "binary" || left.operator !== "??") return;
  const byDefault = literalText(left.right);
  const compared = literalText(comparison.right);
  if (byDefault === undefined || compared === undefined || (byDefault === compared) === equal) return;
  learnPresence(ctx, left.left, within);
}

/** A plain literal, written so that equal texts are equal values. */
function literalText(expression: Expression): string | undefined {
  if (expression.kind === "boolean") return String(expression.value);
  if (expression.kind === "number") return `${expression.unit} ${expression.value}`;
  if (expression.kind !== "string" || expression.parts.length > 1) return undefined;
  const [part] = expression.parts;
  if (part === undefined) return '""';
  return part.kind === "stringText" ? JSON.stringify(part.value) : undefined;
}

/** The value is present, and so is everything that it was reached through. */
function learnPresence(ctx: CheckContext, expression: Expression, within: Span | undefined): void {
  const found = subjectOf(ctx, expression);
  if (found === undefined) return;
  const { subject, path } = found;
  if (typeof subject !== "string" && subject.kind === "label") {
    add(ctx, subject, "ended");
    if (path === "output") add(ctx, subject, path);
    return;
  }
  if (isChangedWithin(ctx, subject, within)) return;
  for (let prefix = path; prefix !== ""; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf(".")))) {
    add(ctx, subject, prefix);
  }
  add(ctx, subject, "");
}

/** Where `step.succeeded` is true, the step has given its output. */
function learnStep(ctx: CheckContext, expression: Expression): void {
  if (expression.kind === "parenthesized") learnStep(ctx, expression.expression);
  const resolution = ctx.program.resolutions.get(expression);
  if (resolution?.kind === "step" && resolution.field === "succeeded") add(ctx, resolution.symbol, "output");
}

function add(ctx: CheckContext, subject: Subject, path: string): void {
  const { known, trail } = ctx.narrowings;
  const paths = known.get(subject) ?? new Set<string>();
  if (paths.has(path)) return;
  known.set(subject, paths.add(path));
  trail.push({ subject, path });
}

function isChangedWithin(ctx: CheckContext, subject: Subject, within: Span | undefined): boolean {
  if (within === undefined || typeof subject === "string" || subject.kind !== "variable") return false;
  return ctx.sequence !== undefined && isAssignedWithin(ctx.sequence, subject.name, within.start, within.end);
}
