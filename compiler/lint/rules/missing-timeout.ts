// Installers that may hang for ever.
import type { RunAction, StringLiteral } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { clauseOf } from "../step-parts.ts";

type Context = LintContext<{ readonly program: string }, { readonly programs: readonly string[] }>;

export const missingTimeout = defineRule({
  code: "SEQ8030",
  name: "missing-timeout",
  severity: "info",
  off: true,
  message: (a: { program: string }) => `"${a.program}" may wait for ever: give it a \`timeout\``,
  why: "Installers wait for locks, servers and people. Nobody looks at the screen of a machine that is being deployed, so a step that hangs is found hours later.",
  wrong: `sequence main {\n  step "Install" run "msiexec.exe /i editor.msi /qn"\n}\n`,
  right: `sequence main {\n  step "Install" run "msiexec.exe /i editor.msi /qn" timeout 30m\n}\n`,
  options: {
    programs: {
      fallback: [
        "msiexec",
        "setup",
        "install",
        "installer",
        "winget",
        "wusa",
        "dism",
        "apt-get",
        "apt",
        "dnf",
        "yum",
        "zypper",
      ],
      description: "programs that install something, without folder and extension",
    },
  },
  visit: {
    run(node: RunAction, ctx) {
      if (node.command.kind === "string") check(node.command, ctx);
    },
    commandline(node, ctx) {
      if (node.command.kind === "string") check(node.command, ctx);
    },
  },
});

function check(command: StringLiteral, ctx: Context): void {
  const name = ctx.programOf(command).replace(/\.(sh|msi)$/, "");
  if (!ctx.options.programs.includes(name)) return;
  const { ancestors } = ctx;
  const step = ancestors.at(-1);
  if (step?.kind !== "step" || clauseOf(step, "timeout") !== undefined) return;
  // A group's deadline ends what is in it too.
  if (ancestors.some((each) => each.kind === "group" && clauseOf(each, "timeout") !== undefined)) return;
  ctx.report(command, { program: name });
}
