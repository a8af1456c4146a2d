// JSON in the one form that RFC 8785 allows: sorted names, no blanks, numbers as ECMAScript writes them. What is hashed or
// compared goes through here.

/** What JSON can carry. A property whose value is undefined counts as left out. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue | undefined };

/** The canonical text. The value must be finite, acyclic and not deeply nested: what came from outside is checked before. */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error("A number that JSON can't carry");
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (!isList(value)) return joinMembers(canonicalMembers(value));
  // A flat list is canonical as the engine writes it; most lists of a plan are.
  if (value.every(isFlat)) return JSON.stringify(value);
  let text = "[";
  for (const [i, item] of value.entries()) text += i === 0 ? canonicalJson(item) : `,${canonicalJson(item)}`;
  return `${text}]`;
}

/** `"name":value` for each property of an object, in canonical order. */
export function canonicalMembers(value: { readonly [name: string]: JsonValue | undefined }): readonly string[] {
  const members: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${canonicalJson(member)}`);
  }
  return members;
}

/** The canonical text of an object from its members, which stand in canonical order. */
export function joinMembers(members: readonly string[]): string {
  return `{${members.join(",")}}`;
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isFlat(item: JsonValue): boolean {
  return item === null || (typeof item === "number" ? Number.isFinite(item) : typeof item !== "object");
}
