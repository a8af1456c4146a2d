// Committed documents and schemas are what their declarations give.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { generatedFiles } from "./generated-files.ts";

const root = join(import.meta.dirname, "..");

it.each(await generatedFiles())("$path is up to date (npm run generate)", ({ path, text }) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(text);
});
