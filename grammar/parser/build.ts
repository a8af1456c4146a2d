// Builds the nodes that need more than their fields: numbers with their diagnostics.
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import type { ReportAt } from "../lexer/lexer.ts";
import type { NumberLiteral } from "../syntax/tree.ts";
import { numberValue } from "./number-literal.ts";

/** The node of a number token; what is wrong with it is reported. */
export function numberLiteral(text: string, start: number, end: number, report: ReportAt): NumberLiteral {
  const written = text.slice(start, end);
  const { unit, value, problem, meant } = numberValue(written);
  if (problem === "tooLarge") report(syntaxDiagnostics.SEQ1012, start, end, { text: written.slice(0, 40) });
  if (problem === "malformed") {
    const fix =
      meant === undefined
        ? undefined
        : { title: `Write ${meant}`, text: meant, safe: false, hint: `did you mean ${meant}?` };
    report(syntaxDiagnostics.SEQ1011, start, end, { text: written.slice(0, 40) }, fix);
  }
  return { kind: "number", start, end, unit, value, text: written };
}
