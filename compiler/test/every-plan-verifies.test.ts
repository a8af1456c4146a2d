// Whatever has no errors becomes a plan that verifies: over all examples of the catalogue and all examples of the repository.
// `compile` itself throws when a plan does not verify.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { allDiagnostics } from "../all-diagnostics.ts";
import { check } from "../check.ts";
import { compile } from "../compile.ts";
import type { CompilerHost } from "../host.ts";
import { memoryHost } from "../memory-host.ts";
import { typescriptHost } from "../test-support/typescript.ts";

/** Compiles each sequence of a file; gives the codes of all errors. */
function buildAll(host: CompilerHost, path: string): readonly string[] {
  const { diagnostics, program } = check(host, [path]);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return errors.map(({ code }) => code);
  const found: string[] = [];
  for (const symbol of program.modules.get(path)?.declared.values() ?? []) {
    if (symbol.kind !== "sequence") continue;
    const { plan, diagnostics: findings } = compile(host, path, { sequence: symbol.name });
    if (plan === undefined) found.push(...findings.map(({ code }) => code));
  }
  return found;
}

/** TypeScript is there for those who use it: it takes a second. */
function hostOf(files: { readonly [path: string]: string }): CompilerHost {
  return Object.keys(files).some((path) => path.endsWith(".ts")) ? typescriptHost(files) : memoryHost(files);
}

describe("examples of the catalogue", () => {
  it.each(Object.entries(allDiagnostics))("%s", { timeout: 60_000 }, (code, { wrong, right, files }) => {
    buildAll(hostOf({ ...files, "main.seq": wrong }), "main.seq");
    const found = buildAll(hostOf({ ...files, "main.seq": right }), "main.seq");
    // Examples of syntax are about syntax: what they name need not be there.
    const others = code.startsWith("SEQ1") ? /^SEQ[27]/ : /^SEQ7/;
    expect(found.filter((other) => !others.test(other))).toEqual([]);
  });
});

const examples = join(import.meta.dirname, "../../examples");

/** All files of a folder as texts, by path with forward slashes. */
function filesIn(folder: string): { readonly [path: string]: string } {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(
    paths.map((path) => [path.split(sep).join("/"), readFileSync(join(folder, path), "latin1")]),
  );
}

describe("examples of the repository", () => {
  for (const folder of readdirSync(examples).filter((name) => statSync(join(examples, name)).isDirectory())) {
    const files = filesIn(join(examples, folder));
    const sources = Object.keys(files).filter((path) => path.endsWith(".seq"));
    it.each(sources)(`${folder}: %s`, { timeout: 60_000 }, (path) => {
      expect(buildAll(hostOf(files), path)).toEqual([]);
    });
  }
});
