// How a stage of the checker says what is wrong: with a declaration of the catalogue, at a place of a module.
import type { Declared, DiagnosticDetails, Span } from "@sequitur/grammar";
import type { Module } from "../model/module.ts";

export type Report = <A>(
  module: Module,
  place: Span,
  declaration: Declared<A>,
  args: NoInfer<A>,
  details?: DiagnosticDetails,
) => void;
