// Two steps of one block with one title.
import type { Block, SequenceDeclaration, SequenceMember, Span } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { literalText } from "../step-parts.ts";

type Context = LintContext<{ readonly title: string }>;

export const duplicateStepTitle = defineRule({
  code: "SEQ8022",
  name: "duplicate-step-title",
  severity: "info",
  off: true,
  message: (a: { title: string }) => `another step beside this one is called "${a.title}" too`,
  why: "Reports and logs name steps by their titles. Two that stand beside each other under one title can't be told apart there.",
  wrong: `sequence main {\n  step "Install" run "a.exe"\n  step "Install" run "b.exe"\n}\n`,
  right: `sequence main {\n  step "Install A" run "a.exe"\n  step "Install B" run "b.exe"\n}\n`,
  visit: {
    block: (node: Block, ctx) => check(node.statements, ctx),
    sequence: (node: SequenceDeclaration, ctx) => check(node.members, ctx),
  },
});

function check(members: readonly SequenceMember[], ctx: Context): void {
  const known = new Map<string, Span>();
  for (const member of members) {
    if (member.kind !== "step" && member.kind !== "group") continue;
    const title = literalText(member.title);
    if (title === undefined || member.title === undefined) continue;
    const first = known.get(title);
    if (first === undefined) known.set(title, member.title);
    else {
      const related = [{ file: ctx.module.path, start: first.start, end: first.end, message: "the other one" }];
      ctx.report(member.title, { title }, { related });
    }
  }
}
