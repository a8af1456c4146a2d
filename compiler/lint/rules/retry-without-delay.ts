// Retrying at once.
import { unsafeFix } from "../fix.ts";
import { defineRule } from "../rule.ts";

const inside: ReadonlySet<string> = new Set(["log", "set", "fail", "wait", "waitUntil", "restart", "missing"]);

export const retryWithoutDelay = defineRule({
  code: "SEQ8003",
  name: "retry-without-delay",
  severity: "warning",
  message: () => "this tries again at once, so all tries may meet the same trouble",
  why: "Retries help where something gets better by itself: a server that starts, a file that is in use. That takes a while: say `every 30s`.",
  wrong: `sequence main {\n  step "Turn it on" run "enable.exe" retry 3\n}\n`,
  right: `sequence main {\n  step "Turn it on" run "enable.exe" retry 3 every 30s\n}\n`,
  visit: {
    retry(node, ctx) {
      const step = ctx.ancestors.at(-1);
      // Actions that do nothing outside take no retry, which the language says.
      if (node.every !== undefined || step?.kind !== "step" || inside.has(step.action.kind)) return;
      const end = { start: node.end, end: node.end };
      ctx.report(node, {}, { fixes: unsafeFix(ctx, "Add every 30s", end, " every 30s") });
    },
  },
});
