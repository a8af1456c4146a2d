// The rule that imports run one way is itself tested: a bad import of each kind is planted in a small copy of the layout,
// and the rule must refuse it; the real tree must pass.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Violation {
  readonly rule: string;
  readonly from: string;
}

/** What the rule says of a small tree in the project's layout that is made of these files. */
function violationsIn(files: { readonly [path: string]: string }): Violation[] {
  const folder = mkdtempSync(join(tmpdir(), "sequitur-imports-"));
  folders.push(folder);
  for (const name of [".dependency-cruiser.cjs", "package.json", "tsconfig.base.json"]) {
    copyFileSync(join(root, name), join(folder, name));
  }
  for (const name of ["grammar", "compiler", "runtime", "sdk", "exchange", "editor", "cli"]) {
    mkdirSync(join(folder, name), { recursive: true });
    cpSync(join(root, name, "package.json"), join(folder, name, "package.json"));
    writeFileSync(join(folder, name, "index.ts"), "export const place = 1;\n");
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return cruise(folder);
}

function cruise(folder: string): Violation[] {
  const bin = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const parts = ["grammar", "compiler", "runtime", "sdk", "exchange", "editor", "cli"];
  const args = [bin, "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...parts];
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const report = JSON.parse(output) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  return report.summary.violations.map((violation) => ({ rule: violation.rule.name, from: violation.from }));
}

const planted = [
  ["grammar-knows-no-other-part", "grammar/bad-compiler.ts", "../compiler/index.ts"],
  ["compiler-sees-the-plan-alone", "compiler/bad-runtime.ts", "../runtime/index.ts"],
  ["compiler-sees-the-plan-alone", "compiler/bad-cli.ts", "../cli/index.ts"],
  ["exchange-reads-no-disk", "exchange/bad-cli.ts", "../cli/index.ts"],
  ["features-know-no-protocol", "editor/bad-cli.ts", "../cli/index.ts"],
  ["runtime-ships-alone", "runtime/bad-grammar.ts", "../grammar/index.ts"],
  ["runtime-ships-alone", "runtime/bad-library.ts", "chevrotain"],
  ["plan-is-the-contract", "runtime/plan/bad-runtime.ts", "../index.ts"],
  ["pure-core-has-no-node", "compiler/bad-node.ts", "node:fs"],
  ["pure-core-has-no-node", "runtime/machine/bad-node.ts", "node:fs"],
  ["declared-dependencies", "cli/bad-undeclared.ts", "fast-check"],
  ["typescript-stays-lazy", "cli/bad-typescript.ts", "esbuild"],
  ["sdk-stands-alone", "sdk/bad-runtime.ts", "../runtime/index.ts"],
  ["no-cycles", "grammar/bad-cycle.ts", "./way-back.ts"],
] as const;

describe("imports run one way", () => {
  const files: { [path: string]: string } = {
    "compiler/good.ts": 'import { place } from "../grammar/index.ts";\nexport const good = place;\n',
    "grammar/way-back.ts": 'import { used } from "./bad-cycle.ts";\nexport const back = (): unknown => used;\n',
  };
  for (const [, file, target] of planted) {
    files[file] = `import * as bad from "${target}";\nexport const used = (): unknown => bad;\n`;
  }
  const violations = violationsIn(files);

  it.each(planted)("refuses %s: %s importing %s", (rule, file) => {
    expect(violations).toContainEqual({ rule, from: file });
  });

  it("accepts an import in the right direction", () => {
    expect(violations.filter((violation) => violation.from === "compiler/good.ts")).toEqual([]);
  });

  it("holds for Sequitur itself", () => {
    expect(cruise(root)).toEqual([]);
  });
});
