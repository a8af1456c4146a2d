// A test that names a step by a title that several steps have.
import { walk } from "@sequitur/grammar";
import type { SequenceDeclaration, Span } from "@sequitur/grammar";
import { defineRule } from "../rule.ts";
import { literalText } from "../step-parts.ts";

export const ambiguousStep = defineRule({
  code: "SEQ8023",
  name: "ambiguous-step",
  severity: "warning",
  message: (a: { title: string; count: number }) =>
    `${a.count} steps are called "${a.title}", and this names all of them`,
  why: "What is said about a step by its title counts for every step of that title. An identifier in front of the title names one.",
  wrong: `sequence main {\n  step "Install" run "a.exe"\n  step "Install" run "b.exe"\n}\n\ntest "it fails" of main {\n  when step "Install" { code: 1 }\n  expect not run.succeeded\n}\n`,
  right: `sequence main {\n  step first "Install" run "a.exe"\n  step "Install" run "b.exe"\n}\n\ntest "it fails" of main {\n  when first { code: 1 }\n  expect not run.succeeded\n}\n`,
  visit: {
    testWhen(node, ctx) {
      const title = node.subjectKind === "step" ? literalText(node.subject) : undefined;
      const test = ctx.ancestors.at(-1);
      if (title === undefined || test?.kind !== "test" || test.sequence.kind === "missing") return;
      const resolution = ctx.program.paths.get(test.sequence);
      if (resolution?.kind !== "sequence" || resolution.symbol.kind !== "sequence") return;
      const { symbol } = resolution;
      const places = titled(symbol.node, title);
      if (places.length < 2) return;
      const related = places.map(({ start, end }) => ({
        file: symbol.module.path,
        start,
        end,
        message: "one of them",
      }));
      ctx.report(node.subject, { title, count: places.length }, { related });
    },
  },
});

function titled(sequence: SequenceDeclaration, title: string): readonly Span[] {
  const places: Span[] = [];
  walk(sequence, (node) => {
    if (node.kind === "step" && node.title !== undefined && literalText(node.title) === title) places.push(node.title);
    return (
      node.kind === "sequence" ||
      node.kind === "block" ||
      node.kind === "group" ||
      node.kind === "if" ||
      node.kind === "for"
    );
  });
  return places;
}
