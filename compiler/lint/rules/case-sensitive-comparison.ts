// `==` on texts whose case nobody can know.
import type { Expression } from "@sequitur/grammar";
import { unsafeFix } from "../fix.ts";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { literalText, unwrapped } from "../step-parts.ts";

/** Facts whose texts come from makers of machines and systems. */
const freeTexts = new Set(["device.name", "device.manufacturer", "device.model", "device.serial", "os.name"]);

export const caseSensitiveComparison = defineRule({
  code: "SEQ8044",
  name: "case-sensitive-comparison",
  severity: "warning",
  message: (a: { fact: string }) => `upper and lower case count here, and ${a.fact} may have either: write \`~=\``,
  why: "Makers write the same text in several ways (`LENOVO`, `Lenovo`). `==` compares letter by letter; `~=` ignores case, as the systems themselves do.",
  wrong: `sequence main {\n  step "Firmware" run "update.exe" when device.manufacturer == "Lenovo"\n}\n`,
  right: `sequence main {\n  step "Firmware" run "update.exe" when device.manufacturer ~= "Lenovo"\n}\n`,
  operators: ["==", "!="],
  visit: {
    binary(node, ctx) {
      const { operator } = node;
      const left = unwrapped(node.left);
      const right = unwrapped(node.right);
      const isLeft = left.kind === "string";
      const literal = isLeft ? left : right;
      if (literal.kind !== "string") return;
      const fact = factOf(ctx, isLeft ? right : left);
      if (fact === undefined || !letter.test(literalText(literal) ?? "")) return;
      const fixes = operator === "==" ? unsafeFix(ctx, "Write ~=", node.operatorSpan, "~=") : [];
      ctx.report(node, { fact }, { fixes });
    },
  },
});

const letter = /\p{Letter}/u;

function factOf(ctx: LintContext<never>, expression: Expression): string | undefined {
  const inner = expression.kind === "binary" && expression.operator === "??" ? unwrapped(expression.left) : expression;
  const resolution = ctx.program.resolutions.get(inner);
  return resolution?.kind === "fact" && freeTexts.has(resolution.fact) ? resolution.fact : undefined;
}
