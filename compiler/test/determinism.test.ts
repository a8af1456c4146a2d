// The same sources and content give the same bytes: whatever the line ends, the root, and the order a host lists files in.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import type { CompilerHost } from "../host.ts";
import { memoryHost } from "../memory-host.ts";

const folder = join(import.meta.dirname, "cases");
const names = readdirSync(folder).filter((name) => name.endsWith(".seq"));
const cases = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
const content = {
  "packages/office/setup.exe": "setup",
  "packages/office/tools/tag.sh": "#!/bin/sh\necho tag\n",
  "images/boot.wim": "boot",
};

function textOf(host: CompilerHost, path: string): string {
  const { text, diagnostics } = compile(host, path, { sequence: "main" });
  return text ?? diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n");
}

/** The same host, but folders come in the other order. */
function reversed(host: CompilerHost): CompilerHost {
  return {
    ...host,
    list: (path) => [...host.list(path)].reverse(),
    readContent(path) {
      const answer = host.readContent(path);
      return answer.kind === "folder" ? { kind: "folder", files: [...answer.files].reverse() } : answer;
    },
  };
}

describe("the bytes of a plan", () => {
  it.each(names)("do not depend on line ends, order of files or order of work: %s", (name) => {
    const files = { ...content, ...cases };
    const text = textOf(memoryHost(files), name);
    expect(text.startsWith('{"accounts":')).toBe(true);
    const windows = Object.fromEntries(
      Object.entries(files).map(([path, each]) => [path, path.endsWith(".seq") ? each.replaceAll("\n", "\r\n") : each]),
    );
    expect(textOf(memoryHost(windows), name)).toBe(text);
    expect(textOf(reversed(memoryHost(Object.fromEntries(Object.entries(files).reverse()))), name)).toBe(text);
  });

  it("name no folder outside of the project", () => {
    const { plan } = compile(memoryHost({ ...content, ...cases }), "calls.seq", { sequence: "main" });
    expect(plan?.sources).toEqual(["calls.seq", "children.seq"]);
    expect(plan?.content.map(({ source }) => source)).toEqual(["images/boot.wim"]);
  });

  it("change with the content, and with nothing else of it than its files", () => {
    const source = `package tools "./packages/office"\n\nsequence main {\n  run "setup.exe" from tools\n}\n`;
    const of = (files: { readonly [path: string]: string }): string =>
      textOf(memoryHost({ "main.seq": source, ...files }), "main.seq");
    const before = of(content);
    expect(of({ ...content, "images/other.wim": "other" })).toBe(before);
    expect(of({ ...content, "packages/office/setup.exe": "changed" })).not.toBe(before);
  });
});
