// Types of parameters as texts in catalogues: `string`, `list<string>`, and words with bars between them for choices.
import type { ActionParameter, PlanType } from "@sequitur/runtime/plan";

const names: ReadonlySet<string> = new Set([
  ...["string", "int", "bool", "duration", "size", "version", "secret"],
  ...["package", "image", "application", "file", "account", "variable"],
]);

/** The names that a type can have, for messages. */
export const typeNames: readonly string[] = [...names];

/** Undefined: it is no type. */
export function parameterType(text: string): Pick<ActionParameter, "type" | "choices"> | undefined {
  const type = planTypeNamed(text.trim());
  if (type !== undefined) return { type };
  const choices = text.split("|").map((choice) => choice.trim());
  if (choices.length < 2 || !choices.every(isChoice) || new Set(choices).size < choices.length) return undefined;
  return { type: "string", choices };
}

/** Undefined: it is no type of a value. */
export function planTypeNamed(text: string): PlanType | undefined {
  if (names.has(text)) return text as Extract<PlanType, string>;
  const item = /^list<\s*([a-z]+)\s*>$/.exec(text)?.[1];
  return item !== undefined && names.has(item) ? { list: item as Extract<PlanType, string> } : undefined;
}

/** May it be a choice? Bare words of the language. */
export function isChoice(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}
