// Content and programs over plain http.
import { defineRule } from "../rule.ts";

export const unprotectedDownload = defineRule({
  code: "SEQ8068",
  name: "unprotected-download",
  severity: "info",
  message: (a: { url: string }) => `anybody on the way can change what comes from ${a.url}`,
  why: "Without TLS nobody knows who answers. Most servers speak https too.",
  wrong: `package agent "http://files.example.com/agent"\n\nsequence main {\n  step "Install" run "install.sh" from agent timeout 10m\n}\n`,
  right: `package agent "https://files.example.com/agent"\n\nsequence main {\n  step "Install" run "install.sh" from agent timeout 10m\n}\n`,
  visit: {
    string(node, ctx) {
      for (let index = 0; index < node.parts.length; index++) {
        const part = node.parts[index];
        if (part?.kind !== "stringText" || !part.value.includes("http://")) continue;
        const found = /\bhttp:\/\/(?!localhost\b|127\.|\[::1\])([\w.-]+)/.exec(part.value);
        if (found === null) continue;
        const isPlain = part.end - part.start === part.value.length;
        const start = part.start + found.index;
        const place = isPlain ? { start, end: start + found[0].length } : node;
        ctx.report(place, { url: found[0] });
        return;
      }
    },
  },
});
