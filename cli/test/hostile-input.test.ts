// Hostile source files through the built command: each gets its findings, in bounded time, memory and output, whatever is
// done with it. What is wrong with one is said with the code that stands beside it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callBounded, endedWell } from "../test-support/bounded-command.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const inMain = (body: string, before = ""): string => `${before}\nsequence main {\n${body}\n}\n`;
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");
/** `first`, and then so many lines, each of which stands for twice the one before it. */
const doubled = (first: string, line: (index: number) => string): string =>
  `${first}\n${lines(60, (index) => line(index + 1))}\n`;

/** So many characters in no order, the same at every call. */
function noise(length: number): string {
  const codes = new Uint16Array(length);
  let state = 1;
  for (let index = 0; index < length; index++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    codes[index] = (state >> 16) & 127;
  }
  return Buffer.from(codes).toString("latin1");
}

type Hostile = { readonly [name: string]: { readonly text: string | Uint8Array; readonly says: string } };

const fine = "succeeded";

const bytes: Hostile = {
  "invalid UTF-8": { text: Uint8Array.of(0x63, 0xff, 0xfe), says: "it is not valid UTF-8 (byte 1)" },
  "UTF-16": { text: Buffer.from("\ufeffconst a = 1\n", "utf16le"), says: "it is not valid UTF-8 (byte 0)" },
  "a byte order mark": { text: `\ufeff${inMain('log "x"')}`, says: fine },
  "a byte order mark in the middle": { text: inMain('log "\ufeffx"'), says: "SEQ1017" },
  "NUL bytes": { text: "const a\0 = 1\0\n\0\0", says: "SEQ1017" },
  "a NUL byte in a text": { text: inMain('log "a\0b"'), says: "SEQ1017" },
  "an escape for NUL": { text: inMain('log "\\u{0}"'), says: "SEQ1006" },
  "an escape for half a character": { text: inMain('log "\\u{d800}"'), says: "SEQ1006" },
  "a text that is shown backwards": { text: inMain('log "user\u202e \u2066"'), says: "SEQ1017" },
  "a comment that is shown backwards": { text: inMain('log "x" // \u2067 run'), says: "SEQ1017" },
  "a name with a hidden character": { text: inMain('log "x"', "const `a\u200bb` = 1"), says: "SEQ1017" },
  "a carriage return that ends no line": { text: inMain('// x\rrun "format"'), says: "SEQ1017" },
  "an escape sequence of a terminal": { text: inMain('log "\u001b[2J"'), says: "SEQ1017" },
};

const sizes: Hostile = {
  "a line of 10 MB": { text: inMain("log a", `const a = "${"x".repeat(10_000_000)}"`), says: "SEQ7201" },
  "10 MB of operators": { text: inMain('log "x"', `const a = 1${" + 1".repeat(2_500_000)}`), says: "SEQ1137" },
  "10 MB of items": { text: inMain('log "x"', `const a = [${"1,".repeat(5_000_000)}]`), says: "SEQ1137" },
  "100,000 nested brackets": {
    text: inMain('log "x"', `const a = ${"([{a:".repeat(33_334)}1${"}])".repeat(33_334)}`),
    says: "SEQ1133",
  },
  "100,000 open brackets": { text: `const a = ${"(".repeat(100_000)}`, says: "SEQ1133" },
  "100,000 nested groups": { text: inMain(`${"group { ".repeat(100_000)}${"}".repeat(100_000)}`), says: "SEQ1133" },
  "100,000 nested types": { text: `type a = ${"list<".repeat(100_000)}int${">".repeat(100_000)}`, says: "SEQ1133" },
  "1,000,000 tokens": {
    text: inMain(
      'log "x"',
      lines(250_000, (index) => `const a${index} = 1`),
    ),
    says: fine,
  },
  "50,000 unknown names": { text: inMain(lines(50_000, (index) => `log missing${index}`)), says: "SEQ2101" },
  "unknown names beside many known ones": {
    text: inMain(
      `${lines(2_000, (index) => `var known${index}: int = 1`)}\n${lines(20_000, (index) => `log missing${index}`)}`,
    ),
    says: "SEQ2101",
  },
  "2 MB of no text at all": { text: noise(2_000_000), says: "more findings" },
  "400,000 findings": { text: inMain('log "x" @ ;\n'.repeat(200_000)), says: "more findings" },
  "10 MB of white space": { text: " \n".repeat(5_000_000), says: "SEQ7204" },
  "10 MB of comments": { text: "// x\n".repeat(2_000_000), says: "SEQ7204" },
  "a name of 5 MB": { text: inMain(`log "x"`, `const ${"a".repeat(5_000_000)} = 1`), says: fine },
  "a number of 100,000 digits": { text: `const a = ${"9".repeat(100_000)}\n`, says: "SEQ1012" },
  "100,000 interpolations": {
    text: inMain(`param a: string = "x"\nlog "${"${a}".repeat(100_000)}"`),
    says: "",
  },
};

