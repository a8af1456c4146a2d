// What differs between two versions, as data that the reports (text, Markdown, JSON) and the coloured diagram are made from.
import type { OutlineField } from "../outline/outline.ts";
import type { PictureSequence } from "../picture/picture.ts";

/** One thing that was set otherwise. Absent `before`: it is new; absent `after`: it is gone. */
export interface FieldChange {
  readonly kind: OutlineField["kind"] | "name" | "action" | "label";
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** What became of one step, group, branch or loop. One that was moved may have changed too. */
export interface NodeChange {
  readonly kind: "added" | "removed" | "changed" | "moved";
  readonly what: "step" | "group" | "if" | "for";
  readonly name: string;
  /** The names of the blocks around it, outermost first; where it is now, or where it was if it is gone. */
  readonly within: readonly string[];
  /** Of one that moved: where it was. */
  readonly from?: readonly string[];
  /** Of one that moved within its block: the name before it; empty: it is the first. */
  readonly follows?: string;
  readonly fields: readonly FieldChange[];
  /** How many steps are in what was added or removed. */
  readonly steps: number;
  /** From 1; in the file of the sequence. */
  readonly lineBefore?: number;
  readonly lineAfter?: number;
  /** What a reviewer should look at, in words: `destroys data`. */
  readonly warnings: readonly string[];
}

export interface SequenceChange {
  readonly kind: "added" | "removed" | "changed";
  readonly name: string;
  readonly title: string;
  readonly file: string;
  /** How many steps are in one that was added or removed; else 0. */
  readonly steps: number;
  /** Title, parameters, variables, options. */
  readonly fields: readonly FieldChange[];
  readonly nodes: readonly NodeChange[];
}

export interface DeclarationChange {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly before?: string;
  readonly after?: string;
}

export interface Comparison {
  /** Those that differ. */
  readonly sequences: readonly SequenceChange[];
  readonly declarations: readonly DeclarationChange[];
  /** Both versions in one, for a diagram; what is the same included. */
  readonly merged: readonly PictureSequence[];
}

/** Whether nothing was found to differ. */
export function isEmpty({ sequences, declarations }: Comparison): boolean {
  return sequences.length === 0 && declarations.length === 0;
}
