// Checks files: what the language says, with the severities that the project's configuration gives. Everything comes in
// through the host; everything wrong comes out as a diagnostic, sorted by place.
import type { Diagnostic } from "@sequitur/grammar";
import { allDiagnostics } from "./all-diagnostics.ts";
import { folderOf } from "./bind/project-path.ts";
import { loadProgram } from "./bind/load-program.ts";
import { checkProgram } from "./check/check-program.ts";
import { evaluateConstants } from "./constants/check-constants.ts";
import type { CompilerHost } from "./host.ts";
import type { CheckedProgram } from "./model/checked-program.ts";
import { loadConfiguration } from "./project/configuration.ts";
import type { Configuration } from "./project/configuration.ts";
import { ruleSeverities } from "./project/rule-severities.ts";
import type { RuleSeverities } from "./project/rule-severities.ts";

export interface Checked {
  /** By file, then place; each with the severity that the configuration gives it. */
  readonly diagnostics: readonly Diagnostic[];
  readonly program: CheckedProgram;
  /** The text of every file that a diagnostic may point into, by path. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Checks these files and all they import. Cost linear in their texts. */
export function check(host: CompilerHost, paths: readonly string[]): Checked {
  const configurations = new Configurations(host);
  const checked = checkProgram(loadProgram(host, paths), host);
  const constants = evaluateConstants(checked);
  const found = withoutDoubles([...checked.diagnostics, ...constants.diagnostics]);
  const program: CheckedProgram = { ...checked, constants: constants.values, diagnostics: found };
  for (const path of paths) configurations.of(path);
  const diagnostics = [...configurations.apply(found), ...configurations.diagnostics];
  return { diagnostics: sorted(diagnostics), program, sources: sourcesOf(host, program, diagnostics) };
}

/** Configurations by folder, each read once. */
export class Configurations {
  private readonly host: CompilerHost;
  private readonly known = new Map<
    string,
    { readonly configuration: Configuration; readonly severities: RuleSeverities }
  >();
  private readonly reported = new Map<string, Diagnostic>();

  constructor(host: CompilerHost) {
    this.host = host;
  }

  of(path: string): Configuration {
    return this.entry(path).configuration;
  }

  /** Findings about the configurations that were read so far. */
  get diagnostics(): readonly Diagnostic[] {
    return [...this.reported.values()];
  }

  /** Findings with the severities that hold for their files. */
  apply(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    return diagnostics.flatMap((diagnostic) => this.entry(diagnostic.file).severities.apply([diagnostic]));
  }

  private entry(path: string) {
    const folder = folderOf(path);
    const known = this.known.get(folder);
    if (known !== undefined) return known;
    const { configuration, diagnostics } = loadConfiguration(this.host, path);
    const severities = ruleSeverities(configuration, allDiagnostics);
    for (const diagnostic of [...diagnostics, ...severities.diagnostics]) {
      this.reported.set(`${diagnostic.file}:${diagnostic.start}:${diagnostic.code}`, diagnostic);
    }
    const entry = { configuration, severities };
    this.known.set(folder, entry);
    return entry;
  }
}

/** What one stage computed and reported, another computes and reports again. */
export function withoutDoubles(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const key = `${diagnostic.file}:${diagnostic.start}:${diagnostic.end}:${diagnostic.code}`;
    if (!seen.has(key)) seen.set(key, diagnostic);
  }
  return [...seen.values()];
}

/** By file, place and code: the order in which people read, and the same on every machine. */
export function sorted(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => {
    if (a.file !== b.file) return a.file < b.file ? -1 : 1;
    return a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
  });
}

/** Texts of the program's modules, and of other files that diagnostics point into (a configuration, the lock). */
export function sourcesOf(
  host: CompilerHost,
  program: CheckedProgram,
  diagnostics: readonly Diagnostic[],
): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const [path, module] of program.modules) sources.set(path, module.parsed.text);
  for (const { file, related } of diagnostics) {
    for (const path of [file, ...related.map((each) => each.file)]) {
      if (sources.has(path)) continue;
      const answer = host.readText(path);
      sources.set(path, answer.kind === "text" ? answer.text : "");
    }
  }
  return sources;
}
