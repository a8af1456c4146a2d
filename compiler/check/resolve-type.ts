// From types as they are written to types. Aliases are looked through; each is resolved once.
import { syntaxDiagnostics } from "@sequitur/grammar";
import type { LiteralType, NamedType, Path, RecordType, TypeNode } from "@sequitur/grammar";
import { exportsOf } from "../bind/load-program.ts";
import { plainText } from "../bind/plain-text.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { changeTo, suggestName } from "../diagnostics/suggestion.ts";
import type { Candidate } from "../diagnostics/suggestion.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { unreachable } from "../invariant.ts";
import type { Module } from "../model/module.ts";
import type { TypeSymbol } from "../model/symbol.ts";
import { errorType, handleType, listOf, literalType, optionalOf, recordOf, unionOf } from "../types/constructors.ts";
import { planTypeOf } from "../types/plan-type.ts";
import { printType } from "../types/print-type.ts";
import { isTooLarge, typeSizeRange } from "../types/type-size.ts";
import type { Type } from "../types/type.ts";
import { inProgress, needDepth } from "./program-context.ts";
import type { ProgramContext } from "./program-context.ts";
import { describeSymbol, symbolCandidates } from "./symbols.ts";

const basicTypes: ReadonlyMap<string, Type> = new Map([
  ...(["string", "int", "bool", "duration", "size", "version", "secret"] as const).map(
    (kind) => [kind, { kind }] as const,
  ),
  ...(["package", "image", "application", "file", "account", "sequence", "step", "variable"] as const).map(
    (handle) => [handle, handleType(handle)] as const,
  ),
]);

/** The type that a type node of this module means; `error` where it was reported. */
export function resolveType(program: ProgramContext, module: Module, node: TypeNode): Type {
  const known = program.typeNodes.get(node);
  if (known !== undefined) return known;
  program.depth += 1;
  const resolved = resolveNode(program, module, node);
  program.depth -= 1;
  const type = isTooLarge(resolved) ? errorType : resolved;
  if (type !== resolved) {
    program.report(module, node, typeDiagnostics.SEQ3015, { what: "a type", range: typeSizeRange });
  }
  program.typeNodes.set(node, type);
  return type;
}

function resolveNode(program: ProgramContext, module: Module, node: TypeNode): Type {
  switch (node.kind) {
    case "missing":
      return errorType;
    case "namedType":
      return resolveNamed(program, module, node);
    case "literalType":
      return resolveLiteral(program, module, node);
    case "optionalType":
      return optionalOf(resolveType(program, module, node.inner));
    case "parenthesizedType":
      return resolveType(program, module, node.type);
    case "recordType":
      return resolveRecord(program, module, node);
    case "unionType": {
      const members = node.members.map((member) => resolveType(program, module, member));
      const all: Type = { kind: "union", members };
      // Finding what stands in it twice costs the square of what is no literal.
      if (isTooLarge(all)) return all;
      const type = unionOf(members);
      if (planTypeOf(type) !== null) return type;
      const what = "the members of this union are";
      program.report(module, node, typeDiagnostics.SEQ3007, { types: printType(type), what });
      return errorType;
    }
    default:
      return unreachable(node);
  }
}

function resolveLiteral(program: ProgramContext, module: Module, node: LiteralType): Type {
  const { value, negative } = node;
  if (value.kind === "boolean") return literalType(value.value);
  if (value.kind === "string") {
    const text = plainText(value);
    if (text !== undefined) return literalType(text);
    program.report(module, value, typeDiagnostics.SEQ3018, { what: "a type" });
    return errorType;
  }
  if (value.unit === "int") return literalType(negative ? -value.value : value.value);
  if (value.unit !== "error") {
    const way = "is no type: only texts, whole numbers, true and false can be listed";
    program.report(module, node, typeDiagnostics.SEQ3014, { name: value.text, way });
  }
  return errorType;
}

function resolveRecord(program: ProgramContext, module: Module, node: RecordType): Type {
  const fields = new Map<string, Type>();
  for (const field of node.fields) {
    const type = resolveType(program, module, field.type);
    if (field.name.kind === "missing") continue;
    const { text: name } = field.name;
    if (fields.has(name)) program.report(module, field.name, nameDiagnostics.SEQ2204, { name });
    else fields.set(name, type);
  }
  return recordOf(fields);
}

