// From the XML of a sequence to the model. Elements come in any order; what is unknown is left for the importer to keep.
import { attributeOf, childElements, childrenNamed, textOf } from "../xml/tree.ts";
import type { XmlElement } from "../xml/tree.ts";
import type { Dialect, ForeignNode, ForeignSequence, ForeignVariable } from "./model.ts";

export function readSequence(element: XmlElement): ForeignSequence {
  return { dialect: dialectOf(element), element, children: nodesIn(element) };
}

/** The variables of a `defaultVarList` or `globalVarList`. */
export function variablesIn(list: XmlElement): readonly ForeignVariable[] {
  return childrenNamed(list, "variable").map((element) => ({
    name: attributeOf(element, "name") ?? "",
    property: attributeOf(element, "property"),
    value: blankAsEmpty(textOf(element)),
    element,
  }));
}

/** A tool that indents breaks empty values over lines: the author meant none. */
function blankAsEmpty(value: string): string {
  return /^\s*\n\s*$/.test(value) ? "" : value;
}

/** The launchers of the actions tell the dialects apart; types of steps occur in both. */
function dialectOf(sequence: XmlElement): Dialect {
  if (attributeOf(sequence, "name") !== undefined) return "mdt";
  const version = attributeOf(sequence, "version");
  if (version === "3.10" || childrenNamed(sequence, "referenceList").length > 0) return "configmgr";
  const waiting = [sequence];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    for (const child of childElements(element)) {
      if (child.name === "group" || child.name === "step") waiting.push(child);
      if (child.name !== "action") continue;
      const action = textOf(child);
      if (/^\s*(smsswd|osd\w*|tsenv)\.exe/i.test(action)) return "configmgr";
      if (/%SCRIPTROOT%/i.test(action)) return "mdt";
    }
  }
  return version === "3.00" ? "mdt" : "configmgr";
}

function nodesIn(parent: XmlElement): readonly ForeignNode[] {
  const nodes: ForeignNode[] = [];
  for (const element of childElements(parent)) {
    if (element.name === "group") nodes.push({ kind: "group", ...shared(element), children: nodesIn(element) });
    else if (element.name === "step" || element.name === "subtasksequence") nodes.push(stepOf(element));
  }
  return nodes;
}

function stepOf(element: XmlElement): ForeignNode {
  const [action] = childrenNamed(element, "action");
  const lists = childrenNamed(element, "defaultVarList");
  return {
    kind: "step",
    ...shared(element),
    type: attributeOf(element, "type"),
    action: action === undefined ? "" : textOf(action),
    variables: lists.flatMap(variablesIn),
  };
}

function shared(element: XmlElement) {
  const condition = childrenNamed(element, "condition").find((found) => childElements(found).length > 0);
  return {
    name: attributeOf(element, "name") ?? "",
    description: attributeOf(element, "description") ?? "",
    disabled: isTrue(attributeOf(element, "disable")),
    continueOnError: isTrue(attributeOf(element, "continueOnError")),
    condition,
    element,
  };
}

/** How both systems write it: in any case. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && /^\s*(true|yes|1)\s*$/i.test(text);
}
