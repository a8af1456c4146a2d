// Values at run time, as they stand on the operand stack, in constants, in records of the journal and in parameters.
// The type is known from the plan, so a value carries no tag: a duration is its milliseconds, a size its bytes.

/**
 * string, version, secret: text · int, duration (ms), size (bytes), percent: integer within ±(2^53−1) · bool: boolean ·
 * list: array · record: object · absent: null · package, image, application, file: index into `plan.content` ·
 * extent: text, `"314572800"` (bytes) or `"100%"` ·
 * account: index into `plan.accounts` · variable: index into `plan.globals` · step: index into `plan.nodes`.
 */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [field: string]: Value };
