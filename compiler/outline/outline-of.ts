// Makes the outline of a program: what its sequences do, in words, from their trees. Works with errors of meaning in the
// program, since what is written can be shown and compared all the same.
import { lineMap, unreachable } from "@sequitur/grammar";
import type {
  Declaration,
  For,
  Group,
  If,
  LineMap,
  Missing,
  Name,
  SequenceDeclaration,
  Statement,
  Step,
} from "@sequitur/grammar";
import { actions } from "@sequitur/runtime/plan";
import type { ActionDeclaration } from "@sequitur/runtime/plan";
import { stepName, writtenText } from "../lower/node-name.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import type { Module } from "../model/module.ts";
import type { SequenceSymbol } from "../model/symbol.ts";
import { fieldsOfClauses, fieldsOfRecord, fieldsOfStep } from "./fields.ts";
import { textOf } from "./outline-text.ts";
import type {
  Outline,
  OutlineDeclaration,
  OutlineNode,
  OutlineSection,
  OutlineSequence,
  OutlineVariable,
  StepCategory,
} from "./outline.ts";

/** What the outline of one sequence is made from. */
interface Place {
  readonly program: CheckedProgram;
  readonly module: Module;
  readonly lines: LineMap;
  /** Sequences that were called, in order of the first call. */
  readonly called: Set<SequenceSymbol>;
}

