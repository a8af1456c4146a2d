// Parameters that other systems know and Linux has nothing for: to leave them out in silence would be a lie.
import type { Outcome } from "../host.ts";
import type { ActionParameter } from "../plan/actions.ts";
import { failed } from "../system/outcome.ts";
import type { ActionContext } from "./action.ts";

/** The failure that names the first of them that is given as something else than its default; null: none is. */
export function notOnLinux(
  context: ActionContext,
  action: string,
  parameters: { readonly [name: string]: ActionParameter },
  names: readonly string[],
): Outcome | null {
  for (const name of names) {
    const value = context.args[name] ?? null;
    if (value === null || value === (parameters[name]?.default ?? null)) continue;
    return failed("unsupported", `on Linux ${action} can't do what ${name} asks for; leave it out there`);
  }
  return null;
}
