// Switched off, and nobody knows why.
import { defineRule } from "../rule.ts";

export const disabledWithoutReason = defineRule({
  code: "SEQ8041",
  name: "disabled-without-reason",
  severity: "info",
  message: () => "nothing says why this is disabled",
  why: 'What is switched off for a day stays for years when nobody remembers what it waited for. Write `disabled "why"`.',
  wrong: `sequence main {\n  step "Turn on encryption" run "encrypt.exe" disabled\n}\n`,
  right: `sequence main {\n  step "Turn on encryption" run "encrypt.exe" disabled "until the keys are kept centrally"\n}\n`,
  visit: {
    disabled(node, ctx) {
      if (node.reason === undefined) ctx.report(node, {});
    },
  },
});
