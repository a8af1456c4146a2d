// Which program this is: results of one say nothing about another.

/** The build's name, which has a hash of all its code in it; undefined when it runs from source, which may change at any time. */
export function programIdentity(): string | undefined {
  return /\/(program-[0-9a-f]{16})\.js$/.exec(import.meta.url)?.[1];
}
