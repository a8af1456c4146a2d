// What a condition proves: where `x == 1` holds, x is present, and it is 1. A fact proved holds in the rest of the condition, in the sides
// of an `if` and in the step or block that the condition guards, unless the variable is assigned in there. What is known of
// values is known-values.ts. Reads resolutions that checking the condition has made; reports nothing.
import type { Binary, Expression, Span } from "@sequitur/grammar";
import { isAssignedWithin } from "../bind/sequence-scope.ts";
import type { CheckContext } from "./check-context.ts";
import { learnValue } from "./known-values.ts";
import type { KnownValue, KnownValues } from "./known-values.ts";
import { subjectOf } from "./subject.ts";
import type { Subject } from "./subject.ts";

/** What is known to be present, and in which order it was learnt, so that it can be forgotten again. */
export interface Narrowings {
  /** Fields of the subject, dotted; "" is the subject itself. */
  readonly known: Map<Subject, Set<string>>;
  readonly values: KnownValues;
  readonly trail: Learnt[];
}

/** `path` of what is present, or `key` of what is known of a value, with what was known before. */
type Learnt =
  | { readonly subject: Subject; readonly path: string }
  | { readonly subject: Subject; readonly key: string; readonly before: KnownValue | undefined };

/** Nothing is known. */
export function createNarrowings(): Narrowings {
  return { known: new Map(), values: new Map(), trail: [] };
}

/** Has a condition shown that this is present here? */
export function isPresent(ctx: CheckContext, subject: Subject, path: string): boolean {
  return ctx.narrowings.known.get(subject)?.has(path) === true;
}

/** A place to forget back to. */
export function narrowingMark(ctx: CheckContext): number {
  return ctx.narrowings.trail.length;
}

/** Forgets what was learnt since the mark. */
export function forget(ctx: CheckContext, mark: number): void {
  const { known, values, trail } = ctx.narrowings;
  for (let entry = trail.length > mark ? trail.pop() : undefined; entry !== undefined;) {
    if ("path" in entry) known.get(entry.subject)?.delete(entry.path);
    else if (entry.before === undefined) values.get(entry.subject)?.delete(entry.key);
    else values.get(entry.subject)?.set(entry.key, entry.before);
    entry = trail.length > mark ? trail.pop() : undefined;
  }
}

/**
 * Learns what follows from the condition being `truth`; gives the mark to forget it by. `within` is the construct that
 * the condition guards.
 */
export function assume(ctx: CheckContext, condition: Expression, truth: boolean, within?: Span): number {
  const mark = narrowingMark(ctx);
  learn(ctx, condition, truth, within);
  return mark;
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
      learnComparison(ctx, condition, truth, within);
      return;
    default:
  }
}

function learnComparison(ctx: CheckContext, condition: Expression, truth: boolean, within: Span | undefined): void {
  learnValue(ctx, condition, truth, within, (subject, key, value) => learnOf(ctx, subject, key, value));
}

/** Notes what is known of a value, until it is forgotten. */
export function learnOf(ctx: CheckContext, subject: Subject, key: string, value: KnownValue): void {
  const { values, trail } = ctx.narrowings;
  const ofSubject = values.get(subject) ?? new Map<string, KnownValue>();
  values.set(subject, ofSubject);
  trail.push({ subject, key, before: ofSubject.get(key) });
  ofSubject.set(key, value);
}

function learnBinary(ctx: CheckContext, condition: Binary, truth: boolean, within: Span | undefined): void {
  const { operator, left, right } = condition;
  if (operator !== "and" && operator !== "or") learnComparison(ctx, condition, truth, within);
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
