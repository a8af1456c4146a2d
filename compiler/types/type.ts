// The types of the language, as data. Finer than a plan's: literals and unions are kept. `error` comes from something
// that was reported already and agrees with everything.
import type { HandleName } from "@sequitur/runtime/plan";

/** A type of the language. */
export type Type =
  | { readonly kind: "error" }
  | { readonly kind: "string" }
  | { readonly kind: "int" }
  | { readonly kind: "bool" }
  | { readonly kind: "duration" }
  | { readonly kind: "size" }
  | { readonly kind: "percent" }
  /** A size or a percentage. */
  | { readonly kind: "extent" }
  | { readonly kind: "version" }
  /** A text that must not be shown. */
  | { readonly kind: "secret" }
  /** One value of string, int or bool: `"AMS"`, `3`, `true`. */
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  /** `words`: choices of a catalogue, which an author may write as bare words. */
  | { readonly kind: "union"; readonly members: readonly Type[]; readonly words?: true }
  | { readonly kind: "optional"; readonly inner: Type }
  | { readonly kind: "list"; readonly item: Type }
  | { readonly kind: "record"; readonly fields: ReadonlyMap<string, Type> }
  | { readonly kind: "handle"; readonly handle: HandleName }
  /** The item of the empty list. */
  | { readonly kind: "never" };
