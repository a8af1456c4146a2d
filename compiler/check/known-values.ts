// What the conditions around a place say of values: which literals one is, is not, and between which numbers it lies. So a
// condition can be seen to be decided already. Facts of the machine count where nothing changes them during a run. What
// is known is kept with the narrowings, and forgotten with them; reports nothing.
import type { Binary, BinaryOperator, Expression, Span } from "@sequitur/grammar";
import { isAssignedWithin } from "../bind/sequence-scope.ts";
import type { CheckContext } from "./check-context.ts";
import { subjectOf } from "./subject.ts";
import type { Subject } from "./subject.ts";

type Literal = string | number | boolean;

/** Known of one value: it is this literal (or one of these), it is not, it is at least, it is at most. */
export type KnownValue = (
  | { readonly kind: "is"; readonly literals: ReadonlySet<Literal> }
  | { readonly kind: "isNot" }
  | { readonly kind: "least" | "most"; readonly number: number }
) & {
  /** The condition that says so. */
  readonly at: Span;
  /** What it decides was reported: once in a chain of conditions is enough. */
  readonly told?: true;
};

/** What is known, by subject and key. */
export type KnownValues = Map<Subject, Map<string, KnownValue>>;

/** A condition that is decided by those around it, and the one that decides it. */
export interface Decided {
  readonly truth: boolean;
  readonly by: KnownValue;
  readonly subject: Subject;
  readonly key: string;
}

/** A known value, and where it stands among those of its subject. */
interface Found {
  readonly truth: boolean;
  readonly key: string;
}

interface ValueSubject {
  readonly subject: Subject;
  readonly path: string;
}

/** Facts that are the same from the start of a run to its end. */
const lasting: ReadonlySet<string> = new Set([
  "device.serial",
  "device.manufacturer",
  "device.model",
  "device.chassis",
  "device.memory",
  "device.cpus",
  "device.architecture",
  "device.firmware",
  "os.family",
  "os.architecture",
]);

function valueSubject(ctx: CheckContext, expression: Expression): ValueSubject | undefined {
  if (expression.kind === "parenthesized") return valueSubject(ctx, expression.expression);
  if (expression.kind !== "reference" && expression.kind !== "member") return undefined;
  const resolution = ctx.program.resolutions.get(expression);
  if (resolution?.kind === "fact") {
    return lasting.has(resolution.fact) ? { subject: resolution.fact, path: "" } : undefined;
  }
  if (resolution?.kind === "step") return { subject: resolution.symbol, path: resolution.field };
  return subjectOf(ctx, expression);
}

/** Can the value change in there? */
function isChangedWithin(ctx: CheckContext, subject: Subject, within: Span | undefined): boolean {
  if (within === undefined || typeof subject === "string") return false;
  if (subject.kind === "label") return subject.node.start >= within.start && subject.node.end <= within.end;
  if (subject.kind !== "variable" || ctx.sequence === undefined) return false;
  return isAssignedWithin(ctx.sequence, subject.name, within.start, within.end);
}

/** The value of a literal; undefined: it is none. */
export function literalOf(expression: Expression): Literal | undefined {
  switch (expression.kind) {
    case "parenthesized":
      return literalOf(expression.expression);
    case "boolean":
    case "number":
      return expression.value;
    case "string": {
      const [first, second] = expression.parts;
      if (first === undefined) return "";
      return second === undefined && first.kind === "stringText" ? first.value : undefined;
    }
    default:
      return undefined;
  }
}

const mirrored: { readonly [K in BinaryOperator]?: BinaryOperator } = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

interface Comparison extends ValueSubject {
  readonly operator: BinaryOperator;
  readonly literals: readonly Literal[];
}

/** `x == 1`, `1 == x`, `x in [1, 2]`, `flag`; undefined: nothing that is followed here. */
function comparisonOf(ctx: CheckContext, condition: Expression): Comparison | undefined {
  if (condition.kind !== "binary") return flagOf(ctx, condition);
  const { operator, left, right } = condition;
  if (operator === "in") return membershipOf(ctx, condition);
  const swapped = mirrored[operator];
  if (swapped === undefined) return undefined;
  const literal = literalOf(right);
  if (literal !== undefined) {
    const found = valueSubject(ctx, left);
    return found === undefined ? undefined : { ...found, operator, literals: [literal] };
  }
  const first = literalOf(left);
  const found = first === undefined ? undefined : valueSubject(ctx, right);
  return found === undefined || first === undefined ? undefined : { ...found, operator: swapped, literals: [first] };
}

