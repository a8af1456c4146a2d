// Codes that are known in hexadecimal, written in decimal.
import { safeFix } from "../fix.ts";
import { defineRule } from "../rule.ts";

export const unreadableCode = defineRule({
  code: "SEQ8034",
  name: "unreadable-code",
  severity: "info",
  message: (a: { hexadecimal: string }) => `this code is known as ${a.hexadecimal}`,
  why: "Codes of Windows from 0x80000000 on are documented in hexadecimal. Nobody recognises them, or finds them, in decimal.",
  wrong: `sequence main {\n  step "Look whether it fits" run "tool.exe /compat" success 0, 3247440400\n}\n`,
  right: `sequence main {\n  step "Look whether it fits" run "tool.exe /compat" success 0, 0xC1900210\n}\n`,
  visit: {
    code(node, ctx) {
      if (node.value.kind !== "number" || node.negative || /^0x/i.test(node.value.text)) return;
      const { value } = node.value;
      if (value < 0x80000000 || value > 0xffffffff) return;
      const hexadecimal = `0x${value.toString(16).toUpperCase()}`;
      ctx.report(node.value, { hexadecimal }, { fixes: safeFix(ctx, `Write ${hexadecimal}`, node.value, hexadecimal) });
    },
  },
});
