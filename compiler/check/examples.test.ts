// Every example of the repository is free of findings.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findings } from "../test-support/check.ts";
import { typescriptHost } from "../test-support/typescript.ts";

const root = new URL("../../examples", import.meta.url).pathname;

function filesBelow(folder: string): { [path: string]: string } {
  const files: { [path: string]: string } = {};
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      for (const [inner, text] of Object.entries(filesBelow(path))) files[`${name}/${inner}`] = text;
    } else files[name] = readFileSync(path, "utf8");
  }
  return files;
}

describe("the examples", () => {
  for (const example of readdirSync(root)) {
    const files = filesBelow(join(root, example));
    for (const entry of Object.keys(files).filter((path) => path.endsWith(".seq"))) {
      test(`${example}/${entry}`, () => {
        const { [entry]: text = "", ...others } = files;
        const usesTypeScript = Object.keys(others).some((path) => path.endsWith(".ts"));
        const hostOf = usesTypeScript ? typescriptHost : undefined;
        expect(findings({ [entry]: text, ...others }, hostOf)).toEqual([]);
      });
    }
  }
});
