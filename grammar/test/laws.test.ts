// Laws that hold for any text: tokens join to the source, nothing throws, places are right.
import { describe, expect, test } from "vitest";
import { childrenOf, equalTrees, nodeAt, parse, walk, type Node } from "../index.ts";
import { sample } from "./sample.ts";
import { problems } from "./syntax-check.ts";

const joined = (text: string): string =>
  parse(text, "law.seq")
    .tokens()
    .map((token) => text.slice(token.start, token.end))
    .join("");

test("the sample of the whole language has no mistake", () => {
  expect(problems(sample)).toEqual([]);
});

test("tokens join to the source, for every prefix, and no prefix throws", () => {
  for (let end = 0; end <= sample.length; end++) {
    const text = sample.slice(0, end);
    if (joined(text) !== text) expect.fail(`the tokens of the first ${end} characters do not join to them`);
  }
});

test("no text with a line taken out throws", () => {
  const lines = sample.split("\n");
  lines.forEach((_, index) => {
    const text = lines.toSpliced(index, 1).join("\n");
    expect(joined(text)).toBe(text);
  });
});

test("children lie in their parents, in order", () => {
  for (const text of [sample, sample.slice(0, 2000), sample.replaceAll("{", "")]) {
    walk(parse(text, "law.seq").tree, (node) => {
      expect(node.start).toBeLessThanOrEqual(node.end);
    });
  }
  walk(parse(sample, "law.seq").tree, (node) => {
    let end = node.kind === "file" ? 0 : node.start;
    for (const child of childrenOf(node).filter((candidate) => candidate.kind !== "doc")) {
      expect(child.start, `${child.kind} in ${node.kind}`).toBeGreaterThanOrEqual(end);
      end = child.end;
    }
    expect(end).toBeLessThanOrEqual(node.end);
  });
});

test("line ends of Windows and Unix give the same tree", () => {
  const windows = parse(sample.replaceAll("\n", "\r\n"), "law.seq");
  expect(windows.diagnostics).toEqual([]);
  expect(equalTrees(windows.tree, parse(sample, "law.seq").tree)).toBe(true);
});

test("a byte order mark at the start is ignored", () => {
  const text = `\uFEFF${sample}`;
  expect(problems(text)).toEqual([]);
  expect(joined(text)).toBe(text);
});

test("nodeAt gives the path to what stands at an offset", () => {
  const text = "const a = b.c\n";
  const kinds = (offset: number): string[] =>
    nodeAt(parse(text, "law.seq").tree, offset).map((node: Node) => node.kind);
  expect(kinds(12)).toEqual(["file", "const", "member", "name"]);
  expect(kinds(10)).toEqual(["file", "const", "member", "reference", "name"]);
  expect(kinds(99)).toEqual([]);
});

describe("hostile texts are read in linear time, without a stack overflow", () => {
  const n = 20_000;
  const repeat = (text: string): string => text.repeat(n);
  const nested: { readonly [name: string]: string } = {
    parentheses: `const a = ${repeat("(")}1${repeat(")")}`,
    "open parentheses": `const a = ${repeat("(")}`,
    lists: `const a = ${repeat("[")}${repeat("]")}`,
    records: `const a = ${repeat("{ a: ")}1${repeat(" }")}`,
    groups: `sequence a { ${repeat("group { ")}${repeat("}")} }`,
    "open groups": `sequence a { ${repeat("group { ")}`,
    "else if": `sequence a { if a { } ${repeat("else if a { } ")} }`,
    conditionals: `const a = ${repeat("if a then b else ")} 1`,
    not: `const a = ${repeat("not ")} b`,
    operators: `const a = ${repeat("b or ")} b`,
    properties: `const a = b${repeat(".c")}`,
    calls: `const a = ${repeat("b(")}${repeat(")")}`,
    interpolations: `const a = ${repeat('"${')}b${repeat('}"')}`,
    types: `type a = ${repeat("list<")}int${repeat(">")}`,
    "mixed brackets": repeat("([{"),
  };
  for (const [name, text] of Object.entries(nested)) {
    test(`${name}, nested deep, give one diagnostic`, () => {
      expect(problems(text).length).toBe(1);
      expect(joined(text)).toBe(text);
    });
  }

  const long: { readonly [name: string]: string } = {
    quotes: repeat("'"),
    fences: "'''\n".repeat(2000),
    "closing braces": repeat("}"),
    NUL: repeat("\0"),
    "lone carriage returns": repeat("\r"),
    words: repeat("step "),
    assignments: `sequence a { set ${repeat("a = ")}`,
    "clauses behind a group": `sequence a { group {} ${repeat("timeout 5m ")}}`,
    "unclosed interpolations": 'const a = "${\n'.repeat(2000),
    "a long line": `const a = "${"x".repeat(10_000_000)}"`,
    "many tokens": "const a = 1\n".repeat(250_000),
  };
  for (const [name, text] of Object.entries(long)) {
    test(`${name}`, () => {
      const started = performance.now();
      parse(text, "law.seq");
      expect(performance.now() - started).toBeLessThan(10_000);
    });
  }
});
