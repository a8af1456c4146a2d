// What a step's action declares, wherever it is declared: in the catalogue of built-in actions or in the plan itself.
import { type ActionDeclaration, actions } from "./actions.ts";
import type { Plan, PlanAction } from "./format.ts";

export interface DeclaredAction {
  /** As an author writes it. */
  readonly name: string;
  readonly declaration: ActionDeclaration;
}

/** What every action of a project has in common: it is a process, which runs wherever the runtime does and can be ended. */
const processTraits = { platforms: ["linux", "windows", "macos"], phaseEffect: "none", uncuttable: false } as const;

/** Null for what is no `use`, and for an action that nobody declares. */
export function declaredAction(plan: Pick<Plan, "actions">, action: PlanAction): DeclaredAction | null {
  if (action.kind === "projectAction") {
    const own = plan.actions?.[action.action];
    return own === undefined ? null : { name: own.name, declaration: { ...processTraits, ...own } };
  }
  if (action.kind !== "use") return null;
  const catalogue: { readonly [name: string]: ActionDeclaration } = actions;
  const declaration = Object.hasOwn(catalogue, action.action) ? catalogue[action.action] : undefined;
  return declaration === undefined ? null : { name: action.action, declaration };
}