function flagOf(ctx: CheckContext, condition: Expression): Comparison | undefined {
  if (condition.kind !== "reference" && condition.kind !== "member") return undefined;
  if (ctx.program.types.get(condition)?.kind !== "bool") return undefined;
  const found = valueSubject(ctx, condition);
  return found === undefined ? undefined : { ...found, operator: "==", literals: [true] };
}

/** Longer lists are tables, which say little about a branch. */
const longestList = 64;

function membershipOf(ctx: CheckContext, condition: Binary): Comparison | undefined {
  if (condition.right.kind !== "list" || condition.right.items.length > longestList) return undefined;
  const found = valueSubject(ctx, condition.left);
  if (found === undefined) return undefined;
  const literals: Literal[] = [];
  for (const item of condition.right.items) {
    const literal = literalOf(item);
    if (literal === undefined) return undefined;
    literals.push(literal);
  }
  return { ...found, operator: "in", literals };
}

// ---- learning -------------------------------------------------------------------------------------------------------

/** Learns what a single comparison says when it is `truth`. `within` is the construct that it guards. */
export function learnValue(ctx: CheckContext, condition: Expression, truth: boolean, within: Span | undefined): void {
  const comparison = comparisonOf(ctx, condition);
  if (comparison === undefined || isChangedWithin(ctx, comparison.subject, within)) return;
  switch (comparison.operator) {
    case "==":
    case "in":
      if (truth) learnIs(ctx, comparison, condition);
      else learnIsNot(ctx, comparison, condition);
      return;
    case "!=":
      if (truth) learnIsNot(ctx, comparison, condition);
      else learnIs(ctx, comparison, condition);
      return;
    case "<":
      learnBound(ctx, comparison, condition, truth ? "most" : "least", truth ? -1 : 0);
      return;
    case "<=":
      learnBound(ctx, comparison, condition, truth ? "most" : "least", truth ? 0 : 1);
      return;
    case ">":
      learnBound(ctx, comparison, condition, truth ? "least" : "most", truth ? 1 : 0);
      return;
    case ">=":
      learnBound(ctx, comparison, condition, truth ? "least" : "most", truth ? 0 : -1);
      return;
    default:
  }
}

function learnIs(ctx: CheckContext, { subject, path, literals }: Comparison, at: Span): void {
  const key = `${path}==`;
  const before = ctx.narrowings.values.get(subject)?.get(key);
  const isNew = before?.kind !== "is" || ![...before.literals].every((each) => literals.includes(each));
  if (isNew) noteValue(ctx, subject, key, { kind: "is", literals: new Set(literals), at });
}

function learnIsNot(ctx: CheckContext, { subject, path, literals }: Comparison, at: Span): void {
  const known = ctx.narrowings.values.get(subject);
  for (const each of literals) {
    const key = notKey(path, each);
    if (known?.has(key) !== true) noteValue(ctx, subject, key, { kind: "isNot", at });
  }
}

function learnBound(
  ctx: CheckContext,
  { subject, path, literals }: Comparison,
  at: Span,
  kind: "least" | "most",
  offset: number,
): void {
  const [literal] = literals;
  if (typeof literal !== "number") return;
  const bound = literal + offset;
  const key = `${path}${kind}`;
  const before = ctx.narrowings.values.get(subject)?.get(key);
  const isTighter = before?.kind !== kind || (kind === "least" ? bound > before.number : bound < before.number);
  if (isTighter) noteValue(ctx, subject, key, { kind, number: bound, at });
}

/** Notes what is known of a value, so that it can be forgotten. */
export function noteValue(ctx: CheckContext, subject: Subject, key: string, value: KnownValue): void {
  const { values, trail } = ctx.narrowings;
  let ofSubject = values.get(subject);
  if (ofSubject === undefined) {
    ofSubject = new Map();
    values.set(subject, ofSubject);
  }
  trail.push({ subject, key, before: ofSubject.get(key) });
  ofSubject.set(key, value);
}

function notKey(path: string, literal: Literal): string {
  return `${path}!=${typeof literal} ${String(literal)}`;
}

/** What is known of a subject and of the facts below its name, as a text that is the same for the same knowledge. */
export function describeKnown(ctx: CheckContext, subject: Subject): string {
  const { values } = ctx.narrowings;
  const texts: string[] = [];
  const add = (known: ReadonlyMap<string, KnownValue> | undefined): void => {
    for (const [key, value] of known ?? []) {
      const detail = value.kind === "is" ? [...value.literals].join() : value.kind === "isNot" ? "" : value.number;
      texts.push(`${key} ${detail} ${value.told === true}`);
    }
  };
  add(values.get(subject));
  if (subject === "device" || subject === "os") {
    for (const fact of lasting) if (fact.startsWith(subject)) add(values.get(fact));
  }
  return texts.sort().join("\n");
}

