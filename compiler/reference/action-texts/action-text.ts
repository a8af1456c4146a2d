// The form of the texts for people about built-in actions.
import type { actions, ActionName } from "@sequitur/runtime/plan";

/** A whole file that checks clean. */
export interface ReferenceExample {
  readonly text: string;
  /** What must lie beside the file, as path → text. */
  readonly files?: { readonly [path: string]: string };
}

export interface ActionText<Name extends ActionName = ActionName> {
  /** One sentence. */
  readonly summary: string;
  /** A sentence or two for each parameter, with its unit and what holds when it is left out. */
  readonly parameters: { readonly [Parameter in keyof (typeof actions)[Name]["parameters"]]: string };
  /** The same for the fields of a parameter that takes records. */
  readonly fields?: { readonly [parameter: string]: { readonly [field: string]: string } };
  /** What else somebody has to know, a sentence or two each. */
  readonly notes: readonly string[];
  readonly example: ReferenceExample;
}

export type ActionTexts<Names extends ActionName> = { readonly [Name in Names]: ActionText<Name> };

export const absolutePaths = "Paths are absolute; a relative or empty one fails the step before anything is touched.";
export const notProved =
  "Done with Windows' own tools, whose calls are tested and which are not proved on a real Windows yet.";
