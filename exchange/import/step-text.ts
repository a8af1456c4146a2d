// A step as it is being written: its action, its clauses, and what of the original is kept in `foreign`.
import type { ImportNames, Variables } from "./names.ts";
import { keyText, literal } from "./source-text.ts";

export type ClauseOwner = "process" | "use" | "call" | "restart" | "set";

export interface StepText {
  readonly owner: ClauseOwner;
  readonly action: string;
  /** Beside those that every step may have. */
  readonly clauses: readonly string[];
  /** Settings that nothing here says, by name. */
  readonly foreign: ReadonlyMap<string, string>;
  /** Where the action alone can run; undefined: in both. */
  readonly phase?: "winpe" | "fullos";
}

/** Why a step has no native form. */
export interface Refusal {
  readonly refused: string;
}

export interface ImportedFile {
  /** In the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A secret that a file holds in clear: where it stands, and what supplies it now. Never the value. */
export interface FoundSecret {
  readonly marker: string;
  readonly step: string;
  readonly setting: string;
}

/** What importing one sequence shares. */
export interface SequenceImport {
  readonly names: ImportNames;
  readonly variables: Variables;
  /** `deploy-desk`, as files and folders are named. */
  readonly fileName: string;
  readonly files: ImportedFile[];
  /** Content, accounts and other sequences that the text names. */
  readonly used: { readonly contents: Set<string>; readonly accounts: Set<string>; readonly sequences: Set<string> };
  /** Secret parameters by name, with the marker that each stands for. */
  readonly secrets: Map<string, string>;
  /** Child sequences by identifier; a name, whether it is in this import or not. */
  readonly callable: (id: string, title: string) => string;
}

export function isRefusal(step: StepText | Refusal): step is Refusal {
  return "refused" in step;
}

export function contentName(ctx: SequenceImport, kind: "package" | "image" | "application", id: string): string {
  const name = ctx.names.content(kind, id);
  ctx.used.contents.add(name);
  return name;
}

export function accountName(ctx: SequenceImport, user: string): string {
  const name = ctx.names.account(user);
  ctx.used.accounts.add(name);
  return name;
}

/** The secret parameter that stands for a value which was taken out of the file. */
export function secretName(ctx: SequenceImport, wanted: string, marker: string): string {
  for (const [name, known] of ctx.secrets) if (known === marker) return name;
  const name = ctx.names.unique(wanted);
  ctx.secrets.set(name, marker);
  return name;
}

/** What stands in the place of a secret value in everything that is written. */
export const secretMarker = /^SEQUITUR-SECRET-\d+$/;

export function foreignClause(settings: ReadonlyMap<string, string>): string | undefined {
  if (settings.size === 0) return undefined;
  const fields = [...settings].map(([name, value]) => `${keyText(name)}: ${literal(value)}`);
  return `foreign { ${fields.join(", ")} }`;
}
