// Which names a piece of a program mentions, wherever and as whatever: what none of them has to do with can't change what
// the piece means. Texts of names alone, so that it can be said before anything is resolved.
import { walk } from "@sequitur/grammar";
import type { Node } from "@sequitur/grammar";

const known = new WeakMap<Node, readonly string[]>();

/** In front of a name, in lower case, that must not differ from another one in case alone. */
export const foldedMark = "~";

/** Each name once, in order; `env X` for a literal `env("X")`; the variable of a list comprehension also folded. */
export function mentionsOf(node: Node): readonly string[] {
  const before = known.get(node);
  if (before !== undefined) return before;
  const names = new Set<string>();
  walk(node, (inner) => {
    if (inner.kind === "name") names.add(inner.text);
    else if (inner.kind === "comprehension" && inner.variable.kind === "name") {
      names.add(`${foldedMark}${inner.variable.text.toLowerCase()}`);
    } else if (inner.kind === "invocation") {
      const [first] = inner.arguments;
      const part = first?.kind === "string" ? first.parts[0] : undefined;
      if (part?.kind === "stringText") names.add(`env ${part.value}`);
    }
  });
  const mentions = [...names];
  known.set(node, mentions);
  return mentions;
}

/** Does the piece mention one of the names? */
export function mentionsAny(node: Node, names: ReadonlySet<string>): boolean {
  return names.size > 0 && mentionsOf(node).some((name) => names.has(name));
}
