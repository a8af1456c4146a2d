// What the checker accepts, the verifier accepts: random sequences of assignments, reads, failures, handlers and loops.
// The two decide independently what is certain at a place (definite-assignment.ts here, V5 and V6 there).
import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../compile.ts";
import { memoryHost } from "../memory-host.ts";

type Piece = (fresh: () => string) => string;

const variable = fc.constantFrom("a", "b", "c");
const guard = fc.constantFrom("", "", "", ' when device.name == "x"', " continue on error", " disabled");
const bareGuard = fc.constantFrom("", "", ' when device.name == "x"');

const { statements } = fc.letrec<{ statement: Piece; statements: Piece }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.tuple(variable, bareGuard).map(
      ([name, when]): Piece =>
        () =>
          `set ${name} = 1${when}`,
    ),
    variable.map(
      (name): Piece =>
        () =>
          `log "\${${name}}"`,
    ),
    guard.map(
      (clause): Piece =>
        (fresh) =>
          `step ${fresh()} run "tool"${clause}`,
    ),
    fc.tuple(variable, guard).map(
      ([name, clause]): Piece =>
        () =>
          `run "tool" into ${name}${clause}`,
    ),
    fc.nat(3).map((back): Piece => (fresh) => {
      const label = Number(fresh().slice(1)) - 1 - back;
      return label < 0 ? 'log "none"' : `log "x" when (s${label}.code ?? 0) == 1`;
    }),
    bareGuard.map(
      (when): Piece =>
        () =>
          `fail "no"${when}`,
    ),
    fc
      .tuple(tie("statements"), fc.option(tie("statements")), fc.option(tie("statements")), guard)
      .map(([body, handler, last, clause]): Piece => (fresh) => {
        const onError = handler === null ? "" : ` on error { ${handler(fresh)} }`;
        const atLast = last === null ? "" : ` finally { ${last(fresh)} }`;
        return `group${clause} { ${body(fresh)} }${onError}${atLast}`;
      }),
    fc.tuple(tie("statements"), fc.option(tie("statements"))).map(([body, other]): Piece => (fresh) => {
      const otherwise = other === null ? "" : ` else { ${other(fresh)} }`;
      return `if device.cpus > 1 { ${body(fresh)} }${otherwise}`;
    }),
    tie("statements").map(
      (body): Piece =>
        (fresh) =>
          `for ${fresh().replace("s", "i")} in [1, 2] { ${body(fresh)} }`,
    ),
  ),
  statements: fc.array(tie("statement"), { minLength: 1, maxLength: 4 }).map(
    (all): Piece =>
      (fresh) =>
        all.map((piece) => piece(fresh)).join("\n"),
  ),
}));

test("a sequence without findings compiles to a plan that verifies", () => {
  let accepted = 0;
  fc.assert(
    fc.property(statements, (piece) => {
      let count = 0;
      const body = piece(() => `s${count++}`);
      const text = `sequence x {\n  var a: int\n  var b: int\n  var c: int\n${body}\n}\n`;
      const { diagnostics, plan } = compile(memoryHost({ "main.seq": text }), "main.seq");
      const syntax = diagnostics.filter((diagnostic) => diagnostic.code.startsWith("SEQ1"));
      expect(syntax, text).toEqual([]);
      if (diagnostics.some((diagnostic) => diagnostic.severity === "error")) return;
      accepted += 1;
      expect(plan, text).toBeDefined();
    }),
    { numRuns: 500, seed: 17 },
  );
  expect(accepted).toBeGreaterThan(50);
}, 120_000);
