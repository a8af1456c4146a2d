// The clauses that name variables for a process: `env` and `foreign`.
import type { EnvClause, ForeignClause } from "@sequitur/grammar";
import { stringType } from "../types/constructors.ts";
import { relate } from "../types/relation.ts";
import type { CheckContext } from "./check-context.ts";
import { checkFieldValue, fieldsByName } from "./records.ts";
import { reportMismatch } from "./mismatch.ts";
import { noteType } from "./note-type.ts";
import { checkPlainText } from "./plain-texts.ts";

/** Texts and secrets alone: other values are written as texts, so that it is plain what the process gets. */
export function checkEnvironment(ctx: CheckContext, clause: EnvClause): void {
  if (clause.variables.kind === "missing") return;
  for (const field of fieldsByName(ctx, clause.variables).values()) {
    const type = checkFieldValue(ctx, field);
    if (type.kind === "secret") continue;
    ctx.program.expected.set(field.value, stringType);
    const mismatch = relate(type, stringType);
    if (mismatch !== undefined) reportMismatch(ctx, field.value, type, stringType, mismatch);
  }
}

/** Settings of another system are written back as they are. */
export function checkForeign(ctx: CheckContext, clause: ForeignClause): void {
  if (clause.settings.kind === "missing") return;
  for (const field of fieldsByName(ctx, clause.settings).values()) {
    if (field.value.kind === "string") {
      noteType(ctx, field.value, stringType);
      checkPlainText(ctx, field.value, "a foreign setting");
    } else ctx.program.checkExpression(ctx, field.value, stringType);
  }
}
