// What top-level names mean as values: the type of a constant, the signature of a function, the type of a variable,
// what a sequence gives back. Each is found once, on demand, so that the order of declarations and files does not
// matter.
import { syntaxDiagnostics } from "@sequitur/grammar";
import type { VariableDeclaration } from "@sequitur/grammar";
import { bindSequence, declareLocal, fnParameterSymbol } from "../bind/sequence-scope.ts";
import type { SequenceScope } from "../bind/sequence-scope.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { secretDiagnostics } from "../diagnostics/secrets.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import type { ConstSymbol, FnSymbol, GlobalSymbol, SequenceSymbol, VariableSymbol } from "../model/symbol.ts";
import { knownGlobalNamed } from "../bind/known-globals.ts";
import { errorType, recordOf, secretType, stringType, widened, withoutOptional } from "../types/constructors.ts";
import { describeType, printType } from "../types/print-type.ts";
import { fits } from "../types/relation.ts";
import type { Type } from "../types/type.ts";
import { createContext } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { inProgress, needDepth } from "./program-context.ts";
import type { FnSignature, ProgramContext } from "./program-context.ts";
import { resolveType } from "./resolve-type.ts";
import type { Module } from "../model/module.ts";

/** The type of a constant, whose value is checked on the way. */
export function constantType(program: ProgramContext, symbol: ConstSymbol): Type {
  const known = program.constantTypes.get(symbol);
  if (known === inProgress) {
    const path = cyclePath(program, symbol);
    program.report(symbol.module, symbol.nameNode ?? symbol.node, nameDiagnostics.SEQ2207, { name: symbol.name, path });
    program.constantTypes.set(symbol, errorType);
    return errorType;
  }
  if (known !== undefined) return known;
  if (program.depth > needDepth) {
    program.report(symbol.module, symbol.nameNode ?? symbol.node, syntaxDiagnostics.SEQ1133, { limit: needDepth });
    program.constantTypes.set(symbol, errorType);
    return errorType;
  }
  program.constantTypes.set(symbol, inProgress);
  const ctx = createContext(program, symbol.module);
  ctx.stage = "constant";
  ctx.purpose = "a constant";
  const type = program.checkExpression(ctx, symbol.node.value);
  if (program.constantTypes.get(symbol) !== inProgress) return errorType;
  program.constantTypes.set(symbol, type);
  return type;
}

function cyclePath(program: ProgramContext, symbol: ConstSymbol): string {
  const open = [...program.constantTypes].filter(([, type]) => type === inProgress).map(([other]) => other);
  const path = open.slice(open.indexOf(symbol)).map((other) => other.name);
  return [...path, symbol.name].join(" → ");
}

/** The parameters and result of a function, as declared. */
export function signatureOf(program: ProgramContext, symbol: FnSymbol): FnSignature {
  const known = program.signatures.get(symbol);
  if (known !== undefined) return known;
  const { node, module } = symbol;
  const parameters = node.parameters.map((parameter) => ({
    name: parameter.name.kind === "missing" ? "…" : parameter.name.text,
    type: resolveType(program, module, parameter.type),
    required: parameter.value === undefined,
  }));
  const signature = { parameters, result: resolveType(program, module, node.result) };
  program.signatures.set(symbol, signature);
  return signature;
}

/** Checks a function's defaults and body. */
export function checkFunction(program: ProgramContext, symbol: FnSymbol): void {
  const signature = signatureOf(program, symbol);
  const ctx: CheckContext = createContext(program, symbol.module, { fn: symbol });
  for (const [index, parameter] of symbol.node.parameters.entries()) {
    const type = signature.parameters[index]?.type ?? errorType;
    if (parameter.value !== undefined) program.checkExpression(ctx, parameter.value, type);
    if (parameter.name.kind === "missing") continue;
    const local = fnParameterSymbol(symbol.module, parameter, parameter.name);
    program.symbolTypes.set(local, type);
    declareLocal(ctx, symbol.module, local, program.report);
  }
  program.checkExpression(ctx, symbol.node.body, signature.result);
}

/** The names of a sequence, bound once. */
export function scopeOf(program: ProgramContext, symbol: SequenceSymbol): SequenceScope {
  const known = program.scopes.get(symbol);
  if (known !== undefined) return known;
  const scope = bindSequence(symbol, program.report, program.memory?.symbols);
  program.scopes.set(symbol, scope);
  program.variables.set(symbol, scope.variables);
  return scope;
}

/** The declared type of a param, secret, output or var. */
export function variableType(program: ProgramContext, symbol: VariableSymbol): Type {
  const known = program.symbolTypes.get(symbol);
  if (known !== undefined) return known;
  const { node, module } = symbol;
  const declared = resolveType(program, module, node.type);
  const type = node.role === "secret" ? secretTypeFor(program, module, node, declared) : declared;
  program.symbolTypes.set(symbol, type);
  return type;
}

/** `secret name: string` is a secret text; other types can't be sealed and masked. */
function secretTypeFor(program: ProgramContext, module: Module, node: VariableDeclaration, declared: Type): Type {
  if (declared.kind !== "secret" && !fits(declared, stringType)) {
    program.report(module, node.type, secretDiagnostics.SEQ6004, { type: printType(declared) });
  }
  return secretType;
}

/** A global is a text, or a secret one. */
export function globalType(symbol: GlobalSymbol): Type {
  return symbol.secret ? secretType : stringType;
}

/** Checks that a global is declared as text. */
export function checkGlobalType(program: ProgramContext, module: Module, node: VariableDeclaration): void {
  const type = resolveType(program, module, node.type);
  if (type.kind === "string" || type.kind === "error" || type.kind === "secret") return;
  program.report(module, node.type, typeDiagnostics.SEQ3016, { type: describeType(widened(withoutOptional(type))) });
}

/** A global that a target's catalogue declares; undefined for all other names. */
export function knownGlobal(program: ProgramContext, module: Module, name: string): GlobalSymbol | undefined {
  if (program.knownGlobals.has(name)) return program.knownGlobals.get(name);
  const known = knownGlobalNamed(name);
  const symbol: GlobalSymbol | undefined =
    known === undefined
      ? undefined
      : { kind: "global", name: known.name, module, node: undefined, secret: known.secret, extern: true };
  program.knownGlobals.set(name, symbol);
  return symbol;
}

/** What a call gives: the one output, or a record of several; undefined: nothing. */
export function outputTypeOf(program: ProgramContext, symbol: SequenceSymbol): Type | undefined {
  const outputs = scopeOf(program, symbol).variables.filter((variable) => variable.node.role === "output");
  const [first, second] = outputs;
  if (first === undefined) return undefined;
  if (second === undefined) return variableType(program, first);
  return recordOf(outputs.map((output) => [output.name, variableType(program, output)] as const));
}