const open = [
  'log "a',
  "sh '''\n a",
  'sh """\n a',
  'log "${a',
  "log 'a",
  "log `a",
  "/* a",
  "log (1",
  "log [1",
  "use a.b {",
];

const meaning: Hostile = {
  "functions that call twice": {
    text: inMain(
      'log "${f60(1)}"',
      doubled("fn f0(x: int): int = x", (i) => `fn f${i}(x: int): int = f${i - 1}(x) + f${i - 1}(x)`),
    ),
    says: "SEQ7202",
  },
  "functions that double a text": {
    text: inMain(
      'log f60("x")',
      doubled(
        "fn f0(x: string): string = x",
        (i) => `fn f${i}(x: string): string = "\${f${i - 1}(x)}\${f${i - 1}(x)}"`,
      ),
    ),
    says: "SEQ720",
  },
  "a text doubled 60 times": {
    text: inMain(
      "log a60",
      doubled('const a0 = "xx"', (i) => `const a${i} = "\${a${i - 1}}\${a${i - 1}}"`),
    ),
    says: "SEQ7201",
  },
  "a record doubled 60 times": {
    text: inMain(
      'log "x"',
      doubled("const a0 = { b: 1 }", (i) => `const a${i} = { b: a${i - 1}, c: a${i - 1} }`),
    ),
    says: "SEQ3015",
  },
  "a list doubled 60 times": {
    text: inMain(
      'log "x"',
      doubled("const a0 = [1]", (i) => `const a${i} = [a${i - 1}, a${i - 1}]`),
    ),
    says: "SEQ3015",
  },
  "two types doubled 60 times": {
    text: inMain(
      "param p: T60\nvar q: U60 = p",
      doubled("type T0 = { a: int }\ntype U0 = { a: int }", (i) =>
        ["T", "U"].map((name) => `type ${name}${i} = { a: ${name}${i - 1}, b: ${name}${i - 1} }`).join("\n"),
      ),
    ),
    says: "SEQ3015",
  },
  "types that need themselves": { text: "type A = { a: A }\ntype B = C\ntype C = list<B>\n", says: "SEQ2207" },
  "unions of 50,000 texts": {
    text: inMain(
      "param p: A\nvar q: B = p",
      ["A", "B"].map((name) => `type ${name} = ${lines(50_000, (i) => `| "${name}${i}"`)}`).join("\n"),
    ),
    says: "SEQ3001",
  },
  "a union of 5,000 records": {
    text: inMain('log "x"', `type A = ${lines(5_000, (i) => `| { a${i}: int }`)}`),
    says: "SEQ3015",
  },
  "a product of lists": {
    text: inMain(
      'log "x"',
      "const a = [for b in c: [for d in c: [for e in c: b + d + e]]]\nconst c = [" + "1,".repeat(999) + "]",
    ),
    says: "SEQ7202",
  },
  "a pattern that backtracks": {
    text: inMain('log "x" when a', `const a = "${"a".repeat(5_000)}" matches "(a+)+(a|aa)*(a|aa)*c"`),
    says: "",
  },
  "a pattern of counted counts": {
    text: inMain('param p: string\nlog "x" when p matches "((a{1000}){1000}){1000}"'),
    says: "SEQ3105",
  },
  "a like of 100,000 stars": { text: inMain(`log "x" when "aa" like "${"*a".repeat(100_000)}"`), says: "" },
  "numbers past the largest": { text: "const a = 9007199254740991 + 1\nconst b = 1 / 0\n", says: "SEQ7201" },
  "names of the objects of JavaScript": {
    text: inMain(
      'param constructor: string = "x"\nvar r: { toString: int, valueOf: int } = { toString: 1, valueOf: 2 }\n' +
        'log "${constructor} ${r.toString}"',
      "const hasOwnProperty = { prototype: 1 }",
    ),
    says: fine,
  },
  "__proto__ as a name": { text: inMain('log "x"', "const __proto__ = 1"), says: "SEQ1018" },
  "__proto__ as a field": { text: inMain('log "x"', 'const a = { "__proto__": 1 }'), says: "SEQ1018" },
  "5,000 sequences in a row": {
    text: inMain("call s0", `${lines(5_000, (i) => `sequence s${i} { call s${i + 1} }`)}\nsequence s5000 { log "x" }`),
    says: "SEQ7204",
  },
  "20,000 constants in a row": {
    text: inMain('log "${a0}"', `${lines(20_000, (i) => `const a${i} = a${i + 1}`)}\nconst a20000 = 1`),
    says: "SEQ1133",
  },
  "5,000 parameters": { text: inMain(`${lines(5_000, (i) => `param a${i}: int = 1`)}\nlog "x"`), says: "SEQ1201" },
  "20,000 items of a run": { text: inMain(`param a: int = 1\nlog "\${[${"a,".repeat(20_000)}].length}"`), says: "" },
  "100,000 times else if": { text: inMain(`if true { }${" else if true { }".repeat(100_000)}`), says: "SEQ1133" },
  "2,000 imports that are not there": {
    text: inMain(
      'log "x"',
      lines(2_000, (i) => `import "./a${i}.seq" as a${i}`),
    ),
    says: "SEQ2001",
  },
  "an import of itself": { text: inMain('log "x"', 'import "./hostile.seq" as a'), says: "SEQ2003" },
};

