// The one table of globals: all sequences of a program must declare a name alike, since it is one variable for all of
// them.
import { placeOf } from "../bind/declare-module.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import type { GlobalSymbol } from "../model/symbol.ts";
import type { ProgramContext } from "./program-context.ts";

/** Reports globals that another sequence declares with other letters, or as a secret where this one does not. */
export function reportGlobalClashes(program: ProgramContext): void {
  const known = new Map<string, GlobalSymbol>();
  for (const scope of program.scopes.values()) {
    for (const symbol of scope.symbols.values()) {
      if (symbol.kind !== "global") continue;
      const key = symbol.name.toLowerCase();
      const first = known.get(key);
      if (first === undefined) known.set(key, symbol);
      else reportClash(program, first, symbol);
    }
  }
}

function reportClash(program: ProgramContext, first: GlobalSymbol, symbol: GlobalSymbol): void {
  const { nameNode, module, name } = symbol;
  const how = differenceTo(first, symbol);
  if (nameNode === undefined || how === undefined) return;
  const place = placeOf(first);
  const related = place === undefined ? [] : [{ ...place, message: `${first.name} is declared here` }];
  program.report(module, nameNode, nameDiagnostics.SEQ2208, { name, how }, { related });
}

function differenceTo(first: GlobalSymbol, symbol: GlobalSymbol): string | undefined {
  if (first.secret !== symbol.secret) return first.secret ? "as a secret" : "as no secret";
  return first.name === symbol.name ? undefined : `as "${first.name}"`;
}
