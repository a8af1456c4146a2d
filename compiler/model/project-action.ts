// An action that the project declares in TypeScript, as a caller sees it. Made by whoever reads TypeScript for the host;
// checking and lowering know nothing else of the file.
import type { Diagnostic, Location } from "@sequitur/grammar";
import type { Type } from "../types/type.ts";

export interface ProjectParameter {
  readonly type: Type;
  readonly required: boolean;
  /** Its documentation as written; empty: none. */
  readonly doc: string;
  /** The default as written in TypeScript; absent: none is written. */
  readonly default?: string;
  /** In the TypeScript file that declares it. */
  readonly at: Location;
}

export interface ProjectAction {
  /** As it is exported. */
  readonly name: string;
  /** The file that exports it, relative to the project. */
  readonly path: string;
  readonly doc: string;
  readonly parameters: ReadonlyMap<string, ProjectParameter>;
  /** Null: it gives nothing. Literals have become their base types: what a program gives is not known before it runs. */
  readonly output: Type | null;
  readonly phases: readonly ("winpe" | "fullos")[];
  readonly destroys: boolean;
  readonly repeatable: boolean;
  readonly at: Location;
}

/** What a TypeScript file exports under a name. */
export type ScriptExport =
  | { readonly kind: "action"; readonly action: ProjectAction }
  /** It can't be an action; the findings say why, at its place. */
  | { readonly kind: "unfit"; readonly diagnostics: readonly Diagnostic[] };

export interface ScriptFile {
  readonly exports: ReadonlyMap<string, ScriptExport>;
  /** Errors of TypeScript in the file and in what it imports of the project. */
  readonly diagnostics: readonly Diagnostic[];
}
