// Checks the files of one project with all that its configuration asks for beside the compiler: rules of its own, another
// linter for scripts. What it gives is plain data, so that it can be kept from call to call.
import type { BaselineKey, CheckOptions, CompilerHost, ConfiguredPlugin, SilencedDiagnostic } from "@sequitur/compiler";
import type { Diagnostic } from "@sequitur/grammar";
import type { Surroundings } from "../surroundings.ts";

export interface CheckedProject {
  readonly diagnostics: readonly Diagnostic[];
  readonly silenced: readonly SilencedDiagnostic[];
  /** By what each of the diagnostics is known in a baseline; empty unless it was asked for. */
  readonly keys: readonly BaselineKey[];
  /** Which file imports which; empty unless it was asked for. */
  readonly imports: { readonly [path: string]: readonly string[] };
  /** Plugins and linters outside that were asked for and not there: the findings are not the whole. */
  readonly missing: { readonly plugins: readonly ConfiguredPlugin[]; readonly externalLint: boolean };
}

/** What is needed beside the findings. */
export interface Wanted {
  readonly keys: boolean;
  readonly imports: boolean;
}

/** The day where the machine stands, as 2027-01-31. */
export function today(): string {
  const now = new Date();
  const twoDigits = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
}

/** Checks without loading or starting anything; `missing` says what that leaves out. */
export async function checkAlone(
  host: CompilerHost,
  paths: readonly string[],
  wanted: Wanted,
  options: CheckOptions,
): Promise<CheckedProject> {
  const { baselineKey, check, importGraph } = await import("@sequitur/compiler");
  const checked = check(host, paths, options);
  const { diagnostics, silenced, program } = checked;
  return {
    diagnostics,
    silenced,
    keys: wanted.keys ? diagnostics.map((diagnostic) => baselineKey(program, diagnostic)) : [],
    imports: wanted.imports ? importGraph(program) : {},
    missing: { plugins: checked.missingPlugins, externalLint: checked.wantsExternalLint },
  };
}

export function isWhole({ missing }: CheckedProject): boolean {
  return missing.plugins.length === 0 && !missing.externalLint;
}

/** What the first check was missing, for the next one. */
export async function supplied(
  { missing }: CheckedProject,
  root: string,
  surroundings: Pick<Surroundings, "environment">,
): Promise<CheckOptions> {
  const { loadPlugins } = await import("./load-plugins.ts");
  const { shellcheckLint } = await import("./shellcheck.ts");
  return {
    today: today(),
    plugins: loadPlugins(missing.plugins, root),
    externalLint: shellcheckLint(surroundings.environment),
  };
}
