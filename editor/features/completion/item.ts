// What is offered at a place.
import type { CompletionItem, CompletionItemKind } from "vscode-languageserver-types";

/** An item without its place: that is the word that is being typed. */
export interface Item extends Pick<CompletionItem, "kind" | "detail" | "documentation" | "preselect"> {
  readonly label: string;
  /** What is put in when that is not the label. */
  readonly insert?: string;
  /** `insert` has places to fill in, as `$1`. */
  readonly isSnippet?: boolean;
}

/** The protocol's numbers for pictures. */
export const kind = {
  function: 3,
  field: 5,
  variable: 6,
  class: 7,
  module: 9,
  property: 10,
  keyword: 14,
  snippet: 15,
  file: 17,
  folder: 19,
  enumMember: 20,
  constant: 21,
  type: 25,
} as const satisfies { readonly [name: string]: CompletionItemKind };

export function words(texts: readonly string[], as: CompletionItemKind): readonly Item[] {
  return texts.map((label) => ({ label, kind: as }));
}

/** Documentation of an item; nothing for an empty text. */
export function documented(text: string): Pick<Item, "documentation"> {
  return text === "" ? {} : { documentation: { kind: "markdown", value: text } };
}
