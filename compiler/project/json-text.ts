// JSON with places: every value and name knows where it stands, so that a finding about a configuration points at the very
// word. Reads RFC 8259 JSON and nothing more; `JSON.parse` would give no places.

export interface JsonPlace {
  readonly start: number;
  readonly end: number;
}

export type JsonNode =
  | (JsonPlace & { readonly kind: "string"; readonly value: string })
  | (JsonPlace & { readonly kind: "number"; readonly value: number })
  | (JsonPlace & { readonly kind: "boolean"; readonly value: boolean })
  | (JsonPlace & { readonly kind: "null" })
  | (JsonPlace & { readonly kind: "list"; readonly items: readonly JsonNode[] })
  | (JsonPlace & { readonly kind: "object"; readonly members: readonly JsonMember[] });

export interface JsonMember {
  readonly name: string;
  readonly namePlace: JsonPlace;
  readonly value: JsonNode;
}

export type JsonReading = { readonly root: JsonNode } | { readonly why: string; readonly place: JsonPlace };

/** Deeper than any configuration; keeps a hostile file from exhausting the stack. */
const deepest = 64;

class Mistake {
  readonly why: string;
  readonly place: JsonPlace;

  constructor(why: string, place: JsonPlace) {
    this.why = why;
    this.place = place;
  }
}

/** The whole text as one value, or the first thing that is wrong. */
export function readJson(text: string): JsonReading {
  const reader = new JsonReader(text);
  const root = reader.value(0);
  if (root instanceof Mistake) return root;
  const rest = reader.expectEnd();
  return rest instanceof Mistake ? rest : { root };
}

/** The plain value. */
export function plainJson(node: JsonNode): unknown {
  switch (node.kind) {
    case "null":
      return null;
    case "list":
      return node.items.map(plainJson);
    case "object":
      return Object.fromEntries(node.members.map(({ name, value }) => [name, plainJson(value)]));
    default:
      return node.value;
  }
}

class JsonReader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  private skipBlanks(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at += 1;
  }

  private mistake(why: string): Mistake {
    return new Mistake(why, { start: this.at, end: Math.min(this.at + 1, this.text.length) });
  }

  expectEnd(): Mistake | undefined {
    this.skipBlanks();
    return this.at < this.text.length ? this.mistake("something follows after its end") : undefined;
  }

  value(depth: number): JsonNode | Mistake {
    this.skipBlanks();
    if (depth > deepest) return this.mistake("it is nested too deep");
    const character = this.text.charAt(this.at);
    if (character === "{") return this.object(depth);
    if (character === "[") return this.list(depth);
    if (character === '"') return this.string();
    return this.scalar();
  }

  private scalar(): JsonNode | Mistake {
    const start = this.at;
    const word = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/.exec(
      this.text.slice(start, start + 64),
    )?.[0];
    if (word === undefined) return this.mistake("a value is due here");
    this.at += word.length;
    const place = { start, end: this.at };
    if (word === "null") return { kind: "null", ...place };
    if (word === "true" || word === "false") return { kind: "boolean", value: word === "true", ...place };
    return { kind: "number", value: Number(word), ...place };
  }

  private string(): (JsonPlace & { readonly kind: "string"; readonly value: string }) | Mistake {
    const start = this.at;
    let end = start + 1;
    while (end < this.text.length && this.text.charAt(end) !== '"' && this.text.charAt(end) !== "\n") {
      end += this.text.charAt(end) === "\\" ? 2 : 1;
    }
    const value = parsedString(this.text.slice(start, end + 1));
    if (value === undefined) return new Mistake("this text is not closed, or has a wrong escape", { start, end });
    this.at = end + 1;
    return { kind: "string", value, start, end: this.at };
  }

  private list(depth: number): JsonNode | Mistake {
    const start = this.at;
    this.at += 1;
    const items: JsonNode[] = [];
    for (;;) {
      this.skipBlanks();
      if (items.length === 0 && this.text.charAt(this.at) === "]") break;
      const item = this.value(depth + 1);
      if (item instanceof Mistake) return item;
      items.push(item);
      this.skipBlanks();
      if (this.text.charAt(this.at) !== ",") break;
      this.at += 1;
    }
    if (this.text.charAt(this.at) !== "]") return this.mistake("`,` or `]` is due here");
    this.at += 1;
    return { kind: "list", items, start, end: this.at };
  }

  private object(depth: number): JsonNode | Mistake {
    const start = this.at;
    this.at += 1;
    const members: JsonMember[] = [];
    const names = new Set<string>();
    for (;;) {
      this.skipBlanks();
      if (members.length === 0 && this.text.charAt(this.at) === "}") break;
      const member = this.member(depth);
      if (member instanceof Mistake) return member;
      if (names.has(member.name)) return new Mistake(`"${member.name}" stands there twice`, member.namePlace);
      names.add(member.name);
      members.push(member);
      this.skipBlanks();
      if (this.text.charAt(this.at) !== ",") break;
      this.at += 1;
    }
    if (this.text.charAt(this.at) !== "}") return this.mistake("`,` or `}` is due here");
    this.at += 1;
    return { kind: "object", members, start, end: this.at };
  }

  private member(depth: number): JsonMember | Mistake {
    if (this.text.charAt(this.at) !== '"') return this.mistake("a name in double quotes is due here");
    const name = this.string();
    if (name instanceof Mistake) return name;
    this.skipBlanks();
    if (this.text.charAt(this.at) !== ":") return this.mistake("`:` is due here");
    this.at += 1;
    const value = this.value(depth + 1);
    return value instanceof Mistake
      ? value
      : { name: name.value, namePlace: { start: name.start, end: name.end }, value };
  }
}

function parsedString(quoted: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
