// A module: one source file, parsed, with what it declares at the top. Made by loading; the set of modules is closed
// under imports.
import type { Diagnostic, ParsedFile } from "@sequitur/grammar";
import type { TopSymbol } from "./symbol.ts";

export interface Module {
  /** Relative to the project's root, forward slashes: the same on every machine. */
  readonly path: string;
  readonly parsed: ParsedFile;
  /** Declared here, by name; the first of several with one name. */
  readonly declared: ReadonlyMap<string, TopSymbol>;
  /** Visible here: declared, or imported by name. */
  readonly scope: ReadonlyMap<string, TopSymbol>;
  /** Names of imports that could not be found, which was reported: a use of one is no second finding. */
  readonly unresolved: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}
