// Defects of ours. What can happen in the world is a value; what must never happen is one of these.

/** Sequitur itself is wrong: the run halts, for nothing after this could be trusted. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** Throws unless the condition holds; `what` says what must hold. */
export function invariant(condition: unknown, what: string): asserts condition {
  if (!condition) throw new InvariantError(what);
}

/** For the end of a total `switch`: a new kind makes the compiler list every place that must decide. */
export function unreachable(value: never): never {
  throw new InvariantError(`a case that does not exist: ${JSON.stringify(value)}`);
}
