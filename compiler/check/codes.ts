// Exit codes of `success` and `reboots`: literals or constants, in the range that programs have, in one list only.
import type { Code, Path, RebootsClause, SuccessClause } from "@sequitur/grammar";
import { clauseDiagnostics } from "../diagnostics/clauses.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import type { ConstSymbol, Symbol } from "../model/symbol.ts";
import { intType, widened } from "../types/constructors.ts";
import { explainMismatch } from "../types/explain-mismatch.ts";
import { report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import type { Clauses } from "./clauses.ts";
import { constantType } from "./definitions.ts";
import { resolvePathTo } from "./paths.ts";
import { constantValue } from "./program-context.ts";

const least = -(2 ** 31);
const most = 2 ** 32 - 1;

/** Checks each code of a list. */
export function checkCodes(ctx: CheckContext, clause: SuccessClause | RebootsClause): void {
  for (const code of clause.codes) {
    if (code.kind === "missing") continue;
    if (code.value.kind === "path") checkNamedCode(ctx, code.value);
    else if (code.value.unit !== "int" && code.value.unit !== "error") {
      const { unit } = code.value;
      const from = { kind: unit } as const;
      const explanation = explainMismatch(from, intType, { kind: "different", from, to: intType });
      report(ctx, code, typeDiagnostics.SEQ3001, { explanation });
    }
    const value = codeValue(ctx, code);
    if (value === undefined || (value >= least && value <= most)) continue;
    report(ctx, code, typeDiagnostics.SEQ3015, { what: "an exit code", range: `between ${least} and ${most}` });
  }
}

function checkNamedCode(ctx: CheckContext, path: Path): void {
  const symbol = resolvePathTo(ctx, path, {
    accepts: (found: Symbol): found is ConstSymbol => found.kind === "const",
    needed: "a constant",
    unknown: nameDiagnostics.SEQ2101,
    resolution: (found) => ({ kind: "constant", symbol: found }),
  });
  if (symbol === undefined) return;
  const type = constantType(ctx.program, symbol);
  const base = widened(type);
  if (base.kind === "int" || base.kind === "error") return;
  const explanation = explainMismatch(type, intType, { kind: "different", from: type, to: intType });
  report(ctx, path, typeDiagnostics.SEQ3001, { explanation });
}

/** The number; undefined where it is not known, which was reported. */
function codeValue(ctx: CheckContext, code: Code): number | undefined {
  const sign = code.negative ? -1 : 1;
  if (code.value.kind === "number") return code.value.unit === "int" ? sign * code.value.value : undefined;
  const resolution = ctx.program.paths.get(code.value);
  if (resolution?.kind !== "constant") return undefined;
  const value = constantValue(ctx.program, resolution.symbol.module, resolution.symbol.node.value);
  return typeof value === "number" ? sign * value : undefined;
}

/** Codes that mean success and a restart at once. */
export function reportSharedCodes(ctx: CheckContext, clauses: Clauses): void {
  const success = clauses.get("success");
  const reboots = clauses.get("reboots");
  if (success?.kind !== "success" || reboots?.kind !== "reboots") return;
  const known = new Set<number>();
  for (const code of success.codes) {
    const value = code.kind === "missing" ? undefined : codeValue(ctx, code);
    if (value !== undefined) known.add(unsigned(value));
  }
  for (const code of reboots.codes) {
    const value = code.kind === "missing" ? undefined : codeValue(ctx, code);
    if (value !== undefined && known.has(unsigned(value)))
      report(ctx, code, clauseDiagnostics.SEQ5004, { code: value });
  }
}

/** −1 and 0xFFFFFFFF are one code. */
function unsigned(code: number): number {
  return code < 0 ? code + 2 ** 32 : code;
}
