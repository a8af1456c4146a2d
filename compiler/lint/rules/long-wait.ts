// Waiting for a fixed time, and for long.
import { defineRule } from "../rule.ts";
import { unwrapped } from "../step-parts.ts";

export const longWait = defineRule({
  code: "SEQ8031",
  name: "long-wait",
  severity: "info",
  message: (a: { text: string; minutes: number }) => `${a.text} is a long wait (more than ${a.minutes}m)`,
  why: "A fixed wait is too long on most machines and too short on some. `wait until` with a condition and a `timeout` ends as soon as it can.",
  wrong: `sequence main {\n  step "Let the service start" wait 20m\n}\n`,
  right: `sequence main {\n  step "Let the service start" wait until file("/run/service.ready").exists timeout 20m\n}\n`,
  options: { minutes: { fallback: 10, description: "the longest wait that is no finding, in minutes" } },
  visit: {
    wait(node, ctx) {
      const duration = unwrapped(node.duration);
      if (duration.kind !== "number" || duration.unit !== "duration") return;
      const { minutes } = ctx.options;
      if (duration.value > minutes * 60_000) ctx.report(duration, { text: duration.text, minutes });
    },
  },
});
