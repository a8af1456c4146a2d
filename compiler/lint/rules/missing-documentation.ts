// Sequences and parameters that others use without a word about them.
import { defineRule } from "../rule.ts";

export const missingDocumentation = defineRule({
  code: "SEQ8037",
  name: "missing-documentation",
  severity: "info",
  off: true,
  message: (a: { what: string; name: string }) => `the ${a.what} "${a.name}" has no description`,
  why: "Lines with /// above it are shown wherever it is offered: in editors, documents and consoles.",
  wrong: `sequence main {\n  log "hello"\n}\n`,
  right: `/// Says hello.\nsequence main {\n  log "hello"\n}\n`,
  options: { parameters: { fallback: false, description: "parameters need a description too" } },
  visit: {
    sequence(node, ctx) {
      const { name, doc } = node;
      if (name.kind === "missing" || name.text.startsWith("_")) return;
      if (doc === undefined) ctx.report(name, { what: "sequence", name: name.text });
    },
    variable(node, ctx) {
      if (!ctx.options.parameters || (node.role !== "param" && node.role !== "secret")) return;
      if (node.doc === undefined && node.name.kind === "name") {
        ctx.report(node.name, { what: "parameter", name: node.name.text });
      }
    },
  },
});
