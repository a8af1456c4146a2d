// Globals that an action sets by the names of other systems: only those that the sequence has can be set.
import type { ActionContext } from "./action.ts";

/** Those that the sequence has, by the name that it declares; case does not count. */
export function declaredGlobals(
  { execution }: ActionContext,
  values: { readonly [name: string]: string },
): { readonly [name: string]: string } {
  const set: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(values)) {
    const declared = execution.run.plan.globals.find((global) => global.name.toLowerCase() === name.toLowerCase());
    if (declared !== undefined) set[declared.name] = value;
  }
  return set;
}
