// The two ways to say that we are wrong, and not the user. What a user can cause is a diagnostic instead.

/** Throws when a condition that the code rests on does not hold. `what` says what must hold. */
export function invariant(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${what}`);
}

/** Ends a total `switch`: a kind that is not handled does not compile, and throws if it gets here at run time. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
