// An action that is not built in: one of another system, or one that a catalogue file of the project declares.
import type { Location } from "@sequitur/grammar";
import type { ActionDeclaration } from "@sequitur/runtime/plan";

/** A piece of an argument: text as it stands, or the value of a parameter. */
export type TemplatePiece = string | { readonly parameter: string };

/** One argument; or several that are left out together when a parameter in them is. */
export type TemplateArgument =
  | { readonly kind: "one"; readonly pieces: readonly TemplatePiece[] }
  /** A parameter that is a list: an argument an item. */
  | { readonly kind: "each"; readonly parameter: string };

/** The program that does an action. Each argument is one argument, whatever the values hold. */
export interface RunTemplate {
  readonly program: string;
  readonly arguments: readonly TemplateArgument[];
  readonly environment: { readonly [name: string]: readonly TemplatePiece[] };
  /** The parameter with the package that the program lies in; absent: it is found on the machine. */
  readonly from?: string;
}

export interface CatalogueAction {
  readonly name: string;
  readonly declaration: ActionDeclaration;
  /** Null: only the other system can do it. */
  readonly run: RunTemplate | null;
  /** One sentence for people; empty: nobody wrote one. */
  readonly summary: string;
  /** Where it is declared; absent: Sequitur knows it by itself. */
  readonly at?: Location;
}