// ---- deciding -------------------------------------------------------------------------------------------------------

/** Is this single comparison decided by what is known? Undefined also where that was told already. */
export function decidedBy(ctx: CheckContext, condition: Expression): Decided | undefined {
  const comparison = comparisonOf(ctx, condition);
  if (comparison === undefined) return undefined;
  const { subject } = comparison;
  const known = ctx.narrowings.values.get(subject);
  const found = known === undefined ? undefined : findDecided(known, comparison);
  const by = found === undefined ? undefined : known?.get(found.key);
  return found === undefined || by === undefined || by.told === true ? undefined : { ...found, subject, by };
}

function findDecided(known: ReadonlyMap<string, KnownValue>, comparison: Comparison): Found | undefined {
  const { operator, literals, path } = comparison;
  if (operator === "==" || operator === "!=" || operator === "in") {
    const equal = equalityOf(known, path, literals);
    return equal === undefined || operator !== "!=" ? equal : { ...equal, truth: !equal.truth };
  }
  const [literal] = literals;
  return typeof literal === "number" ? orderOf(known, path, operator, literal) : undefined;
}

/** Is the value one of the literals? */
function equalityOf(
  known: ReadonlyMap<string, KnownValue>,
  path: string,
  literals: readonly Literal[],
): Found | undefined {
  const key = `${path}==`;
  const is = known.get(key);
  if (is?.kind === "is") {
    const met = [...is.literals].filter((literal) => literals.includes(literal)).length;
    if (met === 0) return { truth: false, key };
    if (met === is.literals.size) return { truth: true, key };
  }
  let by: string | undefined;
  for (const literal of literals) {
    const excluded = notKey(path, literal);
    by = known.has(excluded) ? excluded : boundAgainst(known, path, literal);
    if (by === undefined) return undefined;
  }
  return by === undefined ? undefined : { truth: false, key: by };
}

function boundAgainst(known: ReadonlyMap<string, KnownValue>, path: string, literal: Literal): string | undefined {
  if (typeof literal !== "number") return undefined;
  const { low, high } = rangeOf(known, path);
  if (literal < low) return `${path}least`;
  return literal > high ? `${path}most` : undefined;
}

function rangeOf(
  known: ReadonlyMap<string, KnownValue>,
  path: string,
): { readonly low: number; readonly high: number } {
  const least = known.get(`${path}least`);
  const most = known.get(`${path}most`);
  return {
    low: least?.kind === "least" ? least.number : -Infinity,
    high: most?.kind === "most" ? most.number : Infinity,
  };
}

function orderOf(
  known: ReadonlyMap<string, KnownValue>,
  path: string,
  operator: BinaryOperator,
  literal: number,
): Found | undefined {
  const is = known.get(`${path}==`);
  const numbers = is?.kind === "is" ? [...is.literals].filter((each) => typeof each === "number") : [];
  const isListed = numbers.length > 0;
  const bounds = isListed ? { low: Math.min(...numbers), high: Math.max(...numbers) } : rangeOf(known, path);
  const whenAbove = operator === ">" || operator === ">=";
  const isAbove = operator === ">" || operator === "<=" ? bounds.low > literal : bounds.low >= literal;
  if (isAbove) return { truth: whenAbove, key: isListed ? `${path}==` : `${path}least` };
  const isBelow = operator === "<" || operator === ">=" ? bounds.high < literal : bounds.high <= literal;
  return isBelow ? { truth: !whenAbove, key: isListed ? `${path}==` : `${path}most` } : undefined;
}

/** After all before it were false: has the value of this comparison no literal left but the one that is asked for? */
export function exhausts(ctx: CheckContext, condition: Expression): boolean {
  const comparison = comparisonOf(ctx, condition);
  if (comparison === undefined || condition.kind !== "binary") return false;
  if (comparison.operator !== "==" && comparison.operator !== "in") return false;
  const type = ctx.program.types.get(
    literalOf(condition.right) === undefined && condition.operator === "==" ? condition.right : condition.left,
  );
  if (type?.kind !== "union") return false;
  const known = ctx.narrowings.values.get(comparison.subject);
  return type.members.every(
    (member) =>
      member.kind === "literal" &&
      (comparison.literals.includes(member.value) || known?.has(notKey(comparison.path, member.value)) === true),
  );
}
