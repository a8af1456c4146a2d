// Scripts that would be better off as files.
import { defineRule } from "../rule.ts";
import { literalText } from "../step-parts.ts";

export const longScript = defineRule({
  code: "SEQ8055",
  name: "long-script",
  severity: "info",
  off: true,
  message: (a: { count: number; most: number }) => `this script has ${a.count} lines, and ${a.most} are the most here`,
  why: 'A long script in a sequence has no editor and no test of its own. `file("./x.sh")` takes it from a file beside the sequence.',
  wrong: `sequence main {\n  step "All" sh """\n${"    true\n".repeat(31)}    """\n}\n`,
  right: `sequence main {\n  step "All" sh "true"\n}\n`,
  options: { lines: { fallback: 30, description: "the most lines of a script in a sequence" } },
  visit: {
    script(node, ctx) {
      const text = literalText(node.source);
      const count = text === undefined ? 0 : text.replace(/\n$/, "").split("\n").length;
      const most = ctx.options.lines;
      if (count > most) ctx.report({ start: node.start, end: node.start + node.language.length }, { count, most });
    },
  },
});
