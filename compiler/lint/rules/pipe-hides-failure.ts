// In sh, only the last program of a pipe decides.
import { defineRule } from "../rule.ts";
import { literalText } from "../step-parts.ts";

export const pipeHidesFailure = defineRule({
  code: "SEQ8054",
  name: "pipe-hides-failure",
  severity: "info",
  off: true,
  message: () => "in `sh` a pipe succeeds when its last program does; in `bash` all count",
  why: "A program in front of a pipe may fail without anybody noticing. The step runs `bash` scripts so that a failure anywhere in a pipe counts.",
  wrong: `sequence main {\n  step "Count" sh 'ls /srv | wc -l'\n}\n`,
  right: `sequence main {\n  step "Count" bash 'ls /srv | wc -l'\n}\n`,
  visit: {
    script(node, ctx) {
      if (node.language !== "sh") return;
      const text = literalText(node.source) ?? "";
      if (/(?<![|\\>])\|(?![|])/.test(text.replace(/'[^'\n]*'|"[^"\n]*"|#.*/g, ""))) {
        ctx.report({ start: node.start, end: node.start + node.language.length }, {});
      }
    },
  },
});
