// Text in, disassembled plan out: every `cases/*.seq` beside its `.plan.txt`. `npm test -- --update` rewrites them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { disassemble } from "@sequitur/runtime/plan";
import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import { memoryHost } from "../memory-host.ts";

const folder = join(import.meta.dirname, "cases");
const names = readdirSync(folder).filter((name) => name.endsWith(".seq"));

/** Content and modules that cases may use. */
const surroundings = {
  "packages/office/setup.exe": "setup",
  "packages/office/tools/tag.sh": "#!/bin/sh\necho tag\n",
  "images/boot.wim": "boot",
  "scripts/collect.sh": "#!/bin/sh\ntrue\n",
};

function planText(name: string): string {
  const files = Object.fromEntries(names.map((each) => [each, readFileSync(join(folder, each), "utf8")]));
  const { plan, diagnostics, sources } = compile(memoryHost({ ...surroundings, ...files }), name, { sequence: "main" });
  const findings = diagnostics.map(({ file, start, code, message }) => `${file}:${start} ${code} ${message}`);
  if (plan === undefined) return `${findings.join("\n")}\n`;
  return [...findings.map((finding) => `${finding}\n`), disassemble(plan, sources)].join("");
}

describe("plans of cases", () => {
  it.each(names)("%s", async (name) => {
    await expect(planText(name)).toMatchFileSnapshot(join(folder, name.replace(/\.seq$/, ".plan.txt")));
  });
});
