// Names that mean something at a place: variables that are set by then, labels, declarations of the file, facts, functions,
// actions and types.
import { walk } from "@sequitur/grammar";
import type { Name, SequenceDeclaration } from "@sequitur/grammar";
import { foreignActions } from "@sequitur/compiler";
import { callableFunctions, Catalogues, factRoots, stateRoots } from "@sequitur/compiler/model";
import type { CheckedProgram, ProgramSymbol } from "@sequitur/compiler/model";
import { actions, functions } from "@sequitur/runtime/plan";
import type { FunctionName } from "@sequitur/runtime/plan";
import { describe, describeBuiltin, describeFact, describeFunction } from "../../describe.ts";
import { occurrencesIn } from "../../occurrences.ts";
import { nodesAround } from "../../document.ts";
import type { CompletionPlace } from "../completion.ts";
import { documented, kind, words } from "./item.ts";
import type { Item } from "./item.ts";

/** The sequence that the place is in. */
export function sequenceAt({ document, wordStart }: CompletionPlace): SequenceDeclaration | undefined {
  const found = nodesAround(document, wordStart).find((node) => node.kind === "sequence");
  return found?.kind === "sequence" ? found : undefined;
}

/** Labels of the steps and groups of a sequence, in order. */
export function labelsOf(sequence: SequenceDeclaration | undefined): readonly Name[] {
  const labels: Name[] = [];
  if (sequence === undefined) return labels;
  walk(sequence, (node) => {
    if ((node.kind === "step" || node.kind === "group") && node.label !== undefined) labels.push(node.label);
    return node.kind !== "step";
  });
  return labels;
}

/** Top declarations that can be seen in the file, of these kinds; imported files too. */
export function namesOf(
  { document }: CompletionPlace,
  kinds: readonly ProgramSymbol["kind"][],
  accepts: (symbol: ProgramSymbol) => boolean = () => true,
): readonly Item[] {
  const items: Item[] = [];
  for (const symbol of document.module.scope.values()) {
    if (symbol.kind === "namespace") {
      const inside = [...(symbol.target?.declared.values() ?? [])].filter((each) => !each.name.startsWith("_"));
      for (const each of inside) {
        if (!kinds.includes(each.kind) || !accepts(each)) continue;
        const label = `${symbol.name}.${each.name}`;
        items.push({ ...itemFor(each, document.program), label });
      }
    } else if (kinds.includes(symbol.kind) && accepts(symbol)) items.push(itemFor(symbol, document.program));
  }
  return items;
}

const pictures = {
  const: kind.constant,
  type: kind.type,
  fn: kind.function,
  content: kind.module,
  account: kind.variable,
  sequence: kind.class,
  externSequence: kind.class,
  fleet: kind.module,
  deployment: kind.module,
  namespace: kind.module,
  scriptAction: kind.function,
  variable: kind.variable,
  global: kind.variable,
  loopVariable: kind.variable,
  fnParameter: kind.variable,
  label: kind.property,
} as const satisfies { readonly [K in ProgramSymbol["kind"]]: number };

export function itemFor(symbol: ProgramSymbol, program: CheckedProgram): Item {
  const { code, text } = describe(symbol, program);
  return { label: symbol.name, kind: pictures[symbol.kind], detail: code.split("\n")[0] ?? "", ...documented(text) };
}

/** What has a value at the place, the nearest first; `settable`: what a step may give a value. */
export function valueItems(place: CompletionPlace, use: "value" | "settable"): readonly Item[] {
  const { module, program } = place.document;
  const locals = localItems(place, use);
  if (use === "settable") return locals;
  const top = [...module.scope.values()].filter(
    (symbol) => symbol.kind === "const" || symbol.kind === "fn" || symbol.kind === "namespace",
  );
  const called = callableFunctions.map((name): Item => {
    const known = Object.hasOwn(functions, name) ? describeFunction(name as FunctionName) : undefined;
    return {
      label: name,
      kind: kind.function,
      insert: `${name}($1)`,
      isSnippet: true,
      ...(known === undefined ? {} : { detail: known.code, ...documented(known.text) }),
    };
  });
  const facts = [...factRoots].map(([label, members]): Item => {
    const itself = members.get("");
    const known = itself === undefined ? undefined : describeFact(itself);
    return {
      label,
      kind: kind.module,
      ...(known === undefined ? {} : { detail: known.code, ...documented(known.text) }),
    };
  });
  return [
    ...locals,
    ...top.map((symbol) => itemFor(symbol, program)),
    ...facts,
    ...words([...stateRoots.keys()], kind.module),
    ...called,
    ...words(["true", "false", "not", "if"], kind.keyword),
  ];
}

