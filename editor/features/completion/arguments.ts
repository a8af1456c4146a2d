// Parameters of the action or sequence in whose braces the place is, and the words that a parameter takes.
import type { Record } from "@sequitur/grammar";
import { sequenceParameters } from "../../describe.ts";
import type { DescribedParameter } from "../../describe.ts";
import { actionOf } from "../hover.ts";
import { nodesAround } from "../../document.ts";
import type { CompletionPlace } from "../completion.ts";
import { documented, kind } from "./item.ts";
import type { Item } from "./item.ts";
import { valueItems } from "./names.ts";

interface ArgumentPlace {
  readonly record: Record;
  readonly parameters: readonly DescribedParameter[];
}

/** Undefined: the place is not where the name of an argument is due. */
export function argumentItems(place: CompletionPlace): readonly Item[] | undefined {
  const [previous] = place.before.filter((each) => each !== "\n");
  if (previous !== "{" && previous !== "," && place.before[0] !== "\n") return undefined;
  const found = argumentsAt(place);
  if (found === undefined) return undefined;
  if (found.record.fields.some(({ value }) => value.start < place.wordStart && place.wordStart < value.end))
    return undefined;
  const given = new Set(
    found.record.fields
      .filter(({ key }) => key.end < place.wordStart || key.start > place.offset)
      .map(({ key }) => (key.kind === "name" ? key.text : "")),
  );
  const open = found.parameters.filter(({ name }) => !given.has(name));
  return open
    .toSorted((left, right) => Number(right.required) - Number(left.required))
    .map(({ name, type, required, text }) => ({
      label: name,
      kind: kind.field,
      insert: `${name}: `,
      detail: required ? type : `${type} (optional)`,
      ...documented(text),
    }));
}

/** What can be the value of the argument in front of the place; undefined: there is none. */
export function argumentValues(place: CompletionPlace): readonly Item[] | undefined {
  const found = argumentsAt(place);
  const name = place.before[1];
  const parameter = found?.parameters.find((each) => each.name === name);
  if (parameter === undefined) return undefined;
  const choices = parameter.choices.map((label) => ({ label, kind: kind.enumMember }));
  return [...choices, ...valueItems(place, "value")];
}

function argumentsAt({ document, wordStart }: CompletionPlace): ArgumentPlace | undefined {
  const around = nodesAround(document, wordStart);
  const index = around.findLastIndex((node) => node.kind === "use" || node.kind === "call");
  const owner = around[index];
  if (owner?.kind !== "use" && owner?.kind !== "call") return undefined;
  const record = owner.arguments;
  if (record === undefined || wordStart <= record.start || isBehind(record, wordStart, document.parsed.text))
    return undefined;
  const inner = around.slice(index + 2).find((node) => node.kind === "record" || node.kind === "list");
  if (inner !== undefined && inner.start < wordStart) return undefined;
  const parameters =
    owner.kind === "use" ? actionOf(around, document.program)?.parameters : sequenceParameters(owner, document.program);
  return parameters === undefined ? undefined : { record, parameters };
}

function isBehind(record: Record, offset: number, text: string): boolean {
  return offset >= record.end && text.charAt(record.end - 1) === "}";
}
