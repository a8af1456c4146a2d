// Where an expression or statement stands: its module, the names it sees, what is certain there. Changed in place while
// the checker walks, and put back by whoever changed it.
import type { Declared, DiagnosticDetails, Location, Span } from "@sequitur/grammar";
import type { SequenceScope } from "../bind/sequence-scope.ts";
import type { FlowState } from "../flow/flow-state.ts";
import type { Module } from "../model/module.ts";
import type { FnSymbol, LocalSymbol } from "../model/symbol.ts";
import { createNarrowings } from "./narrowing.ts";
import type { Narrowings } from "./narrowing.ts";
import type { Type } from "../types/type.ts";
import type { ProgramContext } from "./program-context.ts";

/** Which block the place is in, the innermost counts: decides what `error` is. */
export type HandlerPlace = "none" | "handler" | "finally";

/**
 * What an expression may be made of. `run`: everything · `start`: computed before the first step · `constant`: what is
 * known before the run · `test`: said of a simulated run · `fleet`: asked of machines that may run something.
 */
export type Stage = "run" | "start" | "constant" | "test" | "fleet";

/** The place that is being checked. */
export interface CheckContext {
  readonly program: ProgramContext;
  readonly module: Module;
  readonly names: Map<string, LocalSymbol>;
  readonly folded: Map<string, LocalSymbol>;
  /** The sequence around, its scope and what is certain; undefined at the top of a file. */
  readonly sequence?: SequenceScope;
  readonly flow?: FlowState;
  /** The function whose body this is. */
  readonly fn?: FnSymbol;
  place: HandlerPlace;
  stage: Stage;
  /** What is computed, for the message of something that is not known yet. */
  purpose: string;
  readonly narrowings: Narrowings;
  /** Inside the value of `log`, where any value has a text. */
  inLog: boolean;
  /** What a value is compared with: a bare word that is one of its texts lacks its quotes. */
  comparedWith: Type | undefined;
}

/** A context at the top of a module, or in the sequence or function that is given. */
export function createContext(
  program: ProgramContext,
  module: Module,
  within: { readonly sequence?: SequenceScope; readonly flow?: FlowState; readonly fn?: FnSymbol } = {},
): CheckContext {
  return {
    program,
    module,
    names: within.sequence?.names ?? new Map(),
    folded: within.sequence?.folded ?? new Map(),
    ...within,
    place: "none",
    stage: "run",
    purpose: "this",
    narrowings: createNarrowings(),
    inLog: false,
    comparedWith: undefined,
  };
}

/** Reports at a place of the context's module. */
export function report<A>(
  ctx: CheckContext,
  place: Span,
  declaration: Declared<A>,
  args: NoInfer<A>,
  details?: DiagnosticDetails,
): void {
  ctx.program.report(ctx.module, place, declaration, args, details);
}

/** The place as diagnostics carry it. */
export function locate(ctx: CheckContext, place: Span): Location {
  return { file: ctx.module.path, start: place.start, end: place.end };
}
