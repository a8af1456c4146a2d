// Applies the fixes of findings to texts. Writes nothing; what overlaps waits for the next round of checking.
import type { Diagnostic, Fix, TextEdit } from "@sequitur/grammar";

export interface FixedTexts {
  /** New texts of the files that changed, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly applied: number;
  /** Fixes that touch what another one changed: they are offered again when the new texts are checked. */
  readonly deferred: number;
}

/** Takes the first fix of each finding, of the safe ones or of all, in order; a fix is applied whole or not at all. */
export function applyFixes(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  which: "safe" | "all",
): FixedTexts {
  const taken = new Map<string, TextEdit[]>();
  let applied = 0;
  let deferred = 0;
  for (const diagnostic of diagnostics) {
    const fix = diagnostic.fixes.find((candidate) => candidate.safe || which === "all");
    if (fix === undefined || !fix.edits.every((edit) => isWithin(edit, texts))) continue;
    switch (take(fix, taken)) {
      case "taken":
        applied += 1;
        break;
      case "overlaps":
        deferred += 1;
        break;
      case "known":
        break;
    }
  }
  const changed = new Map<string, string>();
  for (const [file, edits] of taken) changed.set(file, edited(texts.get(file) ?? "", edits));
  return { texts: changed, applied, deferred };
}

function isWithin(edit: TextEdit, texts: ReadonlyMap<string, string>): boolean {
  const text = texts.get(edit.file);
  return text !== undefined && edit.start >= 0 && edit.start <= edit.end && edit.end <= text.length;
}

/** Adds a fix's edits to those of each file, which are kept in order and apart from each other. */
function take(fix: Fix, taken: Map<string, TextEdit[]>): "taken" | "known" | "overlaps" {
  const added: TextEdit[] = [];
  let known = 0;
  for (const edit of fix.edits) {
    const edits = taken.get(edit.file) ?? [];
    taken.set(edit.file, edits);
    const place = placeIn(edits, edit.start);
    if (isSame(edits[place], edit)) {
      known += 1;
    } else if (overlap(edits[place - 1], edit) || overlap(edits[place], edit)) {
      for (const undone of added) remove(taken.get(undone.file) ?? [], undone);
      return "overlaps";
    } else {
      edits.splice(place, 0, edit);
      added.push(edit);
    }
  }
  return known === fix.edits.length ? "known" : "taken";
}

/** Index of the first edit that starts at or after an offset. */
function placeIn(edits: readonly TextEdit[], start: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function remove(edits: TextEdit[], edit: TextEdit): void {
  edits.splice(edits.indexOf(edit), 1);
}

/** Two findings with one and the same cure: it is taken once. */
function isSame(other: TextEdit | undefined, edit: TextEdit): boolean {
  return other !== undefined && other.start === edit.start && other.end === edit.end && other.text === edit.text;
}

/** Two insertions in one place overlap too: their order would be a guess. */
function overlap(other: TextEdit | undefined, edit: TextEdit): boolean {
  if (other === undefined) return false;
  return other.start === edit.start || (other.start < edit.end && edit.start < other.end);
}

/** `edits` are in order and do not overlap. */
function edited(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let from = 0;
  for (const edit of edits) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}
