// How an author tests an action: it is a function, and the SDK has what it is called with.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ActionFailure, bytes } from "@sequitur/sdk";
import { callAction } from "@sequitur/sdk/testing";
import { afterAll, expect, it } from "vitest";
import { summarise, writeReport } from "./inventory.ts";

const folder = mkdtempSync(join(tmpdir(), "inventory-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("counts what is large enough, and says what it looked at", async () => {
  writeFileSync(join(folder, "small.txt"), "a");
  writeFileSync(join(folder, "large.txt"), "abc");
  const { output, log } = await callAction(summarise, { folder, atLeast: bytes(2) });
  expect(output).toEqual({ count: 1, total: 3, largest: "large.txt" });
  expect(log).toEqual(["large.txt: 3"]);
});

it("writes what it is given, and refuses to write nothing", async () => {
  const path = join(folder, "report");
  await callAction(writeReport, { path, form: "json", lines: ["one"] });
  expect(readFileSync(path, "utf8")).toBe('{"lines":["one"],"signed":false}\n');
  await expect(callAction(writeReport, { path, form: "text", lines: [] })).rejects.toThrow(ActionFailure);
});
