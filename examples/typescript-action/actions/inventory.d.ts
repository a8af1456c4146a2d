import type { ActionContext, Secret, Size } from "@sequitur/sdk";
interface Stock {
  count: number;
  total: Size;
  /** Name of the largest file; empty if there is none. */
  largest: string;
}
/**
 * Counts the files of a folder and adds up their sizes.
 * @repeatable
 */
export declare function summarise(
  input: {
    folder: string;
    /** Endings such as `.md`; all files if left out. */
    extensions?: string[];
    /** Smaller files do not count. */
    atLeast?: Size;
  },
  context: ActionContext,
): Promise<Stock>;
/** Writes lines into a report. @repeatable */
export declare function writeReport(input: {
  path: string;
  form: "json" | "text";
  lines: readonly string[];
  /** Whoever reads the report proves with it that this run wrote it. */
  token?: Secret;
}): Promise<void>;
export {};
