// The canonical order of clauses. In a file they stand in any order; the printer writes this one, and trees that differ in
// it alone are equal.
import type { Clause } from "./tree.ts";

const ranks: { readonly [K in Clause["kind"]]: number } = {
  from: 1,
  workdir: 2,
  args: 3,
  env: 4,
  into: 5,
  when: 6,
  success: 7,
  reboots: 8,
  retry: 9,
  timeout: 10,
  as: 11,
  continueOnError: 12,
  needs: 13,
  onInterruption: 14,
  disabled: 15,
  foreign: 16,
};

/** Where a clause stands among others: lower is earlier. */
export function clauseRank(clause: Clause): number {
  return ranks[clause.kind];
}
