// Variables of a sequence that nothing reads.
import type { SequenceDeclaration, VariableDeclaration } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";

export const unusedVariable = defineRule({
  code: "SEQ8011",
  name: "unused-variable",
  severity: "warning",
  absence: true,
  message: (a: { name: string; assigned: boolean }) =>
    a.assigned ? `"${a.name}" is set and never read` : `"${a.name}" is never used`,
  why: "A variable that nothing reads was forgotten, or something else is read in its place by mistake.",
  wrong: `sequence main {\n  var count: int = 0\n  step "Count" run "count.exe" into count\n}\n`,
  right: `sequence main {\n  var count: int = 0\n  step "Count" run "count.exe" into count\n  log "\${count}"\n}\n`,
  atEnd(ctx) {
    forVariables(ctx, ["var"], (sequence, { text }) => {
      const { read, assigned } = ctx.uses.of(ctx.module, sequence);
      return read.has(text) ? undefined : { name: text, assigned: assigned.has(text) };
    });
  },
});

/** Reports the variables of these roles for which `finding` gives arguments. */
export function forVariables<A>(
  ctx: LintContext<A>,
  roles: readonly VariableDeclaration["role"][],
  finding: (
    sequence: SequenceDeclaration,
    name: { readonly text: string },
    variable: VariableDeclaration,
  ) => A | undefined,
): void {
  for (const sequence of ctx.module.parsed.tree.declarations) {
    if (sequence.kind !== "sequence") continue;
    for (const member of sequence.members) {
      if (member.kind !== "variable" || member.name.kind === "missing" || !roles.includes(member.role)) continue;
      const args = finding(sequence, member.name, member);
      if (args !== undefined) ctx.report(member.name, args);
    }
  }
}
