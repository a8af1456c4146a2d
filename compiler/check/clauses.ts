// Clauses: each at most once, where its action takes it, with a value that fits. `when` is checked with the statement
// it guards, since it holds in there.
import type {
  Clause,
  Expression,
  Group,
  IntoClause,
  Path,
  RetryClause,
  Step,
  WaitUntilAction,
} from "@sequitur/grammar";
import { limits } from "@sequitur/runtime/plan";
import { clauseDiagnostics } from "../diagnostics/clauses.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { certaintyOf } from "../flow/flow-state.ts";
import { isAlwaysSet } from "../flow/definite-assignment.ts";
import { unreachable } from "../invariant.ts";
import type { AccountSymbol, ContentSymbol, Symbol } from "../model/symbol.ts";
import { durationType, intType, listOf, stringType } from "../types/constructors.ts";
import type { Type } from "../types/type.ts";
import { report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { clauseRules, clauseWords, ownerWords } from "./clause-rules.ts";
import type { ClauseKind, ClauseOwner } from "./clause-rules.ts";
import { checkCodes, reportSharedCodes } from "./codes.ts";
import { checkCondition } from "./condition.ts";
import { checkEnvironment, checkForeign } from "./environment.ts";
import { checkInterpolations } from "./interpolation.ts";
import { resolvePathTo } from "./paths.ts";
import { checkPlainText } from "./plain-texts.ts";
import { constantValue } from "./program-context.ts";

/** The clauses of one step or group, each kind at most once. A few: they are searched one by one. */
export class Clauses {
  readonly all: readonly Clause[];

  constructor(all: readonly Clause[]) {
    this.all = all;
  }

  get(kind: ClauseKind): Clause | undefined {
    const { all } = this;
    for (let index = 0; index < all.length; index++) if (all[index]?.kind === kind) return all[index];
    return undefined;
  }

  has(kind: ClauseKind): boolean {
    return this.get(kind) !== undefined;
  }
}

/** The clauses by kind; one that stands twice is reported, and the first counts. */
export function clausesByKind(ctx: CheckContext, clauses: readonly Clause[]): Clauses {
  if (clauses.every((clause, index) => isFirst(clauses, clause, index))) return new Clauses(clauses);
  const byKind = new Clauses(clauses.filter((clause, index) => isFirst(clauses, clause, index)));
  for (const clause of clauses) {
    const first = byKind.get(clause.kind);
    if (first === undefined || first === clause) continue;
    const place = { file: ctx.module.path, start: first.start, end: first.end };
    const words = clauseWords(clause.kind);
    report(
      ctx,
      headOf(ctx, clause),
      clauseDiagnostics.SEQ5002,
      { clause: words },
      {
        related: [{ ...place, message: `the first ${words} is here` }],
        fixes: [
          { title: "Remove it", safe: false, edits: [{ ...place, start: clause.start, end: clause.end, text: "" }] },
        ],
      },
    );
  }
  return byKind;
}

function isFirst(clauses: readonly Clause[], clause: Clause, index: number): boolean {
  for (let before = 0; before < index; before++) if (clauses[before]?.kind === clause.kind) return false;
  return true;
}

/** The first word of a clause, which names it. */
function headOf(ctx: CheckContext, clause: Clause): { readonly start: number; readonly end: number } {
  const word = /^\w+/.exec(ctx.module.parsed.text.slice(clause.start, clause.end))?.[0] ?? "";
  return { start: clause.start, end: clause.start + word.length };
}

/** Checks all clauses of a step or group but its condition. */
export function checkClauses(ctx: CheckContext, node: Step | Group, clauses: Clauses): void {
  const owner: ClauseOwner | "missing" = node.kind === "group" ? "group" : node.action.kind;
  for (const clause of clauses.all) {
    // What a group can't have is the parser's finding.
    if (owner !== "missing" && owner !== "group" && !clauseRules[owner].includes(clause.kind))
      reportNotTaken(ctx, owner, clause);
    checkClause(ctx, clause, clauses);
  }
  reportSharedCodes(ctx, clauses);
  if (node.kind === "step" && node.action.kind === "waitUntil" && !clauses.has("timeout")) {
    reportNoTimeout(ctx, node.action);
  }
}

function reportNoTimeout(ctx: CheckContext, action: WaitUntilAction): void {
  const words = ctx.module.parsed.text.slice(action.start, action.condition.start).trimEnd();
  const edit = { file: ctx.module.path, start: action.end, end: action.end, text: " timeout 10m" };
  const place = { start: action.start, end: action.start + words.length };
  report(
    ctx,
    place,
    clauseDiagnostics.SEQ5003,
    {},
    {
      fixes: [{ title: "Add a timeout of 10 minutes", safe: false, edits: [edit] }],
    },
  );
}

function reportNotTaken(ctx: CheckContext, owner: ClauseOwner, clause: Clause): void {
  const taken = clauseRules[owner].map((kind) => clauseWords(kind)).join(", ");
  const args = { owner: ownerWords(owner), clause: clauseWords(clause.kind), taken };
  const edit = { file: ctx.module.path, start: clause.start, end: clause.end, text: "" };
  report(ctx, headOf(ctx, clause), clauseDiagnostics.SEQ5001, args, {
    fixes: [{ title: `Remove "${args.clause}"`, safe: false, edits: [edit] }],
  });
}

function checkClause(ctx: CheckContext, clause: Clause, clauses: Clauses): void {
  switch (clause.kind) {
    case "when":
    case "continueOnError":
    case "needs":
    case "into":
      return;
    case "from":
      if (clause.package.kind !== "missing") checkFrom(ctx, clause.package);
      return;
    case "workdir":
      ctx.program.checkExpression(ctx, clause.folder, stringType);
      return;
    case "args":
      if (clause.value.kind === "string") checkInterpolations(ctx, clause.value);
      else if (clause.value.kind !== "missing") ctx.program.checkExpression(ctx, clause.value, listOf(stringType));
      return;
    case "env":
      checkEnvironment(ctx, clause);
      return;
    case "success":
    case "reboots":
      checkCodes(ctx, clause);
      return;
    case "retry":
      checkRetry(ctx, clause);
      return;
    case "timeout":
      checkConstantIn(ctx, clause.duration, durationType, "a timeout", 1, limits.duration, "between 1ms and 366 days");
      return;
    case "as":
      if (clause.account.kind !== "missing") checkAccount(ctx, clause.account);
      return;
    case "onInterruption":
      if (clause.condition !== undefined) checkCondition(ctx, clause.condition);
      if (clause.policy === "verify") checkVerify(ctx, clauses.get("into"));
      return;
    case "disabled":
      checkPlainText(ctx, clause.reason, "a reason");
      return;
    case "foreign":
      checkForeign(ctx, clause);
      return;
    default:
      unreachable(clause);
  }
}

// ---- names ----------------------------------------------------------------------------------------------------------

/** `from`: what the step's files are taken from. */
export function checkFrom(ctx: CheckContext, path: Path): ContentSymbol | undefined {
  return resolvePathTo(ctx, path, {
    accepts: (symbol: Symbol): symbol is ContentSymbol =>
      symbol.kind === "content" && symbol.node.contentKind !== "image",
    needed: "a package",
    unknown: nameDiagnostics.SEQ2004,
    resolution: (symbol) => ({ kind: "content", symbol }),
  });
}

function checkAccount(ctx: CheckContext, path: Path): void {
  resolvePathTo(ctx, path, {
    accepts: (symbol: Symbol): symbol is AccountSymbol => symbol.kind === "account",
    needed: "an account",
    unknown: nameDiagnostics.SEQ2104,
    resolution: (symbol) => ({ kind: "account", symbol }),
  });
}

// ---- numbers --------------------------------------------------------------------------------------------------------

function checkRetry(ctx: CheckContext, clause: RetryClause): void {
  const range = `between 1 and ${limits.retryCount}`;
  checkConstantIn(ctx, clause.count, intType, "the number of retries", 1, limits.retryCount, range);
  if (clause.every === undefined) return;
  checkConstantIn(ctx, clause.every, durationType, "a delay", 0, limits.duration, "between 0s and 366 days");
}

/** A value that must be known before the run and lie in a range. */
function checkConstantIn(
  ctx: CheckContext,
  expression: Expression,
  type: Type,
  what: string,
  least: number,
  most: number,
  range: string,
): void {
  const before = ctx.program.diagnostics.length;
  ctx.program.checkExpression(ctx, expression, type);
  if (ctx.program.diagnostics.length > before || expression.kind === "missing") return;
  // Its value is not known, and the parser has said why.
  if (expression.kind === "number" && expression.unit === "error") return;
  const value = expression.kind === "number" ? expression.value : constantValue(ctx.program, ctx.module, expression);
  if (value === undefined) {
    if (ctx.program.types.get(expression)?.kind !== "error") {
      report(ctx, expression, typeDiagnostics.SEQ3008, { what });
    }
  } else if (typeof value === "number" && (value < least || value > most)) {
    report(ctx, expression, typeDiagnostics.SEQ3015, { what, range });
  }
}

/** Semantics 5.7: when `verify` says that it was done, the step gives no value. */
function checkVerify(ctx: CheckContext, into: Clause | undefined): void {
  if (into === undefined || !isInto(into) || into.variable.kind === "missing" || ctx.flow === undefined) return;
  const symbol = ctx.names.get(into.variable.text);
  if (symbol?.kind !== "variable" || isAlwaysSet(symbol) || certaintyOf(ctx.flow, symbol) === 3) return;
  report(ctx, into.variable, clauseDiagnostics.SEQ5005, { name: symbol.name });
}

function isInto(clause: Clause): clause is IntoClause {
  return clause.kind === "into";
}
