// What a restart does not keep: mounts, and files in memory.
import { walk } from "@sequitur/grammar";
import type { Node, SequenceDeclaration, Span } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { literalText, programName, wordsOf } from "../step-parts.ts";

type Context = LintContext<{ readonly path: string }>;

export const lostAtRestart = defineRule({
  code: "SEQ8026",
  name: "lost-at-restart",
  severity: "warning",
  message: (a: { path: string }) => `"${a.path}" does not outlast the restart before this`,
  why: "Mounts and network drives are gone after a restart, and so is what lies in memory (/run, /dev/shm). Mount again after it, or keep what is needed on a disk.",
  wrong: `sequence main {\n  step "Connect" run "mount files:/export /mnt/files"\n  restart\n  step "Install" run "/mnt/files/install.sh"\n}\n`,
  right: `sequence main {\n  restart\n  step "Connect" run "mount files:/export /mnt/files"\n  step "Install" run "/mnt/files/install.sh"\n}\n`,
  visit: { sequence: check },
});

/** Far more than anybody mounts; keeps the cost linear for texts that nobody wrote. */
const mostKept = 100;

interface Kept {
  readonly path: string;
  readonly place: Span;
  /** A restart came since. */
  lost: boolean;
}

function check(sequence: SequenceDeclaration, ctx: Context): void {
  const text = ctx.module.parsed.text.slice(sequence.start, sequence.end);
  if (!/\brestart\b/.test(text) || !/\bmount\b|\bnet(?:\.exe)? use\b|\/run\/|\/dev\/shm\//.test(text)) return;
  const kept = new Map<string, Kept>();
  walk(sequence, (node) => {
    if (node.kind === "restart") for (const each of kept.values()) each.lost = true;
    const path = volatilePath(node);
    if (path !== undefined && kept.get(path)?.lost !== false) {
      const before = kept.get(path);
      if (before?.lost === true && node.kind === "string") report(ctx, node, before);
      if (kept.size < mostKept) kept.set(path, { path, place: node, lost: false });
    }
    if (node.kind === "string" || node.kind === "run") reportUse(ctx, node, kept);
    return node.kind !== "run";
  });
}

/** The folder that a command mounts something on, or a file in memory. */
function volatilePath(node: Node): string | undefined {
  if (node.kind === "string")
    return /^\/(?:run|dev\/shm)\/./.test(literalText(node) ?? "") ? literalText(node) : undefined;
  if (node.kind !== "run" || node.command.kind !== "string") return undefined;
  const [program = "", first, ...rest] = wordsOf(node.command);
  const name = programName(program);
  if (name === "net" && first === "use") return rest.find((word) => /^[A-Za-z]:$/.test(word));
  const target = name === "mount" ? rest.findLast((word) => word.startsWith("/")) : undefined;
  return target === undefined || target === "/" ? undefined : target;
}

function reportUse(ctx: Context, node: Node, kept: ReadonlyMap<string, Kept>): void {
  const literal = node.kind === "run" ? node.command : node;
  if (literal.kind !== "string" || volatilePath(node) !== undefined) return;
  for (const part of literal.parts) {
    if (part.kind !== "stringText") continue;
    for (const each of kept.values()) {
      const isIn =
        each.lost &&
        (part.value === each.path || part.value.includes(`${each.path}/`) || part.value.includes(`${each.path}\\`));
      if (isIn) return report(ctx, literal, each);
    }
  }
}

function report(ctx: Context, place: Span, { path, place: before }: Kept): void {
  const related = [{ file: ctx.module.path, start: before.start, end: before.end, message: "it was made here" }];
  ctx.report(place, { path }, { related });
}
