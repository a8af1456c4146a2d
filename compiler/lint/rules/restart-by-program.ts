// A restart or shutdown that the run knows nothing of.
import type { Span } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { literalText, programName } from "../step-parts.ts";

/** What may take a machine down, by some of its arguments. */
const programs = ["reboot", "poweroff", "halt", "shutdown", "systemctl", "restart-computer", "stop-computer"];

type Context = LintContext<{ readonly program: string }>;

export const restartByProgram = defineRule({
  code: "SEQ8007",
  name: "restart-by-program",
  severity: "warning",
  message: (a: { program: string }) =>
    `"${a.program}" takes the machine down behind the back of the run: write \`restart\``,
  why: "A restart that the run does not know of looks like a crash in the middle of this step, so the run stops there when the machine is back. `restart` notes where to go on first.",
  wrong: `sequence main {\n  step "Restart" run "shutdown -r now"\n}\n`,
  right: `sequence main {\n  restart message "The new kernel is started."\n}\n`,
  programs,
  visit: {
    run(node, ctx) {
      if (node.command.kind === "string") checkWords(ctx, node.command, ctx.wordsOf(node.command));
    },
    script(node, ctx) {
      const text = literalText(node.source);
      if (text === undefined) return;
      for (const line of text.split(/\n|;|&&/)) {
        if (checkWords(ctx, node.source, line.trim().split(/\s+/))) return;
      }
    },
  },
});

function checkWords(ctx: Context, place: Span, words: readonly string[]): boolean {
  const [first = "", ...rest] = words;
  const name = programName(first);
  const goesDown =
    name === "reboot" ||
    name === "poweroff" ||
    name === "halt" ||
    (name === "shutdown" && !rest.includes("-c") && !/^\/a$/i.test(rest[0] ?? "")) ||
    (name === "systemctl" && /^(reboot|poweroff|halt|kexec)$/.test(rest[0] ?? "")) ||
    name === "restart-computer" ||
    name === "stop-computer";
  if (goesDown) ctx.report(place, { program: name === "systemctl" ? `${name} ${rest[0] ?? ""}` : name });
  return goesDown;
}
