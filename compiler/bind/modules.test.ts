// Imports: what may be missing, and what imported names are good for.
import { expect, test } from "vitest";
import { findings } from "../test-support/check.ts";

test("cycles of imports are fine", () => {
  const files = {
    "main.seq": `import "./b.seq" as b\nconst one = b.two\nsequence a { call b.work { name: one } }\n`,
    "b.seq": `import { three } from "./main2.seq"\nimport "./main.seq" as main\nconst two = three\nsequence work { param name: string = main.one }\n`,
    "main2.seq": `import "./main.seq" as main\nconst three = "x"\n`,
  };
  expect(findings(files)).toEqual([]);
});

test("files are found from the file that imports them", () => {
  const files = {
    "main.seq": `import "./lib/b.seq" as b\nsequence a { call b.work }\n`,
    "lib/b.seq": `import { c } from "../c.seq"\npackage tools "./tools"\nsequence work { run "\${c}" from tools }\n`,
    "c.seq": `const c = "x"\n`,
    "lib/tools/x": "",
  };
  expect(findings(files)).toEqual([]);
});

test("a misspelt file, name and namespace member are each one finding, and their uses are none", () => {
  const files = {
    "main.seq": [
      `import "./lbi.seq" as lib`,
      `import { sit } from "./lib.seq"`,
      `import "./lib.seq" as other`,
      `sequence a {`,
      `  param model: lib.Model`,
      `  param kind: other.Modle`,
      `  log lib.site`,
      `  log sit`,
      `  log other.sitee`,
      `  call lib.work`,
      `  call other.wrok`,
      `  call othr.work`,
      `}`,
    ].join("\n"),
    "lib.seq": `const site = "x"\ntype Model = "a"\nsequence work { }\n`,
  };
  expect(findings(files)).toEqual([
    `main.seq:1:9 ^^^^^^^^^ SEQ2001 there is no file "lbi.seq"`,
    `main.seq:2:10 ^^^ SEQ2009 "lib.seq" declares no "sit"`,
    `main.seq:6:21 ^^^^^ SEQ2009 "lib.seq" declares no "Modle"`,
    `main.seq:9:13 ^^^^^ SEQ2009 "lib.seq" declares no "sitee"`,
    `main.seq:11:14 ^^^^ SEQ2009 "lib.seq" declares no "wrok"`,
    `main.seq:12:8 ^^^^ SEQ2103 there is no sequence named "othr.work"`,
  ]);
});

test("an entry that is not there is an empty module with the finding", () => {
  expect(findings({ "other.seq": "", "main.seq": 'import "./lib" as lib', "lib/a.seq": "" })).toEqual([
    `main.seq:1:9 ^^^^^ SEQ2002 "lib" can't be read: it is a folder`,
  ]);
});

test("names of imports clash with declared ones, and with each other", () => {
  const files = {
    "main.seq": `import { a, a, b } from "./lib.seq"\nconst b = 1\nconst A = 2\n`,
    "lib.seq": `const a = 1\nconst b = 2\n`,
  };
  expect(findings(files)).toEqual([
    `main.seq:1:10 ^ SEQ2202 "a" differs from "A" in upper and lower case alone`,
    `main.seq:1:13 ^ SEQ2201 "a" is declared twice`,
    `main.seq:1:16 ^ SEQ2201 "b" is declared twice`,
  ]);
});