function localItems(place: CompletionPlace, use: "value" | "settable"): readonly Item[] {
  const sequence = sequenceAt(place);
  const { module, program } = place.document;
  if (sequence === undefined) return parameterItems(place);
  const declared = new Map<string, Item>();
  const around = new Set(nodesAround(place.document, place.wordStart));
  for (const member of sequence.members) {
    if (member.kind !== "variable" || member.name.kind === "missing") continue;
    const { name, role } = member;
    const isGiven = role === "param" || role === "secret";
    // Behind the place it has no value yet.
    if (!isGiven && member.end > place.wordStart) continue;
    if (use === "settable" && isGiven) continue;
    const base = { name: name.text, nameNode: name, module, node: member };
    const symbol: ProgramSymbol = /global/i.test(role)
      ? { kind: "global", secret: role.endsWith("Secret"), extern: role.startsWith("extern"), ...base }
      : { kind: "variable", ...base };
    declared.set(name.text, itemFor(symbol, program));
  }
  if (use === "settable") return [...declared.values()];
  for (const node of around) {
    if ((node.kind !== "for" && node.kind !== "comprehension") || node.variable.kind === "missing") continue;
    const { variable } = node;
    const symbol = [...program.symbolTypes.keys()].find(({ nameNode }) => nameNode === variable);
    if (symbol !== undefined) declared.set(variable.text, itemFor(symbol, program));
  }
  for (const label of labelsOf(sequence)) {
    if (label.end < place.wordStart)
      declared.set(label.text, { label: label.text, kind: kind.property, detail: "step" });
  }
  return [...declared.values()];
}

/** Inside a function its parameters. */
function parameterItems({ document, wordStart }: CompletionPlace): readonly Item[] {
  const fn = nodesAround(document, wordStart).find((node) => node.kind === "fn");
  if (fn?.kind !== "fn") return [];
  return occurrencesIn(document)
    .filter(({ symbol, start }) => symbol.kind === "fnParameter" && fn.start <= start && start < fn.end)
    .filter(({ role }) => role === "declaration")
    .map(({ symbol }) => itemFor(symbol, document.program));
}

/** Everything that `use` can name. */
export function actionItems(place: CompletionPlace): readonly Item[] {
  const { module, program, project, path } = place.document;
  const own = [...module.scope.values()].filter(({ kind: each }) => each === "scriptAction");
  const builtin = Object.keys(actions).map((name): Item => {
    const described = describeBuiltin(name);
    const needed = (described?.parameters ?? []).filter(({ required }) => required);
    const fields = needed.map((each, index) => `${each.name}: $${index + 1}`).join(", ");
    return {
      label: name,
      kind: kind.function,
      insert: fields === "" ? name : `${name} { ${fields} }`,
      isSnippet: true,
      detail: described?.summary ?? "",
      ...documented((described?.notes ?? []).join("\n\n")),
    };
  });
  const known = new Set([...Object.keys(actions)]);
  const others = new Catalogues(project.host).names(path).filter((name) => !known.has(name));
  return [
    ...own.map((symbol) => itemFor(symbol, program)),
    ...builtin,
    ...others.map((label): Item => {
      const detail = foreignActions.get(label)?.summary;
      return { label, kind: kind.function, ...(detail === undefined ? {} : { detail }) };
    }),
  ];
}

const builtinTypes = ["string", "int", "bool", "duration", "size", "version", "secret", "list", "sequence", "step"];

/** Everything that can stand as a type. */
export function typeItems(place: CompletionPlace): readonly Item[] {
  return [
    ...namesOf(place, ["type"]),
    ...words(builtinTypes, kind.type),
    ...words(["package", "image", "application", "file", "account"], kind.type),
  ];
}
