// What checking gives: everything later stages ask about a program. Side tables keyed by node; complete for programs
// with errors too (`error` types and resolutions stand where something was reported).
import type { Assignment, Diagnostic, Expression, IntoClause, TypeNode } from "@sequitur/grammar";
import type { Value } from "@sequitur/runtime/plan";
import type { Module } from "./module.ts";
import type { PathResolutions, Resolutions } from "./resolution.ts";
import type { FnParameterSymbol, GlobalSymbol, LoopVariableSymbol, SequenceSymbol, VariableSymbol } from "./symbol.ts";
import type { Type } from "../types/type.ts";

export interface CheckedProgram {
  /** By path; closed under imports. */
  readonly modules: ReadonlyMap<string, Module>;
  readonly resolutions: Resolutions;
  readonly paths: PathResolutions;
  /** The type of every expression, before it is fitted to its place. A list, record or `if` whose place asks for a type
   *  has that type: its parts are fitted one by one. Where the plan has T? for a variable, a step's field or a fact and
   *  this says T, a condition or the flow has shown that the value is present. */
  readonly types: ReadonlyMap<Expression, Type>;
  /** The type that the place of an expression asks for, where it asks: an operand's, a field's, a parameter's. Lowering
   *  converts from `types` to this (literal text to version, size to extent, text to secret). What has the very type that
   *  is asked for need not be here: most expressions are such. */
  readonly expected: ReadonlyMap<Expression, Type>;
  readonly typeNodes: ReadonlyMap<TypeNode, Type>;
  /** Type of a variable, parameter, output, loop variable. */
  readonly symbolTypes: ReadonlyMap<VariableSymbol | LoopVariableSymbol | FnParameterSymbol, Type>;
  /** What an assignment or `into` sets. */
  readonly targets: ReadonlyMap<Assignment | IntoClause, VariableSymbol | GlobalSymbol>;
  /** By file, what may be known before the run: every expression whose meaning does not rule that out, but what stands
   *  in a disabled step. Names, operators, calls, lists and records; literals say their value themselves. */
  readonly computable: ReadonlyMap<string, readonly Expression[]>;
  /** Values of expressions that are known at compile time: constants, and everything made of them alone. */
  readonly constants: ReadonlyMap<Expression, Value>;
  /** Variables of each sequence in order of declaration, params and secrets first. A param of an optional type needs no
   *  argument; a var of one starts absent; the value of another var is computed where its declaration stands. */
  readonly variables: ReadonlyMap<SequenceSymbol, readonly VariableSymbol[]>;
  readonly diagnostics: readonly Diagnostic[];
}
