// Blocks in which nothing stands.
import type { Block, Span } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";

type Context = LintContext<{ readonly what: string }>;

export const emptyBlock = defineRule({
  code: "SEQ8047",
  name: "empty-block",
  severity: "info",
  absence: true,
  message: (a: { what: string }) => `${a.what} is empty`,
  why: "An empty block does nothing, or hides something: an empty `on error` swallows every failure of its group.",
  wrong: `sequence main {\n  group "Software" {\n    run "tool.exe"\n  } on error {\n  }\n}\n`,
  right: `sequence main {\n  group "Software" {\n    run "tool.exe"\n  } on error {\n    log "\${error.name} failed"\n  }\n}\n`,
  visit: {
    group(node, ctx) {
      check(ctx, node.body, "this group", node.title ?? { start: node.start, end: node.start + "group".length });
      if (node.onError !== undefined) check(ctx, node.onError, "`on error`");
      if (node.finally !== undefined) check(ctx, node.finally, "`finally`");
    },
    if(node, ctx) {
      check(ctx, node.body, "this `if`", node.condition);
      if (node.otherwise?.kind === "block") check(ctx, node.otherwise, "this `else`");
    },
    for: (node, ctx) => check(ctx, node.body, "this `for`", node.variable),
  },
});

function check(ctx: Context, block: Block, what: string, place: Span = block): void {
  if (block.statements.length === 0) ctx.report(place, { what });
}
