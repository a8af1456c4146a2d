// Long groups without a title.
import { defineRule } from "../rule.ts";

export const unnamedGroup = defineRule({
  code: "SEQ8025",
  name: "unnamed-group",
  severity: "info",
  message: (a: { count: number }) => `this group of ${a.count} steps has no title`,
  why: "Reports show a run as groups with their steps. A title says what the steps are for together.",
  wrong: `sequence main {\n  group {\n    run "a"\n    run "b"\n    run "c"\n    run "d"\n    run "e"\n  }\n}\n`,
  right: `sequence main {\n  group "Install the tools" {\n    run "a"\n    run "b"\n    run "c"\n    run "d"\n    run "e"\n  }\n}\n`,
  options: { statements: { fallback: 4, description: "the most statements that a group may have without a title" } },
  visit: {
    group(node, ctx) {
      const count = node.body.statements.length;
      if (node.title !== undefined || count <= ctx.options.statements) return;
      ctx.report({ start: node.start, end: node.start + "group".length }, { count });
    },
  },
});
