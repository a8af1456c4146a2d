import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FactAnswer } from "../host.ts";
import { facts } from "../plan/facts.ts";
import type { Value } from "../plan/value.ts";
import { valueProblem } from "../plan/value-check.ts";
import { createFactReader } from "./read-fact.ts";

const read = createFactReader(() => Promise.resolve("fullos"));
const value = async (fact: string, ...args: readonly Value[]): Promise<Value> => {
  const answer: FactAnswer = await read(fact, args);
  if ("error" in answer) throw new Error(answer.error);
  return answer.value;
};

describe("facts of this machine", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sequitur-facts-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.entries(facts))("%s is of its declared type", async (name, declared) => {
    const answer = await read(
      name,
      declared.parameters.map(() => "x"),
    );
    expect(answer).toHaveProperty("value");
    if ("value" in answer) expect(valueProblem(answer.value, declared.result)).toBeNull();
  });

  it("are what the system's own tools say", async () => {
    expect(await value("device.name")).toBe(hostname());
    expect(await value("os.family")).toBe("linux");
    expect(await value("os.phase")).toBe("fullos");
    expect(await value("device.cpus")).toBe(
      Number(execFileSync("getconf", ["_NPROCESSORS_ONLN"], { encoding: "utf8" })),
    );
    expect(await value("device.memory")).toBeGreaterThan(2 ** 28);
    expect(await value("now")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it("tell files and folders apart, and what is not there", async () => {
    writeFileSync(join(folder, "a"), "\ufefftext ä");
    expect(await value("file.exists", join(folder, "a"))).toBe(true);
    expect(await value("dir.exists", join(folder, "a"))).toBe(false);
    expect(await value("dir.exists", folder)).toBe(true);
    expect(await value("file.exists", folder)).toBe(false);
    expect(await value("file.size", join(folder, "a"))).toBe(10);
    expect(await value("file.text", join(folder, "a"))).toBe("text ä");
    expect(await value("file.text", join(folder, "none"))).toBeNull();
    expect(await value("file.exists", join(folder, "a/below"))).toBe(false);
  });

  it("are errors where nobody could look", async () => {
    // A name of a thousand characters is no answer to "is it there?".
    const answer = await read("file.exists", [join(folder, "x".repeat(1000))]);
    expect(answer).toEqual({ error: expect.stringContaining("can't be looked at: the name is too long") });
    expect(await read("file.text", [folder])).toEqual({ error: `${folder} is not a file` });
  });

  it("know installed software and its version", async () => {
    expect(await value("software.exists", "bash")).toBe(true);
    expect(await value("software.version", "bash")).toMatch(/^\d+\.\d+/);
    expect(await value("software.version", "no-such-software")).toBeNull();
    expect(await value("software.exists", "--help")).toBe(false);
  });

  it("are absent where the platform lacks them", async () => {
    expect(await value("registry.exists", "HKLM\\SOFTWARE", "x")).toBe(false);
    expect(await value("registry.value", "HKLM\\SOFTWARE", "x")).toBeNull();
    expect(await value("wmi.exists", "root\\cimv2", "select * from Win32_BIOS")).toBe(false);
  });

  it("of a boot are read once", async () => {
    expect(await read("device.memory", [])).toBe(await read("device.memory", []));
  });
});
