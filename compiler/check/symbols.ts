// Symbols in words, and as candidates for what a misspelt name was meant to be.
import { placeOf } from "../bind/declare-module.ts";
import type { Candidate } from "../diagnostics/suggestion.ts";
import type { DiagnosticDetails } from "@sequitur/grammar";
import type { Symbol } from "../model/symbol.ts";

/** `a package`, `a step`: for the middle of a sentence. */
export function describeSymbol(symbol: Symbol): string {
  switch (symbol.kind) {
    case "const":
      return "a constant";
    case "type":
      return "a type";
    case "fn":
      return "a function";
    case "content":
      return article(symbol.node.contentKind);
    case "account":
      return "an account";
    case "sequence":
    case "externSequence":
      return "a sequence";
    case "fleet":
      return article(symbol.node.fleetKind);
    case "deployment":
      return "a deployment";
    case "namespace":
      return "an imported file";
    case "scriptAction":
      return "an action";
    case "variable":
      return describeRole(symbol.node.role);
    case "global":
      return "a global variable";
    case "loopVariable":
      return "a loop variable";
    case "fnParameter":
      return "a parameter";
    case "label":
      return symbol.node.kind === "group" ? "a group" : "a step";
  }
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}

function describeRole(role: string): string {
  switch (role) {
    case "param":
      return "a parameter";
    case "secret":
      return "a secret parameter";
    case "output":
      return "an output";
    default:
      return "a variable";
  }
}

/** Symbols as candidates for a suggestion. */
export function* symbolCandidates<S extends Symbol>(
  symbols: Iterable<S>,
  accept: (symbol: S) => boolean,
): Iterable<Candidate> {
  for (const symbol of symbols) {
    if (!accept(symbol)) continue;
    const at = placeOf(symbol);
    yield at === undefined ? { name: symbol.name } : { name: symbol.name, at };
  }
}

/** The related place `x is declared here`; empty for what a catalogue declares. */
export function declaredHere(symbol: Symbol): DiagnosticDetails {
  const at = placeOf(symbol);
  return at === undefined ? {} : { related: [{ ...at, message: `${symbol.name} is declared here` }] };
}
