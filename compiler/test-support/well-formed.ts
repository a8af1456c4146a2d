// Whether a text is well-formed XML, by a strict reader of the part of XML that Sequitur writes: elements, attributes in
// double quotes, text, and the entities of XML. Stricter than XML itself, so that what passes is XML for every reader.

/** What is wrong, or undefined. */
export function xmlProblem(text: string): string | undefined {
  const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (forbidden !== null) return `a character that XML forbids at ${forbidden.index}`;
  const open: string[] = [];
  let hasRoot = false;
  const token = /<(\/?)([A-Za-z]\w*)((?: [A-Za-z][\w-]*="[^"<]*")*)(\/?)>|[^<]+/gy;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) return `no tag at ${at}: ${text.slice(at, at + 40)}`;
    const [whole, closing = "", name, attributes = "", empty = ""] = found;
    if (/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(name === undefined ? whole : attributes)) return `a bare & in ${whole}`;
    if (name === undefined) {
      if (whole.includes("]]>")) return `]]> in ${whole}`;
      if (open.length === 0 && whole.trim() !== "") return `text outside: ${whole}`;
      continue;
    }
    const names = [...attributes.matchAll(/ ([\w-]+)=/g)].map((match) => match[1]);
    if (new Set(names).size !== names.length) return `an attribute twice in ${whole}`;
    if (closing !== "") {
      if (open.pop() !== name || attributes !== "" || empty !== "") return `${whole} closes something else`;
    } else {
      if (open.length === 0 && hasRoot) return `a second root ${whole}`;
      hasRoot = true;
      if (empty === "") open.push(name);
    }
  }
  return open.length === 0 && hasRoot ? undefined : `not closed: ${open.join(", ")}`;
}

/** Names of the elements, and of attributes, that occur. */
export function xmlNames(text: string): {
  readonly elements: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
} {
  const tags = [...text.matchAll(/<([A-Za-z]\w*)((?: [A-Za-z][\w-]*="[^"<]*")*)\/?>/g)];
  return {
    elements: new Set(tags.map((tag) => tag[1] ?? "")),
    attributes: new Set(
      tags.flatMap((tag) => [...(tag[2] ?? "").matchAll(/ ([\w-]+)=/g)].map((match) => match[1] ?? "")),
    ),
  };
}
