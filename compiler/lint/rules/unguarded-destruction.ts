// Destroying data on whatever machine the sequence runs.
import type { Block, Node, SequenceMember, Statement } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { catalogued, clauseOf } from "../step-parts.ts";

export const unguardedDestruction = defineRule({
  code: "SEQ8009",
  name: "unguarded-destruction",
  severity: "warning",
  off: true,
  message: (a: { action: string }) =>
    `"${a.action}" destroys data, and nothing looks first whether this is the right machine`,
  why: "A sequence is started on a wrong machine sooner or later. A condition on the step or its group, or a step before it that fails there (`fail … when`, `machine.checkReadiness`), keeps its disks.",
  wrong: `image base "./base.wim"\n\nsequence main {\n  step "Apply" use image.apply { image: base, to: "/mnt" }\n}\n`,
  right: `image base "./base.wim"\n\nsequence main {\n  step "Only laptops" fail "this is no laptop" when device.chassis != 10\n  step "Apply" use image.apply { image: base, to: "/mnt" }\n}\n`,
  files: { "base.wim": "image" },
  visit: {
    use(node, ctx) {
      const action = catalogued(ctx.program, node);
      if (action?.declaration.destroys === true && !isGuarded(ctx)) ctx.report(node.action, { action: action.name });
    },
  },
});

/** A condition around it, or a statement before it in one of the blocks around it that may end the run. */
function isGuarded(ctx: LintContext<never>): boolean {
  const { ancestors } = ctx;
  for (let index = ancestors.length - 1; index > 0; index--) {
    const node = ancestors[index];
    if (node === undefined) continue;
    if (node.kind === "if") return true;
    if ((node.kind === "step" || node.kind === "group") && clauseOf(node, "when") !== undefined) return true;
    const inner = ancestors[index + 1];
    if (inner !== undefined && (node.kind === "block" || node.kind === "sequence")) {
      if (statementsBefore(node, inner).some((each) => mayEnd(ctx, each))) return true;
    }
  }
  return false;
}

function statementsBefore(
  around: Block | { readonly members: readonly SequenceMember[] },
  inner: Node,
): readonly Node[] {
  const all: readonly Node[] = "statements" in around ? around.statements : around.members;
  return all.filter((each) => each.start < inner.start);
}

function mayEnd(ctx: LintContext<never>, statement: Node): boolean {
  if (statement.kind === "group") {
    if (clauseOf(statement, "continueOnError") !== undefined || statement.onError !== undefined) return false;
    return statement.body.statements.some((each: Statement) => mayEnd(ctx, each));
  }
  if (statement.kind === "if")
    return statement.body.statements.some((each: Statement) => each.kind === "step" && each.action.kind === "fail");
  if (statement.kind !== "step" || clauseOf(statement, "continueOnError") !== undefined) return false;
  if (statement.action.kind === "fail") return clauseOf(statement, "when") !== undefined;
  return catalogued(ctx.program, statement.action)?.name === "machine.checkReadiness";
}
