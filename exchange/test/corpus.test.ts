// Real files of other people, which are no part of the project: where there are none beside it, this says so and tests nothing
// else. Each is imported, checked, compiled and exported again.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check, compile, memoryHost } from "@sequitur/compiler";
import { parse, print } from "@sequitur/grammar";
import { verify } from "@sequitur/runtime/plan";
import { describe, expect, it } from "vitest";
import { exportSequence, importProject, readOriginMap } from "../index.ts";
import type { ImportedProject } from "../index.ts";

interface CorpusFile {
  readonly file: string;
  readonly kind: string;
  readonly malformed: string | null;
}

const folder = fileURLToPath(new URL("../../../shared/corpus/", import.meta.url));
const isThere = existsSync(`${folder}index.json`);
const files: readonly CorpusFile[] = isThere
  ? (JSON.parse(readFileSync(`${folder}index.json`, "utf8")) as CorpusFile[])
  : [];

/** A step that can't run wherever the machine can be by then. */
const wrongPhase = "SEQ4101";

/** What only the other system can do, and what lies in its store: no plan runs that, and the build says so. */
const elsewhere = new Set(["SEQ5201", "SEQ7001", "SEQ7002", "SEQ7206"]);

it.skipIf(isThere)("there are no real files beside the project: only made-up ones are tested", () => {
  expect(files).toEqual([]);
});

describe.runIf(isThere)("real files", () => {
  const whole = files.filter(({ malformed }) => malformed === null);
  const imported = new Map<string, { readonly project: ImportedProject; readonly bytes: Uint8Array }>();

  it("imports all that are XML, in time, nearly all of it natively", () => {
    const sum = { steps: 0, nativeSteps: 0, conditions: 0, nativeConditions: 0 };
    const begun = performance.now();
    for (const { file } of whole) {
      const bytes = readFileSync(folder + file);
      const project = importProject([{ path: file, bytes }]);
      expect(project.problems, file).toEqual([]);
      expect(project.sequences.length, file).toBe(1);
      imported.set(file, { project, bytes });
      for (const { counts } of project.sequences) {
        sum.steps += counts.steps;
        sum.nativeSteps += counts.nativeSteps;
        sum.conditions += counts.conditions;
        sum.nativeConditions += counts.nativeConditions;
      }
    }
    expect(performance.now() - begun).toBeLessThan(60_000);
    expect(sum.nativeSteps / sum.steps).toBeGreaterThan(0.95);
    expect(sum.nativeConditions / sum.conditions).toBeGreaterThan(0.95);
  });

  it("refuses the malformed one with its line", () => {
    for (const { file, malformed } of files.filter(({ malformed: why }) => why !== null)) {
      const { problems, files: written } = importProject([{ path: file, bytes: readFileSync(folder + file) }]);
      const [, line] = /line (\d+)/.exec(malformed ?? "") ?? [];
      expect(
        problems.map((problem) => problem.line),
        file,
      ).toEqual([Number(line)]);
      expect(written).toEqual([]);
    }
  });

  it("makes text that is formatted and has no errors but true ones", () => {
    const inWrongPhase = new Set<string>();
    for (const [file, { project }] of imported) {
      const texts = sourcesOf(project);
      const paths = Object.keys(texts).filter((path) => path.endsWith(".seq"));
      for (const path of paths) expect(print(parse(texts[path] ?? "", path)), file).toBe(texts[path]);
      const { diagnostics } = check(memoryHost(texts), paths, { lints: false });
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      if (errors.some(({ code }) => code === wrongPhase)) inWrongPhase.add(file);
      const others = errors.filter(({ code }) => code !== wrongPhase);
      expect(
        others.map(({ code, message }) => `${code} ${message}`),
        file,
      ).toEqual([]);
    }
    // Trials of their authors, with one step of every type after each other, whatever system runs by then.
    expect(inWrongPhase.size).toBeLessThanOrEqual(3);
  });

  it("gives back the same bytes, secrets apart", () => {
    for (const [file, { project, bytes }] of imported) {
      const exported = exportAgain(project);
      expect(exported.kind, file).toBe("xml");
      if (exported.kind !== "xml") continue;
      expect(exported.changed, file).toBe(0);
      const hasSecrets = project.sequences.some(({ secrets }) => secrets.length > 0);
      if (!hasSecrets) expect(Buffer.compare(exported.bytes, bytes), file).toBe(0);
    }
  });

  it("compiles to plans that verify, or says which steps belong to the other system", () => {
    let plans = 0;
    for (const [file, { project }] of imported) {
      const texts = sourcesOf(project);
      const path = project.sequences[0]?.path ?? "";
      const { plan, diagnostics } = compile(memoryHost(texts), path);
      if (plan !== undefined) {
        plans++;
        expect(verify(plan), file).toEqual([]);
        continue;
      }
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      expect(
        errors.map(({ code }) => code).filter((code) => code !== wrongPhase && !elsewhere.has(code)),
        file,
      ).toEqual([]);
    }
    expect(plans).toBeGreaterThan(0);
  });
});

function sourcesOf(project: ImportedProject): { readonly [path: string]: string } {
  const texts = project.files.filter(({ path }) => !path.startsWith("origin/") && path !== "import-report.md");
  return Object.fromEntries(texts.map(({ path, bytes }) => [path, Buffer.from(bytes).toString("utf8")]));
}

function exportAgain(project: ImportedProject) {
  const [sequence] = project.sequences;
  const path = sequence?.path ?? "";
  const base = path.replace(/^sequences\//, "origin/").replace(/\.seq$/, "");
  const find = (name: string): Uint8Array =>
    project.files.find((file) => file.path === name)?.bytes ?? new Uint8Array();
  const text = (name: string): string => Buffer.from(find(name)).toString("utf8");
  const map = readOriginMap(text(`${base}.json`));
  if (map === undefined) throw new Error(`${base}.json is no map`);
  const scripts = project.files.filter((file) => file.path.startsWith("scripts/"));
  return exportSequence({
    path,
    text: text(path),
    scripts: new Map(scripts.map((file) => [`../${file.path}`, Buffer.from(file.bytes).toString("utf8")])),
    contents: new Map(),
    origin: { xml: find(`${base}.xml`), map },
  });
}
