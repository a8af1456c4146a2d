// XML as data: what a file of another system says, with the place of every piece in its text. Nothing is resolved that a
// document could use to reach outside itself.

interface Placed {
  /** UTF-16 offsets into the text that was read; `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface XmlAttribute extends Placed {
  readonly name: string;
  /** With references replaced. */
  readonly value: string;
  /** Between the quotes. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

export interface XmlElement extends Placed {
  readonly kind: "element";
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  /** After the `>` of the start tag. */
  readonly contentStart: number;
  /** Before the end tag; the end of the element where it has none (`<a/>`). */
  readonly contentEnd: number;
}

/** Characters between tags, or a CDATA section, with references replaced and line ends as `\n`. */
export interface XmlText extends Placed {
  readonly kind: "text";
  readonly value: string;
  readonly cdata: boolean;
}

export interface XmlAside extends Placed {
  readonly kind: "comment" | "instruction";
}

export type XmlNode = XmlElement | XmlText | XmlAside;

/** Something that can't be read. `message` is one clause. */
export interface XmlProblem {
  readonly offset: number;
  readonly message: string;
}

export type XmlRead =
  { readonly kind: "document"; readonly root: XmlElement } | { readonly kind: "problem"; readonly problem: XmlProblem };

/** The child elements of this name, in order; case counts, as in XML. */
export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return childElements(element).filter((child) => child.name === name);
}

export function childElements(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child): child is XmlElement => child.kind === "element");
}

/** All text directly in an element, joined. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (child.kind === "text" ? child.value : "")).join("");
}

/** Undefined: the element has no such attribute. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.value;
}
