// Finds the sequence in a file: alone, in a SmsTaskSequencePackage, or in an exported object (INSTANCE), where it is text that
// is XML again.
import { readXml } from "../xml/read.ts";
import { attributeOf, childElements, childrenNamed, textOf } from "../xml/tree.ts";
import type { XmlElement, XmlProblem } from "../xml/tree.ts";
import type { ForeignDocument } from "./model.ts";
import { readSequence } from "./read-sequence.ts";

export type DocumentRead =
  | { readonly kind: "document"; readonly document: ForeignDocument }
  /** Whole XML, and no sequence in it: a part of an export, say. `is`: its outermost element. */
  | { readonly kind: "other"; readonly is: string }
  | { readonly kind: "problem"; readonly problem: XmlProblem };

export function readDocument(text: string): DocumentRead {
  const read = readXml(text);
  if (read.kind === "problem") return read;
  const { root } = read;
  if (root.name === "sequence") return bare(root);
  if (root.name === "SmsTaskSequencePackage") return packaged(root);
  if (root.name === "INSTANCE") return instance(text, root);
  return { kind: "other", is: root.name };
}

function bare(root: XmlElement): DocumentRead {
  const name = attributeOf(root, "name");
  const description = attributeOf(root, "description") ?? "";
  return { kind: "document", document: { sequence: readSequence(root), name, description, id: undefined } };
}

function packaged(root: XmlElement): DocumentRead {
  const field = (name: string): string | undefined => {
    const [element] = childrenNamed(root, name);
    return element === undefined ? undefined : textOf(element).trim();
  };
  const [data] = childrenNamed(root, "SequenceData");
  const sequence = data === undefined ? undefined : childrenNamed(data, "sequence")[0];
  if (sequence === undefined) return { kind: "other", is: "SmsTaskSequencePackage without a sequence" };
  const document = {
    sequence: readSequence(sequence),
    name: present(field("Name")),
    description: field("Description") ?? "",
    id: present(field("PackageID")),
  };
  return { kind: "document", document };
}

function instance(text: string, root: XmlElement): DocumentRead {
  const value = propertyValue(root, "Sequence");
  if (value === undefined) return { kind: "other", is: `INSTANCE of ${attributeOf(root, "CLASSNAME") ?? "no class"}` };
  const [only, ...others] = value.children.filter((child) => child.kind === "text" && child.value.trim() !== "");
  if (only?.kind !== "text" || !only.cdata || others.length > 0) {
    const message = "its sequence is not one CDATA section, which is how the console writes it";
    return { kind: "problem", problem: { offset: value.start, message } };
  }
  const read = readXml(text, only.start + 9, only.end - 3);
  if (read.kind === "problem") return read;
  if (read.root.name !== "sequence") return { kind: "other", is: `INSTANCE with <${read.root.name}>` };
  const field = (name: string): string => {
    const found = propertyValue(root, name);
    return found === undefined ? "" : textOf(found);
  };
  const document = {
    sequence: readSequence(read.root),
    name: present(field("Name")),
    description: field("Description"),
    id: present(field("PackageID")),
  };
  return { kind: "document", document };
}

function propertyValue(root: XmlElement, name: string): XmlElement | undefined {
  const property = childElements(root).find(
    (child) => child.name === "PROPERTY" && attributeOf(child, "NAME") === name,
  );
  return property === undefined ? undefined : childrenNamed(property, "VALUE")[0];
}

function present(text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : text;
}