const paths = ["../../../../etc/passwd", "/etc/passwd", "C:/x.seq", "//server/share/x.seq", "file:///x.seq", "~/x.seq"];

/** What `check` says of each file; one process for all of them, since starting one takes longest. */
function checkTogether(cases: Hostile): { readonly [name: string]: string } {
  const names = Object.keys(cases);
  const files = names.map((name, index) => [`f${index}/hostile.seq`, cases[name]?.text ?? ""] as const);
  const folder = temporaryFolder(Object.fromEntries(files));
  const called = callBounded(folder, ["check", "--format", "json", "."]);
  expect(endedWell(called) ? "well" : called).toBe("well");
  const findings = JSON.parse(called.output) as readonly { code: string; message: string; file: string }[];
  return Object.fromEntries(
    names.map((name, index) => {
      const own = findings.filter(({ file }) => file === files[index]?.[0]);
      return [name, own.map(({ code, message }) => `${code} ${message}`).join("\n")];
    }),
  );
}

const pathCases = Object.fromEntries(
  paths.map((path) => [path, { text: inMain('log "x"', `import "${path}" as a`), says: "SEQ20" }]),
);
const openCases = Object.fromEntries(open.map((body) => [body, { text: inMain(body), says: "SEQ1" }]));
/** What a check says already; the others are run, since building has its own limits. */
const isFound = ([, { says }]: [string, Hostile[string]]): boolean => /^SEQ(?!12)[1-6]|UTF-8/.test(says);
const small = Object.entries({ ...bytes, ...openCases, ...pathCases, ...meaning });

describe("in one check", () => {
  const together = small.filter(isFound);
  let said: { readonly [name: string]: string } | undefined;
  test.each(together)("%s", (name, { says }) => {
    said ??= checkTogether(Object.fromEntries(together));
    expect(said[name]).toContain(says);
  });
});

describe.each([
  ["sizes", Object.entries(sizes)],
  ["what builds", small.filter((each) => !isFound(each))],
])("%s", (_, cases) => {
  test.each(cases)("%s", (_name, { text, says }) => {
    const folder = temporaryFolder();
    const path = join(folder, "hostile.seq");
    writeFileSync(path, text);
    // A run checks and builds first.
    const called = callBounded(folder, ["run", "hostile.seq", "--state", join(folder, "state")]);
    expect(called.output).toContain(says);
    expect(endedWell(called) ? "well" : called).toBe("well");
  });
});

test("what was too much to read is checked and mended as well", () => {
  const folder = temporaryFolder({ "hostile.seq": inMain('log "x" @ ;\n'.repeat(20_000)) });
  const called = callBounded(folder, ["check", "--fix", "hostile.seq"]);
  expect(endedWell(called) ? "well" : called).toBe("well");
});
