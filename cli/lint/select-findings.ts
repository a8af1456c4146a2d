// Which findings of a check are reported: those that a change may have brought (`--changed-since`), less those that a
// baseline knows. Writes the baseline when that is asked for.
import { dirname, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "@sequitur/grammar";
import { displayPath } from "../project/display-paths.ts";
import { writeWhole } from "../project/write-file.ts";
import { counted } from "../render/summary.ts";
import type { Surroundings } from "../surroundings.ts";
import { baselineText, newFindings, readBaseline } from "./baseline.ts";
import type { KnownBy } from "./baseline.ts";
import { changedFiles, touchedFiles } from "./changed-since.ts";
import type { CheckedProject } from "./check-project.ts";

export interface Selection {
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
  readonly changedSince: string | undefined;
}

export interface SelectedProject {
  readonly root: string;
  readonly checked: CheckedProject;
}

export type Selected =
  | {
      /** What is reported, by project. */
      readonly shown: readonly (readonly Diagnostic[])[];
      /** What the baseline knows, by project. */
      readonly known: readonly (readonly Diagnostic[])[];
    }
  /** A sentence without its full stop: the call can't be done. */
  | { readonly why: string };

export async function selectFindings(
  projects: readonly SelectedProject[],
  selection: Selection,
  surroundings: Surroundings,
): Promise<Selected> {
  const { baseline, changedSince } = selection;
  const all = projects.map(({ checked }) => checked.diagnostics);
  const none = projects.map(() => []);
  if (changedSince !== undefined) {
    const changed = changedFiles(surroundings.folder, changedSince);
    if ("why" in changed) return { why: `can't tell what has changed: ${changed.why}` };
    const touched = projects.map(({ root, checked }) => touchedFiles(root, checked.imports, changed.files));
    const isTouched = (index: number, file: string): boolean => touched[index]?.has(file) === true;
    const shown = projects.map((project, index) => only(project, ({ file }) => isTouched(index, file)));
    return baseline === undefined
      ? { shown: shown.map(diagnosticsOf), known: none }
      : compare(shown, selection, surroundings);
  }
  return baseline === undefined ? { shown: all, known: none } : compare(projects, selection, surroundings);
}

function diagnosticsOf({ checked }: SelectedProject): readonly Diagnostic[] {
  return checked.diagnostics;
}

/** The project with some of its findings. */
function only(project: SelectedProject, isWanted: (diagnostic: Diagnostic) => boolean): SelectedProject {
  const { diagnostics, keys } = project.checked;
  const kept = diagnostics.flatMap((diagnostic, index) => (isWanted(diagnostic) ? [index] : []));
  const checked = {
    ...project.checked,
    diagnostics: kept.flatMap((index) => diagnostics[index] ?? []),
    keys: kept.flatMap((index) => keys[index] ?? []),
  };
  return { root: project.root, checked };
}

interface Finding extends KnownBy {
  readonly project: number;
  readonly diagnostic: Diagnostic;
}

async function compare(
  projects: readonly SelectedProject[],
  selection: Selection,
  surroundings: Surroundings,
): Promise<Selected> {
  const name = selection.baseline ?? "";
  const path = resolve(surroundings.folder, name);
  const { allDiagnostics } = await import("@sequitur/compiler");
  // A baseline is no way to build in spite of an error.
  const isError = ({ code }: Diagnostic): boolean => allDiagnostics[code]?.severity === "error";
  const findings = projects.flatMap(({ root, checked }, project) =>
    checked.diagnostics.flatMap((diagnostic, index): Finding[] => {
      const key = checked.keys[index] ?? { within: "", text: "" };
      const file = relative(dirname(path), resolve(root, diagnostic.file)).split(sep).join("/");
      return isError(diagnostic) ? [] : [{ project, diagnostic, file, code: diagnostic.code, ...key }];
    }),
  );
  if (selection.updateBaseline) {
    const problem = await writeWhole(path, baselineText(findings));
    if (problem !== undefined) return { why: `can't write ${name}: ${problem}` };
    surroundings.stderr.write(
      `${displayPath(path, ".", surroundings.folder)} notes ${counted(findings.length, "finding")}\n`,
    );
    return partition(projects, findings);
  }
  const baseline = readBaseline(path);
  if ("why" in baseline) return { why: `can't use ${name}: ${baseline.why}` };
  const { added, gone } = newFindings(findings, baseline.entries);
  // A part of the findings says nothing about the rest of the baseline.
  if (gone > 0 && selection.changedSince === undefined) {
    surroundings.stderr.write(
      `${counted(gone, "finding")} of ${name} ${gone === 1 ? "is" : "are"} gone: --update-baseline forgets what is gone\n`,
    );
  }
  const news = new Set<Finding>(added);
  return partition(
    projects,
    findings.filter((finding) => !news.has(finding)),
  );
}

/** Takes the known findings out. */
function partition(projects: readonly SelectedProject[], known: readonly Finding[]): Selected {
  const taken = new Set(known.map(({ diagnostic }) => diagnostic));
  return {
    shown: projects.map(({ checked }) => checked.diagnostics.filter((diagnostic) => !taken.has(diagnostic))),
    known: projects.map(({ checked }) => checked.diagnostics.filter((diagnostic) => taken.has(diagnostic))),
  };
}
