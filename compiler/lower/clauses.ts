// The clauses of a step or group by kind: each is there at most once in a program without errors.
import type { Clause } from "@sequitur/grammar";

export type ClausesByKind = { readonly [K in Clause["kind"]]?: Extract<Clause, { kind: K }> };

export function clausesByKind(clauses: readonly Clause[]): ClausesByKind {
  const byKind: { [kind: string]: Clause } = {};
  for (const clause of clauses) byKind[clause.kind] = clause;
  return byKind;
}
