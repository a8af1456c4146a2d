// What the checker accepts, lowering and the verifier accept: random expressions over values of every type, in places
// that ask for every type. Each finding is fine, a defect is not.
import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../compile.ts";
import { memoryHost } from "../memory-host.ts";

const head = `type Site = "AMS" | "RTM"
type Pair = { left: string, right: int? }
const numbers = [1, 2]
const least = "10.0"
fn twice(n: int): int = n * 2
fn orNone(s: string?): string = s ?? "none"
sequence child {
  param text: string = "x"
  param amount: int?
  param limit: size = 1GB
  param since: version = "1.0"
  param pair: Pair = { left: "a" }
  param pairs: list<Pair> = []
  param site: Site = "AMS"
  output total: int = 3
  output note: string? = env("NOTE")
}
`;

const leaf = fc.constantFrom(
  ...`"a" "AMS" "10.0" "" 0 3 5s 2GB 50% true false [] {} site pair maybe maybePair text amount limit since numbers least
  device.name device.cpus device.memory os.version device.addresses env("A") file("/a").exists file("/a").version
  registry("k","n").value last.code run.id Shared first.code first.output second.output second.succeeded now() [1] ["a"]`
    .split(/\s+/)
    .filter((each) => each !== ""),
);

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie("expression");
  const operators = "or and == != < >= ~= in like ?? + - * /".split(" ");
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      { weight: 6, arbitrary: leaf },
      fc.tuple(inner, fc.constantFrom(...operators), inner).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      fc.tuple(inner, inner, inner).map(([c, a, b]) => `(if ${c} then ${a} else ${b})`),
      inner.map((a) => `(not ${a})`),
      inner.map((a) => `"x\${${a}}y"`),
      fc.tuple(inner, inner).map(([a, b]) => `[${a}, ${b}]`),
      fc.tuple(inner, inner).map(([a, b]) => `{ left: ${a}, right: ${b} when file("/b").exists }`),
      fc.tuple(inner, inner).map(([a, b]) => `[for i${a.length} in ${a} if i${a.length} == ${b}: i${a.length}]`),
      fc
        .tuple(inner, fc.constantFrom(".left", "?.left", "?.right", ".length", ".seconds", ".bytes"))
        .map(([a, field]) => `${a}${field}`),
      fc.tuple(fc.constantFrom("upper", "twice", "orNone", "lines"), inner).map(([name, a]) => `${name}(${a})`),
      fc.tuple(fc.constantFrom("int", "version"), inner).map(([name, a]) => `${name}(maybe ?? ${a})`),
    ),
  };
});

const places: readonly ((e: string) => string)[] = [
  (e) => `log ${e}`,
  (e) => `log "x" when ${e}`,
  (e) => `run "tool \${${e}}"`,
  (e) => `set text = ${e}`,
  (e) => `set amount = ${e}`,
  (e) => `set since = ${e}`,
  (e) => `set maybePair = ${e}`,
  (e) => `call child { limit: ${e} }`,
  (e) => `call child { pairs: ${e} }`,
  (e) => `call child { site: ${e} }`,
  (e) => `call child { amount: ${e} }`,
  (e) => `for item in ${e} { log item }`,
  (e) => `if ${e} { log "x" } else { log orNone(maybe) }`,
  (e) => `sh 'x' env { A: ${e} } args [${e}]`,
  (e) => `use machine.checkReadiness { memory: ${e}, folder: "/" }`,
  (e) => `use disk.format { disk: 0, style: gpt, partitions: [{ name: "a", size: ${e} }] }`,
];

const variables = `  param site: Site = "AMS"
  param maybe: string?
  param maybePair0: Pair?
  param pair: Pair = { left: "x", right: 3 }
  global var Shared: string
  var maybePair: Pair? = maybePair0
  var text: string = "x"
  var amount: int = 1
  var limit: size = 2GB
  var since: version = "1.2"
  step first run "x"
  step second run "x" when device.cpus > 1
`;

test("an expression without findings compiles to a plan that verifies", () => {
  let accepted = 0;
  fc.assert(
    fc.property(expression, fc.constantFrom(...places), (written, place) => {
      const text = `${head}sequence x {\n${variables}  ${place(written)}\n}\n`;
      const { diagnostics, plan } = compile(memoryHost({ "main.seq": text }), "main.seq", { sequence: "x" });
      if (diagnostics.some((diagnostic) => diagnostic.severity === "error")) return;
      accepted += 1;
      expect(plan, place(written)).toBeDefined();
    }),
    { numRuns: 1500, seed: 3 },
  );
  expect(accepted).toBeGreaterThan(80);
}, 120_000);