function resolveNamed(program: ProgramContext, module: Module, node: NamedType): Type {
  const [first, second] = node.path.names;
  const argument = node.argument === undefined ? undefined : resolveType(program, module, node.argument);
  if (first === undefined || first.kind === "missing") return errorType;
  const symbol = module.scope.get(first.text);
  if (second === undefined && first.text === "list" && symbol?.kind !== "type") {
    if (argument !== undefined) return listOf(argument);
    const fixes = [{ title: "Change to list<string>", safe: false, edits: [insertAfter(module, node, "<string>")] }];
    const args = { name: "list", way: "needs the type of its items" };
    program.report(module, node, typeDiagnostics.SEQ3014, args, { hint: "write list<string>, for one", fixes });
    return listOf(errorType);
  }
  if (node.argument !== undefined && argument?.kind !== "error") {
    program.report(module, node.argument, typeDiagnostics.SEQ3014, {
      name: pathText(node.path),
      way: "takes no item type",
    });
  }
  if (second !== undefined) return resolveQualified(program, module, node.path);
  const basic = basicTypes.get(first.text);
  if (symbol?.kind === "type") return aliasType(program, symbol);
  if (basic !== undefined) return basic;
  if (module.unresolved.has(first.text)) return errorType;
  if (symbol !== undefined) {
    const args = { name: first.text, is: describeSymbol(symbol), needed: "a type" };
    program.report(module, first, nameDiagnostics.SEQ2112, args);
    return errorType;
  }
  const place = { file: module.path, start: first.start, end: first.end };
  const near = suggestName(place, first.text, typeCandidates(module));
  const meant = near.hint === undefined ? foreignTypes.get(first.text.toLowerCase()) : undefined;
  const details = meant === undefined ? near : { hint: `did you mean "${meant}"?`, ...changeTo(place, meant, true) };
  program.report(module, first, nameDiagnostics.SEQ2106, { name: first.text }, details);
  return errorType;
}

function insertAfter(module: Module, node: TypeNode, text: string) {
  return { file: module.path, start: node.end, end: node.end, text };
}

function pathText(path: Path): string {
  return path.names.map((name) => (name.kind === "missing" ? "…" : name.text)).join(".");
}

/** What other languages call the types of this one. */
const foreignTypes: ReadonlyMap<string, string> = new Map([
  ["integer", "int"],
  ["number", "int"],
  ["boolean", "bool"],
  ["text", "string"],
  ["str", "string"],
  ["securestring", "string"],
  ["timespan", "duration"],
]);

function* typeCandidates(module: Module): Iterable<Candidate> {
  yield* symbolCandidates(module.scope.values(), (symbol) => symbol.kind === "type");
  for (const name of basicTypes.keys()) yield { name };
  yield { name: "list" };
}

/** `drivers.Model`. */
function resolveQualified(program: ProgramContext, module: Module, path: Path): Type {
  const [first, second, third] = path.names;
  if (first?.kind !== "name" || second?.kind !== "name") return errorType;
  const namespace = module.scope.get(first.text);
  if (namespace?.kind !== "namespace") {
    if (module.unresolved.has(first.text)) return errorType;
    const details = suggestName(
      { file: module.path, start: first.start, end: first.end },
      first.text,
      symbolCandidates(module.scope.values(), (symbol) => symbol.kind === "namespace"),
    );
    program.report(module, first, nameDiagnostics.SEQ2106, { name: first.text }, details);
    return errorType;
  }
  const { target } = namespace;
  if (target === undefined) return errorType;
  const symbol = target.declared.get(second.text);
  if (symbol?.kind === "type" && third === undefined) {
    if (!second.text.startsWith("_")) return aliasType(program, symbol);
    program.report(module, second, nameDiagnostics.SEQ2008, { name: second.text });
    return errorType;
  }
  const place = { file: module.path, start: second.start, end: second.end };
  const details = suggestName(place, second.text, exportsOf(target));
  program.report(module, second, nameDiagnostics.SEQ2009, { name: second.text, path: target.path }, details);
  return errorType;
}

/** What an alias stands for. One that needs itself is reported where it is declared. */
export function aliasType(program: ProgramContext, symbol: TypeSymbol): Type {
  const known = program.aliases.get(symbol);
  if (known === inProgress) {
    const path = `${symbol.name} → … → ${symbol.name}`;
    const place = symbol.nameNode ?? symbol.node;
    program.report(symbol.module, place, nameDiagnostics.SEQ2207, { name: symbol.name, path });
    program.aliases.set(symbol, errorType);
    return errorType;
  }
  if (known !== undefined) return known;
  if (program.depth > needDepth) {
    program.report(symbol.module, symbol.nameNode ?? symbol.node, syntaxDiagnostics.SEQ1133, { limit: needDepth });
    program.aliases.set(symbol, errorType);
    return errorType;
  }
  program.aliases.set(symbol, inProgress);
  const type = resolveType(program, symbol.module, symbol.node.type);
  if (program.aliases.get(symbol) !== inProgress) return errorType;
  program.aliases.set(symbol, type);
  return type;
}
