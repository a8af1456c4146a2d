// Which clauses each action takes, as one table: the checker, completion and the reference read it. Semantics 3.3.
import type { Action, Clause } from "@sequitur/grammar";

/** The kinds of clauses. */
export type ClauseKind = Clause["kind"];
/** `group` and every action; `waitUntil` apart from `wait`. */
export type ClauseOwner = Exclude<Action["kind"], "missing"> | "group";

const everyStep = ["when", "continueOnError", "disabled", "foreign"] as const;
const process = [
  "from",
  "workdir",
  "env",
  "into",
  "success",
  "reboots",
  "retry",
  "timeout",
  "as",
  "needs",
  "onInterruption",
] as const;

/** What each takes. A group's are the parser's finding. */
export const clauseRules: { readonly [K in ClauseOwner]: readonly ClauseKind[] } = {
  run: [...process, ...everyStep],
  commandline: [...process, ...everyStep],
  script: ["args", ...process, ...everyStep],
  use: ["into", "retry", "timeout", "needs", "onInterruption", ...everyStep],
  call: ["into", "timeout", ...everyStep],
  set: everyStep,
  restart: ["needs", ...everyStep],
  log: everyStep,
  fail: everyStep,
  wait: ["needs", ...everyStep],
  waitUntil: ["timeout", ...everyStep],
  group: ["when", "timeout", "continueOnError", "disabled", "foreign"],
};

/** A clause as it is written. */
export function clauseWords(kind: ClauseKind): string {
  switch (kind) {
    case "continueOnError":
      return "continue on error";
    case "onInterruption":
      return "on interruption";
    default:
      return kind;
  }
}

/** An action as a message names it. */
export function ownerWords(owner: ClauseOwner): string {
  switch (owner) {
    case "group":
      return "a group";
    case "script":
      return "a script";
    case "waitUntil":
      return "`wait until`";
    default:
      return `\`${owner}\``;
  }
}
