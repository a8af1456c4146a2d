// The variables of the environment that hold passwords of accounts: secrets before any statement has run.
import type { Plan } from "../plan/format.ts";

export function passwordVariables(plan: Plan): ReadonlySet<string> {
  return new Set(plan.accounts.flatMap(({ password }) => (password === undefined ? [] : [password])));
}
