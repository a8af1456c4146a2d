// Finds what a name stands for in a place: first what the sequence declares, then the file, then the catalogue's
// globals. Also all names that a misspelt one could have meant.
import { facts, functions, stateFields } from "@sequitur/runtime/plan";
import type { FactName, StateField } from "@sequitur/runtime/plan";
import type { Candidate } from "../diagnostics/suggestion.ts";
import type { Symbol } from "../model/symbol.ts";
import type { CheckContext } from "./check-context.ts";
import { knownGlobal } from "./definitions.ts";
import { symbolCandidates } from "./symbols.ts";

/** What a name stands for; undefined: nothing that is declared. */
export function lookup(ctx: CheckContext, name: string): Symbol | undefined {
  return ctx.names.get(name) ?? ctx.module.scope.get(name) ?? catalogueGlobal(ctx, name);
}

function catalogueGlobal(ctx: CheckContext, name: string): Symbol | undefined {
  return ctx.sequence === undefined ? undefined : knownGlobal(ctx.program, ctx.module, name);
}

/** `device` → `name`, `serial` …: what stands after the dot, or "" for a fact without one (`env`, `now`). */
export const factRoots: ReadonlyMap<string, ReadonlyMap<string, FactName>> = groupByRoot(
  Object.keys(facts) as FactName[],
);

/** `last`, `error`, `run`; what is `pending` in the plan is read as `error` in a `finally`. */
export const stateRoots: ReadonlyMap<string, ReadonlyMap<string, StateField>> = groupByRoot(
  (Object.keys(stateFields) as StateField[]).filter((field) => !field.startsWith("pending.")),
);

function groupByRoot<N extends string>(names: readonly N[]): ReadonlyMap<string, ReadonlyMap<string, N>> {
  const roots = new Map<string, Map<string, N>>();
  for (const name of names) {
    const dot = name.indexOf(".");
    const root = dot < 0 ? name : name.slice(0, dot);
    const members = roots.get(root) ?? new Map<string, N>();
    members.set(dot < 0 ? "" : name.slice(dot + 1), name);
    roots.set(root, members);
  }
  return roots;
}

/** Functions that are called by their name. */
export const callableFunctions: readonly string[] = [
  "defined",
  ...Object.entries(functions)
    .filter(([, declaration]) => declaration.form === "call")
    .map(([name]) => name),
];

/** Past so many findings nobody reads on, and looking for what each name could have meant would cost names times names. */
const mostSuggestedFor = 1_000;

/** Whether it is still worth looking for what an unknown name was meant to be. */
export function isSuggesting(ctx: CheckContext): boolean {
  return ctx.program.diagnostics.length < mostSuggestedFor;
}

/** Everything that a name in an expression could mean here; nothing after very many findings. */
export function* valueCandidates(ctx: CheckContext): Iterable<Candidate> {
  if (!isSuggesting(ctx)) return;
  yield* symbolCandidates(ctx.names.values(), () => true);
  yield* symbolCandidates(ctx.module.scope.values(), (symbol) => symbol.kind !== "type");
  for (const name of factRoots.keys()) yield { name };
  for (const name of stateRoots.keys()) yield { name };
  for (const name of callableFunctions) yield { name };
  yield { name: "true" };
  yield { name: "false" };
}

/** Everything that could be called here; nothing after very many findings. */
export function* functionCandidates(ctx: CheckContext): Iterable<Candidate> {
  if (!isSuggesting(ctx)) return;
  for (const name of callableFunctions) yield { name };
  for (const [name, members] of factRoots) {
    const [first] = members.values();
    if (first !== undefined && (facts[first].parameters.length > 0 || members.has(""))) yield { name };
  }
  yield* symbolCandidates(ctx.module.scope.values(), (symbol) => symbol.kind === "fn");
}
