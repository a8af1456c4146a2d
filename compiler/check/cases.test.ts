// The cases of this folder: files whose comments mark what is wrong in the line above, and where. Nothing else may be
// found.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check } from "../test-support/check.ts";

const folder = new URL("cases/", import.meta.url);

test.each(readdirSync(folder))("%s", (name) => {
  const { found, marked } = check({ [name]: readFileSync(new URL(name, folder), "utf8") });
  expect(found).toEqual(marked);
});
