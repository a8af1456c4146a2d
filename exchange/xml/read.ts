// Reads XML strictly and without loss: every character of the text belongs to a node with a place, so that an edit replaces
// what it means and nothing else. Document types are refused, and with them every entity but the five of XML itself.
import { xmlLimits } from "./limits.ts";
import type { XmlAttribute, XmlElement, XmlNode, XmlProblem, XmlRead } from "./tree.ts";

/** Reads `text` from `start` to `end`; places are offsets into the whole text. Cost linear in the length. */
export function readXml(text: string, start = 0, end = text.length): XmlRead {
  try {
    return { kind: "document", root: new XmlReader(text, start, end).document() };
  } catch (error) {
    if (error instanceof XmlFailure) return { kind: "problem", problem: error.problem };
    throw error;
  }
}

class XmlFailure extends Error {
  readonly problem: XmlProblem;
  constructor(problem: XmlProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

interface Draft {
  readonly kind: "element";
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlNode[];
  readonly start: number;
  end: number;
  readonly contentStart: number;
  contentEnd: number;
}

const namePattern = /[A-Za-z_:\u0080-\uFFFF][-A-Za-z0-9_:.\u0080-\uFFFF]*/y;
const blankPattern = /[ \t\r\n]*/y;
const namedCharacters = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

class XmlReader {
  private readonly text: string;
  private readonly limit: number;
  private at: number;
  private elements = 0;
  private readonly open: Draft[] = [];
  private root: Draft | undefined;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.at = start;
    this.limit = end;
  }

  document(): XmlElement {
    const start = this.at;
    while (this.at < this.limit) {
      if (this.text.charCodeAt(this.at) !== 0x3c) this.characters();
      else if (this.looksAt("<!--")) this.aside("comment", "<!--", "-->");
      else if (this.looksAt("<![CDATA[")) this.cdata();
      else if (this.looksAt("<?")) this.instruction(start);
      else if (this.looksAt("<!"))
        this.fail(this.at, "it has a document type or markup declaration, which is not read");
      else if (this.looksAt("</")) this.endTag();
      else this.startTag();
    }
    const innermost = this.open.at(-1);
    if (innermost !== undefined) {
      this.fail(this.limit, `it ends within <${innermost.name}>, which was opened before`);
    }
    if (this.root === undefined) this.fail(this.limit, "it has no element");
    return this.root;
  }

  private fail(offset: number, message: string): never {
    throw new XmlFailure({ offset: Math.min(offset, this.limit), message });
  }

  private looksAt(word: string): boolean {
    return this.text.startsWith(word, this.at);
  }

  private add(node: XmlNode): void {
    this.open.at(-1)?.children.push(node);
  }

  private characters(): void {
    const found = this.text.indexOf("<", this.at);
    const end = found === -1 || found > this.limit ? this.limit : found;
    const start = this.at;
    this.at = end;
    if (this.open.length === 0) {
      const stray = this.text.slice(start, end).search(/[^ \t\r\n]/);
      if (stray !== -1) this.fail(start + stray, "there is text outside of the outermost element");
      return;
    }
    const value = this.resolved(start, end);
    this.add({ kind: "text", value, cdata: false, start, end });
  }

  private cdata(): void {
    const start = this.at;
    if (this.open.length === 0) this.fail(start, "there is text outside of the outermost element");
    const close = this.find("]]>", start + 9, "a CDATA section");
    this.at = close + 3;
    const value = normalized(this.text.slice(start + 9, close));
    this.add({ kind: "text", value, cdata: true, start, end: this.at });
  }

  private aside(kind: "comment" | "instruction", opening: string, closing: string): void {
    const start = this.at;
    this.at =
      this.find(closing, start + opening.length, kind === "comment" ? "a comment" : "an instruction") + closing.length;
    this.add({ kind, start, end: this.at });
  }

  private instruction(first: number): void {
    if (/^<\?xml[ \t\r\n]/i.test(this.text.slice(this.at, this.at + 6)) && this.at !== first) {
      this.fail(this.at, "the XML declaration does not stand at the very beginning");
    }
    this.aside("instruction", "<?", "?>");
  }

  private find(word: string, from: number, what: string): number {
    const found = this.text.indexOf(word, from);
    if (found === -1 || found + word.length > this.limit) this.fail(this.at, `${what} that begins here has no end`);
    return found;
  }

  private startTag(): void {
    const start = this.at;
    this.at++;
    const name = this.name("an element");
    if (this.open.length === 0 && this.root !== undefined) this.fail(start, "there is a second outermost element");
    if (this.open.length >= xmlLimits.depth)
      this.fail(start, `elements lie within each other more than ${xmlLimits.depth} deep`);
    if (++this.elements > xmlLimits.elements) this.fail(start, `it has more than ${xmlLimits.elements} elements`);
    const attributes = this.attributes(name);
    const isEmpty = this.looksAt("/>");
    if (!isEmpty && !this.looksAt(">")) this.fail(this.at, `the tag <${name}> has no end`);
    this.at += isEmpty ? 2 : 1;
    const element: Draft = {
      kind: "element",
      name,
      attributes,
      children: [],
      start,
      end: this.at,
      contentStart: this.at,
      contentEnd: this.at,
    };
    this.add(element);
    if (this.open.length === 0) this.root = element;
    if (!isEmpty) this.open.push(element);
  }

  private attributes(owner: string): readonly XmlAttribute[] {
    const attributes: XmlAttribute[] = [];
    for (;;) {
      const before = this.at;
      this.blanks();
      if (this.at >= this.limit || this.looksAt(">") || this.looksAt("/>")) return attributes;
      if (this.at === before) this.fail(this.at, `a blank is due between the attributes of <${owner}>`);
      if (attributes.length >= xmlLimits.attributesOfAnElement)
        this.fail(this.at, `<${owner}> has too many attributes`);
      const attribute = this.attribute();
      if (attributes.some(({ name }) => name === attribute.name)) {
        this.fail(attribute.start, `<${owner}> has the attribute ${attribute.name} twice`);
      }
      attributes.push(attribute);
    }
  }

  private attribute(): XmlAttribute {
    const start = this.at;
    const name = this.name("an attribute");
    this.blanks();
    if (!this.looksAt("=")) this.fail(this.at, `the attribute ${name} has no value`);
    this.at++;
    this.blanks();
    const quote = this.text.charAt(this.at);
    if (quote !== '"' && quote !== "'") this.fail(this.at, `the value of ${name} does not stand in quotes`);
    const valueStart = this.at + 1;
    const valueEnd = this.find(quote, valueStart, `the value of ${name}`);
    if (valueEnd - valueStart > xmlLimits.attributeLength) this.fail(start, `the value of ${name} is too long`);
    const angle = this.text.slice(valueStart, valueEnd).indexOf("<");
    if (angle !== -1) this.fail(valueStart + angle, `the value of ${name} holds a <`);
    this.at = valueEnd + 1;
    return { name, value: this.resolved(valueStart, valueEnd), start, end: this.at, valueStart, valueEnd };
  }

  private endTag(): void {
    const start = this.at;
    this.at += 2;
    const name = this.name("an element");
    this.blanks();
    if (!this.looksAt(">")) this.fail(this.at, `the tag </${name}> has no end`);
    this.at++;
    const element = this.open.pop();
    if (element === undefined) this.fail(start, `</${name}> closes nothing`);
    if (element.name !== name) this.fail(start, `</${name}> stands where </${element.name}> is due`);
    element.contentEnd = start;
    element.end = this.at;
  }

  private name(what: string): string {
    namePattern.lastIndex = this.at;
    const [name] = namePattern.exec(this.text) ?? [];
    if (name === undefined || this.at + name.length > this.limit) this.fail(this.at, `the name of ${what} is due here`);
    this.at += name.length;
    return name;
  }

  private blanks(): void {
    blankPattern.lastIndex = this.at;
    this.at += blankPattern.exec(this.text)?.[0].length ?? 0;
  }

  /** With line ends as `\n` and references replaced. Nothing is replaced twice, so nothing can grow. */
  private resolved(start: number, end: number): string {
    const raw = normalized(this.text.slice(start, end));
    if (!raw.includes("&")) return raw;
    return raw.replace(/&(?:#([0-9]{1,7});|#x([0-9A-Fa-f]{1,6});|([A-Za-z]+);)?/g, (whole, decimal, hex, named) => {
      const character = named === undefined ? characterOf(decimal, hex) : namedCharacters.get(String(named));
      if (character === undefined) {
        this.fail(
          Math.max(start, this.text.indexOf(whole, start)),
          whole === "&" ? "an & begins no reference" : `the reference ${whole} is not known`,
        );
      }
      return character;
    });
  }
}

function normalized(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** Undefined: no character that XML allows. */
function characterOf(decimal: string | undefined, hex: string | undefined): string | undefined {
  const code = decimal === undefined ? (hex === undefined ? -1 : Number.parseInt(hex, 16)) : Number(decimal);
  const isControl = code < 0x20 && code !== 9 && code !== 10 && code !== 13;
  if (isControl || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return String.fromCodePoint(code);
}

/** Text as it stands in an element. */
export function escapeText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Text as it stands in an attribute that is quoted with `"`. */
export function escapeAttribute(text: string): string {
  return escapeText(text)
    .replace(/"/g, "&quot;")
    .replace(/\r/g, "&#xD;")
    .replace(/\n/g, "&#xA;")
    .replace(/\t/g, "&#x9;");
}
