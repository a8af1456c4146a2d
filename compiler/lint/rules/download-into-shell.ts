// `curl … | sh`.
import { defineRule } from "../rule.ts";
import { literalText } from "../step-parts.ts";

export const downloadIntoShell = defineRule({
  code: "SEQ8067",
  name: "download-into-shell",
  severity: "warning",
  message: () => "this runs whatever the server sends",
  why: "What is fetched and run at once was seen by nobody, may change every day, and is cut short by a broken line. A `package` is fetched first, compared with its hash, and the same on every machine.",
  wrong: `sequence main {\n  step "Install" sh 'curl -fsSL https://example.com/install.sh | sh'\n}\n`,
  right: `package agent "./agent"\n\nsequence main {\n  step "Install" sh file("install.sh") from agent\n}\n`,
  files: { "agent/install.sh": "true\n" },
  visit: {
    script(node, ctx) {
      const text = literalText(node.source);
      if (text === undefined) return;
      const piped = /\b(curl|wget)\b[^\n|]*\|\s*(sudo\s+)?(ba|da|z)?sh\b/;
      const invoked =
        /\b(iex|Invoke-Expression)\b[^\n]*\b(iwr|irm|DownloadString|Invoke-WebRequest|Invoke-RestMethod)\b|\b(iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^\n|]*\|\s*(iex|Invoke-Expression)\b/i;
      if (piped.test(text) || invoked.test(text)) ctx.report(node.source, {});
    },
  },
});
