// What an implementation of a built-in action is given and gives back.
import type { Outcome } from "../host.ts";
import type { Value } from "../plan/value.ts";
import type { ContentStore } from "../content/content-store.ts";
import type { Execution } from "../system/execution.ts";

export interface ActionContext {
  readonly execution: Execution;
  readonly content: ContentStore;
  /** Declared parameters; those that are not given are absent. */
  readonly args: { readonly [name: string]: Value };
}

/** Resolves with the outcome; errors of the file system may be thrown, they become a failure with the path in it. */
export type ActionImplementation = (context: ActionContext) => Promise<Outcome>;

/** The argument as a text; empty when it is absent. */
export function textArgument(context: ActionContext, name: string): string {
  const value = context.args[name];
  return typeof value === "string" ? value : "";
}

/** The argument as a number; null when it is absent. */
export function numberArgument(context: ActionContext, name: string): number | null {
  const value = context.args[name];
  return typeof value === "number" ? value : null;
}

/** The argument as a list of texts; empty when it is absent. */
export function listArgument(context: ActionContext, name: string): readonly string[] {
  const value = context.args[name];
  return Array.isArray(value) ? value.map(String) : [];
}
