// JSON in the one form that RFC 8785 allows: sorted names, no blanks, numbers as ECMAScript writes them. What is hashed or
// compared goes through here. Plans have millions of values: names are put in order first, and the engine's own serialiser,
// which is canonical but for the order of names, writes the rest.

/** What JSON can carry. A property whose value is undefined counts as left out. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue | undefined };

type JsonObject = { readonly [name: string]: JsonValue | undefined };

/** The canonical text. The value must be finite, acyclic and not deeply nested: what came from outside is checked before. */
export function canonicalJson(value: JsonValue): string {
  const ordered = inOrder(value);
  return ordered === undefined ? written(value) : JSON.stringify(ordered);
}

/** `"name":value` for each property of an object, in canonical order. */
export function canonicalMembers(value: JsonObject): readonly string[] {
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

/**
 * The same data with all names in canonical order, itself where they are so already; undefined: there is a name that an
 * object can't hold at any place (an array index comes first, `__proto__` is none).
 */
function inOrder(value: JsonValue): JsonValue | undefined {
  if (typeof value === "number") return finite(value);
  if (value === null || typeof value !== "object") return value;
  return isList(value) ? listInOrder(value) : objectInOrder(value);
}

function listInOrder(list: readonly JsonValue[]): readonly JsonValue[] | undefined {
  let copy: JsonValue[] | null = null;
  for (let i = 0; i < list.length; i += 1) {
    const item = list[i] as JsonValue;
    const ordered = inOrder(item);
    if (ordered === undefined) return undefined;
    if (ordered !== item) (copy ??= list.slice())[i] = ordered;
  }
  return copy ?? list;
}

function objectInOrder(object: JsonObject): JsonObject | undefined {
  const names = Object.keys(object);
  let isSame = true;
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] ?? "";
    const first = name.charCodeAt(0);
    if ((first >= 0x30 && first <= 0x39) || name === "__proto__") return undefined;
    if (i > 0 && (names[i - 1] ?? "") > name) isSame = false;
  }
  if (!isSame) names.sort();
  let copy: { [name: string]: JsonValue | undefined } | null = isSame ? null : {};
  for (const name of names) {
    const member = object[name];
    const ordered = member === undefined ? member : inOrder(member);
    if (ordered === undefined && member !== undefined) return undefined;
    if (ordered !== member) copy ??= { ...object };
    if (copy !== null) copy[name] = ordered;
  }
  return copy ?? object;
}

/** The canonical text, name by name: for names that would not stay where they are put. */
function written(value: JsonValue): string {
  if (typeof value === "number") return JSON.stringify(finite(value));
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (!isList(value)) return joinMembers(canonicalMembers(value));
  return `[${value.map((item) => canonicalJson(item)).join(",")}]`;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new Error("A number that JSON can't carry");
  return value;
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}
