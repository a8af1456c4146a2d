// What may stand behind a dot: members of facts and of the run's state, fields of steps and records, properties of values,
// names of an imported file, the rest of an action's name.
import { functions, stepFields } from "@sequitur/runtime/plan";
import { factRoots, stateRoots } from "@sequitur/compiler/model";
import type { Type } from "@sequitur/compiler/model";
import { nodeAt, walk } from "@sequitur/grammar";
import type { Expression } from "@sequitur/grammar";
import { describeFact, describeFunction, describeState, describeStepField } from "../../describe.ts";
import type { Description } from "../../describe.ts";
import type { CompletionPlace } from "../completion.ts";
import { documented, kind } from "./item.ts";
import type { Item } from "./item.ts";
import { actionItems, itemFor, labelsOf, sequenceAt } from "./names.ts";

export function memberItems(place: CompletionPlace): readonly Item[] {
  const [, object, beforeObject] = place.before;
  if (object === undefined) return [];
  if (beforeObject === "use" || (beforeObject === "." && place.before[4] === "use")) return restOfAction(place);
  const { module, program } = place.document;
  const symbol = module.scope.get(object);
  if (symbol?.kind === "namespace") {
    const declared = [...(symbol.target?.declared.values() ?? [])];
    return declared.filter(({ name }) => !name.startsWith("_")).map((each) => itemFor(each, program));
  }
  if (labelsOf(sequenceAt(place)).some(({ text }) => text === object)) {
    return Object.keys(stepFields).map((field) => item(field, describeStepField(field)));
  }
  const called = object === ")" ? calledName(place) : object;
  const fact = factRoots.get(called);
  if (fact !== undefined) {
    return [...fact].filter(([name]) => name !== "").map(([name, known]) => item(name, describeFact(known)));
  }
  const state = stateRoots.get(object);
  if (state !== undefined) return [...state].map(([name, field]) => item(name, describeState(field)));
  const type = typeBefore(place);
  return type === undefined ? [] : fieldsOf(type);
}

function item(label: string, description: Description | undefined): Item {
  return { label, kind: kind.property, detail: description?.code ?? "", ...documented(description?.text ?? "") };
}

/** `file` in front of `("/etc/hosts").`. */
function calledName({ before }: CompletionPlace): string {
  let depth = 0;
  for (let index = 1; index < before.length; index++) {
    if (before[index] === ")") depth++;
    else if (before[index] === "(" && --depth === 0) return before[index + 1] ?? "";
  }
  return "";
}

function restOfAction(place: CompletionPlace): readonly Item[] {
  const { text } = place.document.parsed;
  const written = /[\w.]*$/.exec(text.slice(0, place.wordStart))?.[0] ?? "";
  return actionItems(place)
    .filter(({ label }) => label.startsWith(written))
    .map((each) => ({
      ...each,
      label: each.label.slice(written.length),
      insert: (each.insert ?? each.label).slice(written.length),
    }));
}

/** The type of the expression that ends at the dot. */
function typeBefore({ document, wordStart }: CompletionPlace): Type | undefined {
  const { parsed, program } = document;
  const dot = parsed.text.lastIndexOf(".", wordStart - 1);
  const end = parsed.text.charAt(dot - 1) === "?" ? dot - 1 : dot;
  let found: Type | undefined;
  const owner = nodeAt(parsed.tree, end).findLast(
    ({ kind: each }) => each === "step" || each === "const" || each === "variable",
  );
  walk(owner ?? parsed.tree, (node) => {
    if (node.start > end || node.end < end) return false;
    if (node.end === end) found ??= program.types.get(node as Expression);
    return true;
  });
  return found;
}

function fieldsOf(type: Type): readonly Item[] {
  if (type.kind === "optional") return fieldsOf(type.inner);
  if (type.kind === "record") return [...type.fields.keys()].map((label) => ({ label, kind: kind.field }));
  const base = type.kind === "literal" ? typeof type.value : type.kind;
  return (Object.keys(functions) as (keyof typeof functions)[])
    .filter((name) => name.startsWith(`${base}.`) && functions[name].form === "property")
    .map((name) => item(name.slice(base.length + 1), describeFunction(name)));
}
