// The types that values have in a plan. Coarser than the language's: a literal union has become its base type.
// Compiler, verifier and interpreter agree on these; what a value of each looks like stands in value.ts.

export type HandleName = "package" | "image" | "application" | "file" | "account" | "sequence" | "step" | "variable";

export type PlanType =
  /** `secret` is a text that must not be shown. */
  | "string"
  | "int"
  | "bool"
  | "duration"
  | "size"
  | "percent"
  | "version"
  | "secret"
  | HandleName
  /** A size or a percentage of what is left, where a parameter takes both. */
  | "extent"
  /** The type of an item of the empty list, of `absent` without more knowledge; fits everywhere. */
  | "never"
  | { readonly list: PlanType }
  /** A field that may be left out has an optional type. */
  | { readonly record: { readonly [field: string]: PlanType } }
  | { readonly optional: PlanType };
