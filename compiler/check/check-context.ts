// Where an expression or statement stands: its module, the names it sees, what is certain there. Changed in place while the
// checker walks, and put back by whoever changed it.
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

/** What an expression may be made of. `constant`: what is known before the run. `start`: computed before the first step. */
export type Stage = "run" | "start" | "constant" | "test" | "fleet";

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

export function report<A>(
  ctx: CheckContext,
  place: Span,
  declaration: Declared<A>,
  args: NoInfer<A>,
  details?: DiagnosticDetails,
): void {
  ctx.program.report(ctx.module, place, declaration, args, details);
}

export function locate(ctx: CheckContext, place: Span): Location {
  return { file: ctx.module.path, start: place.start, end: place.end };
}
