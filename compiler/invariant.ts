// What must hold in the compiler itself. A failure here is a defect of ours, never of a source file: those get diagnostics.

/** Throws when the condition does not hold; `what` says what must. */
export function invariant(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`Defect in the compiler: ${what}`);
}

/** Ends a `switch` over a union: compiles only when every kind has its case. */
export function unreachable(value: never): never {
  throw new Error(`Defect in the compiler: no case for ${JSON.stringify(value)}`);
}
