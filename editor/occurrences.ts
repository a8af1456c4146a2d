// Where names of the program stand in a file, and what they stand for: the ground of definition, references, highlights,
// rename, hover and colours. Reads the tables of the checker; looks nothing up that the checker has decided.
import { nodeAt, walk } from "@sequitur/grammar";
import type { Field, Missing, Name, Node, Path, Span } from "@sequitur/grammar";
import type { CheckedProgram, Module, PathResolution, ProgramSymbol } from "@sequitur/compiler/model";
import type { Document } from "./document.ts";

export type OccurrenceRole = "declaration" | "read" | "write";

/** A name in a text that stands for something declared. */
export interface Occurrence extends Span {
  readonly symbol: ProgramSymbol;
  readonly role: OccurrenceRole;
}

type Found = (name: Name | Missing, symbol: ProgramSymbol | undefined, role: OccurrenceRole) => void;

/** All of a file, or of what touches a part of it, in the order of the tree. */
export function occurrencesIn(
  { module, program }: Pick<Document, "module" | "program">,
  part: Span = module.parsed.tree,
): readonly Occurrence[] {
  const list: Occurrence[] = [];
  const found = collectInto(list);
  walk(module.parsed.tree, (node) => {
    if (node.end < part.start || node.start > part.end) return false;
    noteNode(node, module, program, found);
    return true;
  });
  return list;
}

/** The name at an offset; one that ends there counts. */
export function occurrenceAt(document: Document, offset: number): Occurrence | undefined {
  const list: Occurrence[] = [];
  const found = collectInto(list);
  for (const node of nodeAt(document.parsed.tree, offset)) noteNode(node, document.module, document.program, found);
  return list.findLast(({ start, end }) => start <= offset && offset <= end);
}

/** Do both stand for the same? Globals do when their names are the same, wherever they are declared. */
export function isSameSymbol(left: ProgramSymbol, right: ProgramSymbol): boolean {
  if (left === right) return true;
  if (left.kind === "global" && right.kind === "global") return left.name === right.name;
  return left.nameNode !== undefined && left.nameNode === right.nameNode;
}

function collectInto(list: Occurrence[]): Found {
  return (name, symbol, role) => {
    if (name.kind === "name" && symbol !== undefined) list.push({ start: name.start, end: name.end, symbol, role });
  };
}

/** Notes the names that are a part of this very node; those of its children come with them. */
function noteNode(node: Node, module: Module, program: CheckedProgram, found: Found): void {
  switch (node.kind) {
    case "const":
    case "typeDeclaration":
    case "fn":
    case "content":
    case "account":
    case "fleet":
    case "deployment":
    case "sequence":
    case "externSequence":
      if (node.name.kind === "name") found(node.name, module.declared.get(node.name.text), "declaration");
      return;
    case "importModule":
      if (node.alias.kind === "name") found(node.alias, module.scope.get(node.alias.text), "declaration");
      return;
    case "importNames":
      for (const name of node.names) if (name.kind === "name") found(name, module.scope.get(name.text), "read");
      return;
    case "variable":
    case "fnParameter":
    case "for":
    case "comprehension":
    case "step":
    case "group":
      noteLocal(node, module, found);
      return;
    case "reference":
    case "member":
    case "invocation":
      noteExpression(node, module, program, found);
      return;
    case "path":
      notePath(node, module, program, found);
      return;
    case "namedType":
      noteTypePath(node.path, module, found);
      return;
    case "assignment":
      found(node.name, program.targets.get(node), "write");
      return;
    case "into":
      found(node.variable, program.targets.get(node), "write");
      return;
    case "call":
      noteArguments(node.sequence, node.arguments?.fields, program, found);
      return;
    case "test":
      for (const item of node.items) {
        if (item.kind === "testGiven" && item.values.kind === "record") {
          noteArguments(node.sequence, item.values.fields, program, found);
        }
      }
      return;
    default:
      return;
  }
}

