// The plugin in Prettier itself: what it gives is print()'s text, and Prettier's own ways in work.
import { check, format, getFileInfo, type Plugin } from "prettier";
import { describe, expect, test } from "vitest";
import { parse, print } from "../index.ts";
import { sample } from "../test/sample.ts";
import * as plugin from "./plugin.ts";

const plugins: Plugin[] = [plugin];
const formatted = (text: string, options: object = {}): Promise<string> =>
  format(text, { filepath: "a.seq", plugins, ...options });

test("it gives what print() gives", async () => {
  const loose = sample.replaceAll("\n  ", "\n      ");
  expect(await formatted(loose)).toBe(print(parse(loose, "a.seq")));
});

test("files are known by their ending, and those in their layout pass a check", async () => {
  expect((await getFileInfo("a.seq", { plugins })).inferredParser).toBe("sequitur");
  const options = { filepath: "a.seq", plugins };
  expect(await check("const a = 1\n", options)).toBe(true);
  expect(await check("const  a = 1\n", options)).toBe(false);
});

describe("options", () => {
  const text = "const a = [1000, 2000, 3000]\n";

  test("the width is Prettier's, and that of the canonical layout where it is not set", async () => {
    expect(await formatted(text, { printWidth: 20 })).toBe(print(parse(text, "a.seq"), 20));
    const long = `const a = [${"1000, ".repeat(13)}1000]\n`;
    expect(await formatted(long)).toBe(long);
  });

  test("nothing else changes the layout", async () => {
    const options = { tabWidth: 8, useTabs: true, singleQuote: true, trailingComma: "none", bracketSpacing: false };
    expect(await formatted(`const a={b:"c"}\n`, options)).toBe(`const a = { b: "c" }\n`);
  });

  test("line ends are Prettier's matter", async () => {
    expect(await formatted("const  a=1\r\n")).toBe("const a = 1\n");
    expect(await formatted("const  a=1\n", { endOfLine: "crlf" })).toBe("const a = 1\r\n");
  });
});

test("the good parts of a broken file are formatted", async () => {
  expect(await formatted("const  a\nconst  b=1")).toBe("const  a\nconst b = 1\n");
});

test("blanks at the ends of lines in a text stay", async () => {
  const text = "const a = '''\n  one  \n\n  two\t\n  '''\n";
  expect(await formatted(text)).toBe(print(parse(text, "a.seq")));
  expect(await formatted(text)).toContain("one  \n\ntwo\t\n");
});

test("code in Markdown is formatted where it stands", async () => {
  const text = "- item\n\n  ```seq\n  const  a=1\n  sequence s { log 'x' }\n  ```\n";
  expect(await format(text, { filepath: "a.md", plugins })).toBe(
    "- item\n\n  ```seq\n  const a = 1\n\n  sequence s {\n    log 'x'\n  }\n  ```\n",
  );
});

test("an empty file stays empty", async () => {
  expect(await formatted("\n\n")).toBe("");
});
