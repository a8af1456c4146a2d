// Groups that nobody can read at a glance.
import { defineRule } from "../rule.ts";
import { stepName } from "../step-parts.ts";

export const groupTooLarge = defineRule({
  code: "SEQ8039",
  name: "group-too-large",
  severity: "info",
  off: true,
  message: (a: { group: string; count: number; most: number }) =>
    `the group ${a.group} has ${a.count} statements, and ${a.most} are the most here`,
  why: "A group that is too long has several purposes: several groups with titles, or child sequences, say which.",
  wrong: `sequence main {\n  group "All" {\n${'    log "x"\n'.repeat(31)}  }\n}\n`,
  right: `sequence main {\n  group "Some" {\n    log "x"\n  }\n}\n`,
  options: { statements: { fallback: 30, description: "the most statements of one group" } },
  visit: {
    group(node, ctx) {
      const count = node.body.statements.length;
      const most = ctx.options.statements;
      if (count > most) ctx.report(node.title ?? node, { group: stepName(node), count, most });
    },
  },
});