/** What a sequence or function declares for itself. Such a symbol is known by its name's node, so a new one will do. */
function noteLocal(
  node: Extract<Node, { kind: "variable" | "fnParameter" | "for" | "comprehension" | "step" | "group" }>,
  module: Module,
  found: Found,
): void {
  switch (node.kind) {
    case "variable": {
      if (node.name.kind === "missing") return;
      const base = { name: node.name.text, nameNode: node.name, module, node };
      const isGlobal = /global/i.test(node.role);
      const secret = node.role === "globalSecret" || node.role === "externGlobalSecret";
      const extern = node.role.startsWith("extern");
      found(
        node.name,
        isGlobal ? { kind: "global", secret, extern, ...base } : { kind: "variable", ...base },
        "declaration",
      );
      return;
    }
    case "fnParameter":
      if (node.name.kind === "missing") return;
      found(node.name, { kind: "fnParameter", name: node.name.text, nameNode: node.name, module, node }, "declaration");
      return;
    case "for":
    case "comprehension": {
      const { variable } = node;
      if (variable.kind === "missing") return;
      found(variable, { kind: "loopVariable", name: variable.text, nameNode: variable, module, node }, "declaration");
      return;
    }
    case "step":
    case "group":
      if (node.label === undefined) return;
      found(node.label, { kind: "label", name: node.label.text, nameNode: node.label, module, node }, "declaration");
  }
}

function noteExpression(
  node: Extract<Node, { kind: "reference" | "member" | "invocation" }>,
  module: Module,
  program: CheckedProgram,
  found: Found,
): void {
  const resolution = program.resolutions.get(node);
  const symbol = resolution !== undefined && "symbol" in resolution ? resolution.symbol : undefined;
  switch (node.kind) {
    case "reference": {
      const named = module.scope.get(node.name.text);
      if (symbol !== undefined) found(node.name, symbol, "read");
      else if (resolution === undefined && named?.kind === "namespace") found(node.name, named, "read");
      return;
    }
    case "member":
      if (resolution?.kind === "step") {
        if (node.object.kind === "reference") found(node.object.name, resolution.symbol, "read");
      } else found(node.property, symbol, "read");
      return;
    case "invocation":
      if (resolution?.kind !== "fn") return;
      if (node.callee.kind === "reference") found(node.callee.name, resolution.symbol, "read");
      else if (node.callee.kind === "member") found(node.callee.property, resolution.symbol, "read");
  }
}

function notePath(path: Path, module: Module, program: CheckedProgram, found: Found): void {
  const resolution = program.paths.get(path);
  const [first, second] = path.names;
  if (resolution === undefined || first === undefined) return;
  const last = second ?? first;
  if (second !== undefined) noteNamespace(first, module, found);
  found(last, symbolOfPath(resolution), "read");
}

function noteTypePath(path: Path, module: Module, found: Found): void {
  const [first, second] = path.names;
  if (first?.kind !== "name") return;
  const symbol = module.scope.get(first.text);
  if (second === undefined) {
    if (symbol?.kind === "type") found(first, symbol, "read");
    return;
  }
  noteNamespace(first, module, found);
  if (symbol?.kind === "namespace" && second.kind === "name") {
    found(second, symbol.target?.declared.get(second.text), "read");
  }
}

function noteNamespace(name: Name | Missing, module: Module, found: Found): void {
  const symbol = name.kind === "name" ? module.scope.get(name.text) : undefined;
  if (symbol?.kind === "namespace") found(name, symbol, "read");
}

/** Names of arguments are those of the parameters, so they are renamed with them. */
function noteArguments(
  sequence: Path | Missing,
  fields: readonly Field[] | undefined,
  program: CheckedProgram,
  found: Found,
): void {
  if (sequence.kind === "missing" || fields === undefined) return;
  const resolution = program.paths.get(sequence);
  if (resolution?.kind !== "sequence" || resolution.symbol.kind !== "sequence") return;
  const variables = program.variables.get(resolution.symbol) ?? [];
  for (const { key } of fields) {
    if (key.kind !== "name") continue;
    found(
      key,
      variables.find(({ name }) => name === key.text),
      "read",
    );
  }
}

function symbolOfPath(resolution: PathResolution): ProgramSymbol | undefined {
  return "symbol" in resolution ? resolution.symbol : undefined;
}
