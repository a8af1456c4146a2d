// A step after which nothing can work.
import type { Span } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { catalogued, literalText, programName } from "../step-parts.ts";

type Context = LintContext<{ readonly path: string }>;

export const removalOfTheSystem = defineRule({
  code: "SEQ8027",
  name: "removal-of-the-system",
  severity: "warning",
  message: (a: { path: string }) => `this removes "${a.path}", and the system that the sequence runs on with it`,
  why: "Without these folders no later step, no log and no next start works. What was meant is a folder below, or one on the disk that is being prepared.",
  wrong: `sequence main {\n  step "Clean" run "rm --recursive --force /usr"\n}\n`,
  right: `sequence main {\n  step "Clean" run "rm --recursive --force /usr/local/old"\n}\n`,
  programs: ["rm", "rmdir"],
  visit: {
    use(node, ctx) {
      const action = catalogued(ctx.program, node);
      if (action?.name !== "folder.remove") return;
      const field = node.arguments?.fields.find(({ key }) => key.kind === "name" && key.text === "path");
      if (field !== undefined) check(ctx, field.value, [literalText(field.value) ?? ""]);
    },
    run(node, ctx) {
      if (node.command.kind === "string") check(ctx, node.command, ctx.wordsOf(node.command).slice(1));
    },
    script(node, ctx) {
      for (const line of (literalText(node.source) ?? "").split(/\n|;|&&/)) {
        const [program = "", ...words] = line.trim().split(/\s+/);
        const name = programName(program);
        if (name !== "rm" && name !== "rmdir" && name !== "remove-item") continue;
        if (
          check(
            ctx,
            node.source,
            words.map((word) => word.replace(/^["']|["']$/g, "")),
          )
        )
          return;
      }
    },
  },
});

const system = /^\/(?:(?:usr|etc|bin|sbin|lib|lib64|boot|var|dev|proc|sys|root)\/?)?\*?$/;
const windows = /^(?:[Cc]:|%SystemDrive%)[\\/]?(?:Windows(?:[\\/]System32)?)?[\\/]?\*?$/i;

function check(ctx: Context, place: Span, words: readonly string[]): boolean {
  const path = words.find((word) => system.test(word) || windows.test(word));
  if (path !== undefined) ctx.report(place, { path });
  return path !== undefined;
}
