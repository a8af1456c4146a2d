// `on error { fail }`.
import { safeFix, withBlanksBefore } from "../fix.ts";
import { defineRule } from "../rule.ts";

export const handlerThatOnlyFails = defineRule({
  code: "SEQ8061",
  name: "handler-that-only-fails",
  severity: "info",
  message: () => "this `on error` only passes the failure on, which happens without it too",
  why: "A failure leaves its group by itself. A handler is there to do something about it first.",
  wrong: `sequence main {\n  group "Software" {\n    run "tool.exe"\n  } on error {\n    fail\n  }\n}\n`,
  right: `sequence main {\n  group "Software" {\n    run "tool.exe"\n  }\n}\n`,
  visit: {
    group(node, ctx) {
      const [only, second] = node.onError?.statements ?? [];
      if (only?.kind !== "step" || second !== undefined || only.action.kind !== "fail" || node.onError === undefined)
        return;
      if (only.action.message !== undefined || only.clauses.length > 0 || only.title !== undefined) return;
      const place = withBlanksBefore(ctx, { start: node.body.end, end: node.onError.end });
      ctx.report(only.action, {}, { fixes: safeFix(ctx, "Take the handler out", place, "") });
    },
  },
});
