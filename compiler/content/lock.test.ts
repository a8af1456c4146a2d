import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import { memoryHost } from "../memory-host.ts";

const files = {
  "main.seq": `package tools "./packages/tools"\n\nsequence main {\n  run "setup.exe" from tools\n}\n`,
  "packages/tools/setup.exe": "setup",
  "packages/tools/readme.txt": "read me",
};

describe("sequitur.lock", () => {
  it("notes each piece of content, and is left alone while nothing changes", () => {
    const { lock } = compile(memoryHost(files), "main.seq");
    expect(lock).toMatch(/^\{\n {2}"lock": 1,\n {2}"content": \{\n {4}"packages\/tools": \{\n/);
    expect(JSON.parse(lock ?? "")).toMatchObject({ content: { "packages/tools": { files: 2, size: 12 } } });
    const again = compile(memoryHost({ ...files, "sequitur.lock": lock ?? "" }), "main.seq", { locked: true });
    expect({ lock: again.lock, built: again.plan !== undefined }).toEqual({ lock: undefined, built: true });
  });

  it("follows a change, unless it is told not to", () => {
    const { lock = "" } = compile(memoryHost(files), "main.seq");
    const changed = { ...files, "packages/tools/setup.exe": "changed", "sequitur.lock": lock };
    expect(compile(memoryHost(changed), "main.seq").lock).not.toBe(lock);
    const { plan, diagnostics } = compile(memoryHost(changed), "main.seq", { locked: true });
    expect({ plan, codes: diagnostics.map(({ code }) => code) }).toEqual({ plan: undefined, codes: ["SEQ7010"] });
  });

  it("takes a change in by the fix of the finding", () => {
    const { lock = "" } = compile(memoryHost(files), "main.seq");
    const changed = { ...files, "packages/tools/setup.exe": "changed", "sequitur.lock": lock };
    const [stale] = compile(memoryHost(changed), "main.seq", { locked: true }).diagnostics;
    const edit = stale?.fixes[0]?.edits[0];
    expect(edit).toMatchObject({ file: "sequitur.lock", start: 0, end: lock.length });
    const taken = compile(memoryHost({ ...changed, "sequitur.lock": edit?.text ?? "" }), "main.seq", { locked: true });
    expect(taken.plan).toBeDefined();
  });

  it("keeps what other plans of the project use, and forgets what is gone", () => {
    const entry = (path: string) => `"${path}": { "digest": "${"0".repeat(64)}", "files": 1, "size": 1 }`;
    const lock = `{ "lock": 1, "content": { ${entry("packages/gone")}, ${entry("images/boot.wim")} } }`;
    const host = memoryHost({ ...files, "images/boot.wim": "boot", "sequitur.lock": lock });
    const text = compile(host, "main.seq").lock ?? "";
    expect(Object.keys((JSON.parse(text) as { content: object }).content)).toEqual([
      "images/boot.wim",
      "packages/tools",
    ]);
  });
});
