// Variables of Configuration Manager and MDT that a sequence uses without declaring them: spelling, and whether it may set them.
import { didYouMean } from "@sequitur/grammar";
import type { Span } from "@sequitur/grammar";
import { foreignGlobal, foreignGlobals } from "../catalogue/foreign-globals.ts";
import { actionDiagnostics } from "../diagnostics/actions.ts";
import { changeTo } from "../diagnostics/suggestion.ts";
import type { GlobalSymbol } from "../model/symbol.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";

/** Where a global is named. One that the program declares is spelt as its declaration says. */
export function checkForeignGlobal(ctx: CheckContext, place: Span, symbol: GlobalSymbol): void {
  if (symbol.node !== undefined) return;
  const written = ctx.module.parsed.text.slice(place.start, place.end);
  const known = foreignGlobal(symbol.name);
  if (known !== undefined) {
    if (known.name === written) return;
    const details = changeTo(locate(ctx, place), known.name, true);
    report(ctx, place, actionDiagnostics.SEQ5206, { name: known.name, written }, details);
    return;
  }
  const meant = didYouMean(
    written,
    foreignGlobals().map(({ name }) => name),
  );
  if (meant === undefined) return;
  const details = { hint: `did you mean "${meant}"?`, ...changeTo(locate(ctx, place), meant, false) };
  report(ctx, place, actionDiagnostics.SEQ5207, { name: written }, details);
}

/** Where a global is assigned. */
export function checkForeignTarget(ctx: CheckContext, place: Span, symbol: GlobalSymbol): void {
  const known = foreignGlobal(symbol.name);
  if (known?.readOnly === true) report(ctx, place, actionDiagnostics.SEQ5205, { name: known.name });
  else checkForeignGlobal(ctx, place, symbol);
}
