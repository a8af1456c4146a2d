// Takes secrets out of a file before anything else reads it: what is written anywhere afterwards has a marker in their place.
import { knownGlobalNamed } from "@sequitur/compiler";
import type { ForeignNode, ForeignSequence, ForeignVariable } from "../foreign/model.ts";
import { isTrue, variablesIn } from "../foreign/read-sequence.ts";
import { childElements, childrenNamed } from "../xml/tree.ts";
import type { XmlElement } from "../xml/tree.ts";
import type { FoundSecret } from "./step-text.ts";

export interface Redacted {
  readonly text: string;
  readonly secrets: readonly FoundSecret[];
}

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly marker: string;
}

/** `text` is that of the whole file. The same text comes back where it holds no secret. */
export function redact(text: string, sequence: ForeignSequence): Redacted {
  const cuts: Cut[] = [];
  const secrets: FoundSecret[] = [];
  const markers = new Map<string, string>();
  const take = (step: string, setting: string, element: XmlElement, value: string): void => {
    const marker = markers.get(value) ?? `SEQUITUR-SECRET-${markers.size + 1}`;
    markers.set(value, marker);
    cuts.push({ start: element.contentStart, end: element.contentEnd, marker });
    if (!secrets.some((known) => known.step === step && known.setting === setting))
      secrets.push({ marker, step, setting });
  };
  for (const { node, variables } of stepsOf(sequence)) {
    for (const variable of variables) {
      if (isSecretSetting(variable, variables)) take(node, variable.name, variable.element, variable.value);
      else cuts.push(...secretRules(text, node, variable, secrets, markers));
    }
  }
  for (const action of actionsOf(sequence.element)) {
    const raw = text.slice(action.contentStart, action.contentEnd);
    for (const [value, marker] of markers) cuts.push(...occurrences(raw, value, action.contentStart, marker));
  }
  return { text: applied(text, cuts), secrets };
}

function* stepsOf(
  sequence: ForeignSequence,
): Iterable<{ readonly node: string; readonly variables: readonly ForeignVariable[] }> {
  for (const list of childrenNamed(sequence.element, "globalVarList"))
    yield { node: "(globals)", variables: variablesIn(list) };
  const waiting: ForeignNode[] = [...sequence.children].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "group") waiting.push(...[...node.children].reverse());
    else yield { node: node.name, variables: node.variables };
  }
}

function* actionsOf(element: XmlElement): Iterable<XmlElement> {
  const waiting = [element];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.name === "action") yield next;
    waiting.push(...childElements(next));
  }
}

/** A value that names a variable holds no secret itself. */
function isSecretSetting({ name, value }: ForeignVariable, siblings: readonly ForeignVariable[]): boolean {
  if (value.trim() === "" || /^%[^%]+%$/.test(value)) return false;
  if (isSecretName(name)) return true;
  if (!/^(VariableValue|SetVariableActionHiddenVariableValue)$/i.test(name)) return false;
  const sibling = (wanted: string): string => siblings.find((other) => other.name === wanted)?.value ?? "";
  return isTrue(sibling("DoNotShowVariableValue")) || isSecretName(sibling("VariableName"));
}

function isSecretName(name: string): boolean {
  if (/(Create|Random)\w*Password$/.test(name)) return false;
  return knownGlobalNamed(name)?.secret === true || /(Password|Passwd|PIN)$/.test(name);
}

/** Dynamic variables: rules are XML in a value, and say themselves which of their values are secret. */
function secretRules(
  text: string,
  node: string,
  { name, element }: ForeignVariable,
  secrets: FoundSecret[],
  markers: Map<string, string>,
): readonly Cut[] {
  if (!/^OSDSetDynamicVariablesRules$/i.test(name)) return [];
  const cuts: Cut[] = [];
  const raw = text.slice(element.contentStart, element.contentEnd);
  for (const match of raw.matchAll(
    /IsSecret=(?:"|&quot;)true(?:"|&quot;)[^;<]*?(?:&gt;|>)(.+?)(?:&lt;|<)\/Variable/gi,
  )) {
    const [whole, value = ""] = match;
    const marker = markers.get(value) ?? `SEQUITUR-SECRET-${markers.size + 1}`;
    markers.set(value, marker);
    const start = element.contentStart + match.index + whole.lastIndexOf(value);
    cuts.push({ start, end: start + value.length, marker });
    secrets.push({ marker, step: node, setting: name });
  }
  return cuts;
}

/** Actions repeat settings. */
function occurrences(raw: string, value: string, offset: number, marker: string): readonly Cut[] {
  const cuts: Cut[] = [];
  const written = value.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  for (const form of new Set([value, written])) {
    const shortForm = form.length < 4 ? `=${form}"` : form;
    for (let at = raw.indexOf(shortForm); at !== -1; at = raw.indexOf(shortForm, at + shortForm.length)) {
      const start = offset + at + (form.length < 4 ? 1 : 0);
      cuts.push({ start, end: start + form.length, marker });
    }
  }
  return cuts;
}

function applied(text: string, cuts: readonly Cut[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, marker } of [...cuts].sort((left, right) => left.start - right.start)) {
    if (start < at) continue;
    pieces.push(text.slice(at, start), marker);
    at = end;
  }
  return `${pieces.join("")}${text.slice(at)}`;
}
