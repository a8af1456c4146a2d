// The phases of a machine, followed through sequences: text in, findings out. The cases are the files of the folder.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check } from "../test-support/check.ts";

const folder = new URL("cases/", import.meta.url);

test.each(readdirSync(folder))("%s", (name) => {
  const { found, marked } = check({ [name]: readFileSync(new URL(name, folder), "utf8") });
  expect(found).toEqual(marked);
});
