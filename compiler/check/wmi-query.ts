// The query of `wmi`: a text that stands in the source, in which each value gets quotes and escapes of its own when the plan
// is made. So no value can become a part of the query, and a value between quotes that the author wrote is a mistake.
import type { Expression, Interpolation, StringLiteral } from "@sequitur/grammar";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";

/** Reports a query that is put together elsewhere, and values between quotes. Call it once the query has been checked. */
export function checkQuery(ctx: CheckContext, query: Expression): void {
  if (query.kind === "parenthesized") return checkQuery(ctx, query.expression);
  if (query.kind === "string") return checkQuotes(ctx, query);
  if (query.kind === "missing" || ctx.program.types.get(query)?.kind === "error") return;
  if (ctx.program.resolutions.get(query)?.kind === "constant") return;
  const needed = "a query in quotes, or the name of a constant,";
  report(ctx, query, typeDiagnostics.SEQ3204, { function: "`wmi`", needed });
}

function checkQuotes(ctx: CheckContext, query: StringLiteral): void {
  let quote = "";
  for (const part of query.parts) {
    if (part.kind === "stringText") quote = quoteAfter(part.value, quote);
    else if (quote !== "") reportQuoted(ctx, part, quote);
  }
}

/** The quote that is open after a piece of the query; "" for none. In WQL a backslash escapes. */
function quoteAfter(text: string, open: string): string {
  let quote = open;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? "";
    if (quote === "") {
      if (character === "'" || character === '"') quote = character;
    } else if (character === "\\") index += 1;
    else if (character === quote) quote = "";
  }
  return quote;
}

function reportQuoted(ctx: CheckContext, value: Interpolation, quote: string): void {
  const { text } = ctx.module.parsed;
  const alone = text[value.start - 1] === quote && text[value.end] === quote;
  const remove = (start: number) => ({ ...locate(ctx, { start, end: start + 1 }), text: "" });
  const fixes = alone
    ? [{ title: "Remove the quotes", safe: true, edits: [remove(value.start - 1), remove(value.end)] }]
    : [];
  report(ctx, value, typeDiagnostics.SEQ3205, { quote }, { fixes });
}
