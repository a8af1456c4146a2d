// The catalogue of pure functions (BUILTIN). Signatures only; evaluate.ts computes them, for the interpreter and for the
// compiler's constants alike. `name` is what the plan says; the language may reach one by an operator or a property.
import type { PlanType } from "./plan-type.ts";

export interface FunctionDeclaration {
  readonly parameters: readonly PlanType[];
  readonly result: PlanType;
  /** How an author reaches it: `call` by its name, `property` as `x.name`, `internal` by an operator alone. */
  readonly form: "call" | "property" | "internal";
  /** May fail with reason `value`. */
  readonly fails: boolean;
}

const internal = (parameters: readonly PlanType[], result: PlanType): FunctionDeclaration => ({
  parameters,
  result,
  form: "internal",
  fails: false,
});
const call = (parameters: readonly PlanType[], result: PlanType, fails = false): FunctionDeclaration => ({
  parameters,
  result,
  form: "call",
  fails,
});
const property = (parameters: readonly PlanType[], result: PlanType): FunctionDeclaration => ({
  parameters,
  result,
  form: "property",
  fails: false,
});
const strings: PlanType = { list: "string" };

/** Where a parameter is `never`, any type stands there (`length` of any list, `in` of any value). */
export const functions = {
  // Text of a value, for interpolation: the source type chooses.
  "text.int": internal(["int"], "string"),
  "text.bool": internal(["bool"], "string"),
  "text.duration": internal(["duration"], "string"),
  "text.size": internal(["size"], "string"),
  "text.percent": internal(["percent"], "string"),
  "text.version": internal(["version"], "string"),
  "extent.size": internal(["size"], "extent"),
  "extent.percent": internal(["percent"], "extent"),
  /** Any value, as JSON, for `log` alone. */
  "text.value": { parameters: ["never"], result: "string", form: "internal", fails: true },
  /** `~=`; an absent left side is false. */
  equalsFolded: internal([{ optional: "string" }, "string"], "bool"),
  /** `like`: wildcards `*` and `?`, anchored, case folded; fails where it would take too long. */
  like: { parameters: [{ optional: "string" }, "string"], result: "bool", form: "internal", fails: true },
  /** `in`: by structure; an absent left side is false. */
  in: internal([{ optional: "never" }, { list: "never" }], "bool"),
  /** `in` where versions are compared: 10.0 is in [10.0.0]. */
  inVersions: internal([{ optional: "version" }, { list: "version" }], "bool"),
  /** A global before `??`: "" counts as absent. */
  nonEmpty: internal(["string"], { optional: "string" }),
  contains: call(["string", "string"], "bool"),
  startsWith: call(["string", "string"], "bool"),
  endsWith: call(["string", "string"], "bool"),
  lower: call(["string"], "string"),
  upper: call(["string"], "string"),
  trim: call(["string"], "string"),
  replace: call(["string", "string", "string"], "string", true),
  split: call(["string", "string"], strings, true),
  lines: call(["string"], strings, true),
  join: call([strings, "string"], "string", true),
  int: call(["string"], { optional: "int" }),
  version: call(["string"], { optional: "version" }),
  /** Shows a secret; the linter reports each use. */
  reveal: call(["secret"], "string"),
  "string.length": property(["string"], "int"),
  "list.length": property([{ list: "never" }], "int"),
  "duration.milliseconds": property(["duration"], "int"),
  "duration.seconds": property(["duration"], "int"),
  "duration.minutes": property(["duration"], "int"),
  "duration.hours": property(["duration"], "int"),
  "size.bytes": property(["size"], "int"),
  "size.kilobytes": property(["size"], "int"),
  "size.megabytes": property(["size"], "int"),
  "size.gigabytes": property(["size"], "int"),
} as const satisfies { readonly [name: string]: FunctionDeclaration };

export type FunctionName = keyof typeof functions;
