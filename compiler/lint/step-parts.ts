// Small questions about steps that many rules ask: a clause, a text that is known, the program that is started.
import type { Action, Clause, Expression, Node, StringLiteral } from "@sequitur/grammar";
import { actions } from "@sequitur/runtime/plan";
import type { ActionDeclaration } from "@sequitur/runtime/plan";
import { plainFirstWord, splitCommand } from "../check/command-words.ts";
import type { CheckedProgram } from "../model/checked-program.ts";

type ClauseOf<K extends Clause["kind"]> = Extract<Clause, { kind: K }>;

/** The clause of a kind; undefined: it is not there. */
export function clauseOf<K extends Clause["kind"]>(
  node: { readonly clauses: readonly Clause[] },
  kind: K,
): ClauseOf<K> | undefined {
  for (const clause of node.clauses) if (clause.kind === kind) return clause as ClauseOf<K>;
  return undefined;
}

/** The text of a string without values in it; undefined for all else. */
export function literalText(node: Node | undefined): string | undefined {
  if (node?.kind !== "string") return undefined;
  const first = node.parts[0];
  if (first === undefined) return "";
  return node.parts.length === 1 && first.kind === "stringText" ? first.value : undefined;
}

/** What of a string is known; a value in it is `fill`. */
export function knownText(literal: StringLiteral, fill: string): string {
  return literal.parts.map((part) => (part.kind === "stringText" ? part.value : fill)).join("");
}

/** Stands for a value in a word of a command. */
export const valueInWord = "\u0000";

/** The words of a command as far as they are known, the program first; a value is `valueInWord`. */
export function wordsOf(command: StringLiteral): readonly string[] {
  return splitCommand(command).words.map(({ pieces }) =>
    pieces.map((piece) => (piece.kind === "text" ? piece.text : valueInWord)).join(""),
  );
}

/** A program's name without folder and `.exe`, in lower case: `/bin/sh` and `sh.exe` are `sh`. */
export function programName(word: string): string {
  const name = word.slice(Math.max(word.lastIndexOf("/"), word.lastIndexOf("\\")) + 1);
  const lower = name.toLowerCase();
  return lower.endsWith(".exe") ? lower.slice(0, -".exe".length) : lower;
}

/** The name of the program that a command starts. */
export function programOf(command: StringLiteral): string {
  return programName(plainFirstWord(command) ?? wordsOf(command)[0] ?? "");
}

/** What a `use` does, whoever declares it; undefined: another action, or one that is not there. */
export function catalogued(
  program: CheckedProgram,
  action: Action,
): { readonly name: string; readonly declaration: Pick<ActionDeclaration, "destroys" | "repeatable"> } | undefined {
  if (action.kind !== "use" || action.action.kind === "missing") return undefined;
  const resolution = program.paths.get(action.action);
  if (resolution?.kind === "scriptAction") {
    const { name, action: declaration } = resolution.symbol;
    return declaration === undefined ? undefined : { name, declaration };
  }
  if (resolution?.kind === "catalogueAction") return resolution.action;
  if (resolution?.kind !== "action" || !Object.hasOwn(actions, resolution.action)) return undefined;
  const table: { readonly [name: string]: ActionDeclaration } = actions;
  const declaration = table[resolution.action];
  return declaration === undefined ? undefined : { name: resolution.action, declaration };
}

/** Without the parentheses around it. */
export function unwrapped(expression: Expression): Expression {
  let inner = expression;
  while (inner.kind === "parenthesized") inner = inner.expression;
  return inner;
}

/** How a step is called in a message: its title or label in quotes, else its action. */
export function stepName(step: { readonly title?: StringLiteral; readonly label?: { readonly text: string } }): string {
  const title = literalText(step.title);
  if (title !== undefined) return `"${title}"`;
  return step.label === undefined ? "this step" : `"${step.label.text}"`;
}