/** The outline of a file's sequences and of all that they call; of one sequence of it when it is named. */
export function outlineOf(program: CheckedProgram, path: string, sequence?: string): Outline {
  const found = new Set<SequenceSymbol>();
  for (const symbol of program.modules.get(path)?.declared.values() ?? []) {
    if (symbol.kind === "sequence" && (sequence === undefined || symbol.name === sequence)) found.add(symbol);
  }
  const sequences: OutlineSequence[] = [];
  const maps = new Map<Module, LineMap>();
  // The set grows while its members are visited.
  for (const symbol of found) {
    const { module } = symbol;
    const lines = maps.get(module) ?? lineMap(module.parsed.text);
    maps.set(module, lines);
    sequences.push(sequenceOutline({ program, module, lines, called: found }, symbol));
  }
  const declarations = [...program.modules.values()].flatMap(declarationsOf);
  return { sequences, declarations: declarations.sort((left, right) => compareTexts(left.file, right.file)) };
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function keyOf(symbol: SequenceSymbol): string {
  return `${symbol.module.path}#${symbol.name}`;
}

function sequenceOutline(place: Place, symbol: SequenceSymbol): OutlineSequence {
  const { node } = symbol;
  const title = node.title === undefined ? "" : writtenText(place.module, node.title);
  return {
    key: keyOf(symbol),
    name: symbol.name,
    title: title === "" ? symbol.name : title,
    doc: node.doc?.text ?? "",
    file: place.module.path,
    variables: variablesOf(place.module, node),
    options: node.members.flatMap((member) =>
      member.kind === "options" && member.settings.kind !== "missing"
        ? fieldsOfRecord(place.module, member.settings, "setting")
        : [],
    ),
    nodes: node.members.flatMap((member) =>
      member.kind === "options" || member.kind === "variable" ? [] : [nodeOutline(place, member)],
    ),
  };
}

function variablesOf(module: Module, node: SequenceDeclaration): readonly OutlineVariable[] {
  return node.members.flatMap((member) => {
    if (member.kind !== "variable") return [];
    const type = textOf(module, member.type);
    const value = member.value === undefined ? undefined : textOf(module, member.value);
    return {
      role: member.role,
      name: nameText(member.name),
      text: value === undefined ? type.text : `${type.text} = ${value.text}`,
      key: `${type.key}\u0001${value?.key ?? ""}`,
    };
  });
}

function nodeOutline(place: Place, statement: Statement): OutlineNode {
  switch (statement.kind) {
    case "step":
      return stepOutline(place, statement);
    case "group":
      return groupOutline(place, statement);
    case "if":
      return branchOutline(place, statement);
    case "for":
      return loopOutline(place, statement);
    default:
      return unreachable(statement);
  }
}

function stepOutline(place: Place, step: Step): OutlineNode {
  const { module, program } = place;
  const { title, ...untitled } = step;
  const action = stepName(module, untitled);
  const name = title === undefined ? action : writtenText(module, title);
  const called = calledBy(program, step);
  if (called !== undefined) place.called.add(called);
  const declared = declaredAction(step);
  const phases = declared?.phases ?? [];
  const needs = step.clauses.find((clause) => clause.kind === "needs");
  const phase =
    needs !== undefined && needs.phase !== "missing" ? needs.phase : phases.length === 1 ? phases[0] : undefined;
  return {
    kind: "step",
    name,
    hasTitle: title !== undefined,
    ...(step.label === undefined ? {} : { label: step.label.text }),
    action,
    category: categoryOf(step),
    fields: fieldsOfStep(module, step),
    sections: [],
    ...(called === undefined ? {} : { calls: keyOf(called) }),
    restarts: step.action.kind === "restart" || step.clauses.some((clause) => clause.kind === "reboots"),
    destroys: declared?.destroys ?? false,
    ...flagsOf(step),
    ...(phase === undefined ? {} : { phase }),
    line: lineOf(place, step),
  };
}

function flagsOf(node: Step | Group): Pick<OutlineNode, "continuesOnError" | "disabled"> {
  return {
    continuesOnError: node.clauses.some((clause) => clause.kind === "continueOnError"),
    disabled: node.clauses.some((clause) => clause.kind === "disabled"),
  };
}

function calledBy(program: CheckedProgram, { action }: Step): SequenceSymbol | undefined {
  if (action.kind !== "call" || action.sequence.kind === "missing") return undefined;
  const resolution = program.paths.get(action.sequence);
  return resolution?.kind === "sequence" && resolution.symbol.kind === "sequence" ? resolution.symbol : undefined;
}

function declaredAction({ action }: Step): ActionDeclaration | undefined {
  if (action.kind !== "use" || action.action.kind === "missing") return undefined;
  const name = action.action.names.map(nameText).join(".");
  const table: { readonly [name: string]: ActionDeclaration } = actions;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function categoryOf({ action }: Step): StepCategory {
  switch (action.kind) {
    case "run":
    case "commandline":
      return "command";
    case "script":
    case "call":
    case "restart":
    case "fail":
    case "wait":
      return action.kind;
    case "waitUntil":
      return "wait";
    case "set":
    case "log":
      return "value";
    case "use":
    case "missing":
      return "action";
    default:
      return unreachable(action);
  }
}

const noStep = { action: "", category: "none", restarts: false, destroys: false } as const;
const noFlags = { continuesOnError: false, disabled: false } as const;

function groupOutline(place: Place, group: Group): OutlineNode {
  const { module } = place;
  const title = group.title === undefined ? group.label?.text : writtenText(module, group.title);
  const sections: OutlineSection[] = [section(place, "body", group.body.statements)];
  if (group.onError !== undefined) sections.push(section(place, "onError", group.onError.statements));
  if (group.finally !== undefined) sections.push(section(place, "finally", group.finally.statements));
  return {
    ...noStep,
    kind: "group",
    name: title ?? "group",
    hasTitle: group.title !== undefined,
    ...(group.label === undefined ? {} : { label: group.label.text }),
    action: "group",
    fields: fieldsOfClauses(module, group.clauses),
    sections,
    ...flagsOf(group),
    line: lineOf(place, group),
  };
}

/** An `if` with all its `else if`s as one node: chains may be long. */
function branchOutline(place: Place, branch: If): OutlineNode {
  const { module } = place;
  const condition = textOf(module, branch.condition);
  const sections: OutlineSection[] = [section(place, "body", branch.body.statements)];
  let rest = branch.otherwise;
  while (rest !== undefined) {
    if (rest.kind === "block") {
      sections.push(section(place, "else", rest.statements));
      break;
    }
    sections.push({ ...section(place, "else", rest.body.statements), condition: textOf(module, rest.condition) });
    rest = rest.otherwise;
  }
  return {
    ...noStep,
    ...noFlags,
    kind: "if",
    name: `if ${condition.text}`,
    hasTitle: false,
    action: "if",
    fields: [{ name: "condition", kind: "condition", ...condition }],
    sections,
    line: lineOf(place, branch),
  };
}

function loopOutline(place: Place, loop: For): OutlineNode {
  const { module } = place;
  const list = textOf(module, loop.iterable);
  const variable = nameText(loop.variable);
  return {
    ...noStep,
    ...noFlags,
    kind: "for",
    name: `for ${variable} in ${list.text}`,
    hasTitle: false,
    action: "for",
    fields: [
      { name: "loop variable", kind: "argument", text: variable, key: variable },
      { name: "list", kind: "argument", ...list },
    ],
    sections: [section(place, "body", loop.body.statements)],
    line: lineOf(place, loop),
  };
}

function section(place: Place, role: OutlineSection["role"], statements: readonly Statement[]): OutlineSection {
  return { role, nodes: statements.map((statement) => nodeOutline(place, statement)) };
}

function lineOf({ lines }: Place, node: Step | Group | If | For): number {
  return lines.positionAt(node.start).line;
}

function nameText(name: Name | Missing): string {
  return name.kind === "missing" ? "" : name.text;
}

function declarationsOf(module: Module): readonly OutlineDeclaration[] {
  return module.parsed.tree.declarations.flatMap((declaration) => {
    const kind = declarationKind(declaration);
    if (kind === undefined || !("name" in declaration)) return [];
    const { doc, ...undocumented } = declaration;
    const whole = textOf(module, undocumented);
    const text = doc === undefined ? whole.text : textOf(module, { start: doc.end, end: declaration.end }).text;
    return [{ kind, name: nameText(declaration.name), file: module.path, text, key: whole.key }];
  });
}

function declarationKind(declaration: Declaration): string | undefined {
  switch (declaration.kind) {
    case "const":
      return "constant";
    case "fn":
      return "function";
    case "typeDeclaration":
      return "type";
    case "content":
      return declaration.contentKind;
    case "account":
      return "account";
    case "fleet":
      return declaration.fleetKind;
    case "deployment":
      return "deployment";
    case "externSequence":
      return "sequence of another system";
    case "importModule":
    case "importNames":
    case "test":
    case "sequence":
      return undefined;
    default:
      return unreachable(declaration);
  }
}
