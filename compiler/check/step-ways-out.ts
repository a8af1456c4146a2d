// The ways out of a reference to nothing that go for any step: switch it off until what it needs is there, where the finding
// is a warning, or do without the step. Neither is safe; what loses nothing comes first, since `check --fix-unsafe` applies
// the first. What was probably meant is the finding's own fix.
import type { Fix, Location, Step, TextEdit } from "@sequitur/grammar";
import type { Module } from "../model/module.ts";

/** The step that is being checked. */
export interface StepPlace {
  readonly module: Module;
  readonly step: Step;
}

/** A package, account, file, sequence, step, variable, action, parameter … that there is not. */
const brokenReferences: ReadonlySet<string> = new Set([
  "SEQ2004",
  "SEQ2005",
  "SEQ2007",
  "SEQ2009",
  "SEQ2101",
  "SEQ2102",
  "SEQ2103",
  "SEQ2104",
  "SEQ2105",
  "SEQ2107",
  "SEQ2108",
  "SEQ2109",
  "SEQ2111",
  "SEQ2113",
]);

/** None for other findings, and outside of steps: a declaration may be looked at because a step uses it. */
export function stepWaysOut(code: string, at: Location, place: StepPlace | undefined): readonly Fix[] {
  if (place === undefined || !brokenReferences.has(code)) return [];
  const { module, step } = place;
  if (at.file !== module.path || at.start < step.start || at.end > step.end) return [];
  const remove: Fix = { title: "Remove the step", safe: false, edits: [removal(place)] };
  if (step.clauses.some(({ kind }) => kind === "disabled")) return [remove];
  const { end } = step;
  const disable: TextEdit = { file: module.path, start: end, end, text: " disabled" };
  return [{ title: "Disable the step", safe: false, edits: [disable] }, remove];
}

/** With its documentation, and with its lines where nothing else stands on them. */
function removal({ module, step }: StepPlace): TextEdit {
  const { text } = module.parsed;
  let start = step.doc?.start ?? step.start;
  let { end } = step;
  const before = /(?:^|\n)([ \t]*)$/.exec(text.slice(Math.max(0, start - longestIndent), start));
  const after = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end, end + longestIndent));
  if (before !== null && after !== null) {
    start -= (before[1] ?? "").length;
    end += after[0].length;
  }
  return { file: module.path, start, end, text: "" };
}

const longestIndent = 200;
