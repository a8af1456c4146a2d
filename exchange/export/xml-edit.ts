// Changes to a text of XML that leave all the rest of it byte for byte.
import { escapeAttribute, escapeText } from "../xml/read.ts";
import { childrenNamed } from "../xml/tree.ts";
import type { XmlElement } from "../xml/tree.ts";

/** The stretch from `start` to `end` becomes `text`. */
export interface XmlEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits may not overlap; those at one place keep their order. */
export function applyEdits(text: string, edits: readonly XmlEdit[], start = 0, end = text.length): string {
  const pieces: string[] = [];
  let at = start;
  for (const edit of [...edits].sort((left, right) => left.start - right.start)) {
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return `${pieces.join("")}${text.slice(at, end)}`;
}

/** Sets an attribute where it stands, adds it at the end of the tag, or (undefined) takes it out. */
export function attributeEdit(
  text: string,
  element: XmlElement,
  name: string,
  value: string | undefined,
): readonly XmlEdit[] {
  const known = element.attributes.find((attribute) => attribute.name === name);
  if (known === undefined) {
    if (value === undefined) return [];
    const at = element.attributes.at(-1)?.end ?? element.start + 1 + element.name.length;
    return [{ start: at, end: at, text: ` ${name}="${escapeAttribute(value)}"` }];
  }
  if (value !== undefined) {
    return known.value === value
      ? []
      : [{ start: known.valueStart, end: known.valueEnd, text: escapeAttribute(value) }];
  }
  const before = text.slice(element.start, known.start);
  const start = known.start - (/\s*$/.exec(before)?.[0].length ?? 0);
  return [{ start, end: known.end, text: "" }];
}

/** The text of an element; one without an end tag gets one. */
export function textEdit(text: string, element: XmlElement, value: string): XmlEdit {
  const escaped = escapeText(value);
  if (!text.slice(element.start, element.end).endsWith("/>")) {
    return { start: element.contentStart, end: element.contentEnd, text: escaped };
  }
  const slash = text.lastIndexOf("/>", element.end);
  return { start: slash, end: element.end, text: `>${escaped}</${element.name}>` };
}

/** A variable of a step by name; case does not count. */
export function variableElement(step: XmlElement, name: string): XmlElement | undefined {
  const variables = childrenNamed(step, "defaultVarList").flatMap((list) => childrenNamed(list, "variable"));
  const wanted = name.toLowerCase();
  return variables.find((element) =>
    element.attributes.some((a) => a.name === "name" && a.value.toLowerCase() === wanted),
  );
}
