// Checks files: what the language and the linter say, with the severities that the project's configuration gives,
// less what comments silence. Everything comes in
// through the host; everything wrong comes out as a diagnostic, sorted by place.
import { createDiagnostic } from "@sequitur/grammar";
import type { Diagnostic, DiagnosticCatalogue } from "@sequitur/grammar";
import { allDiagnostics, withRules } from "./all-diagnostics.ts";
import { folderOf } from "./bind/project-path.ts";
import { loadProgram } from "./bind/load-program.ts";
import { checkProgram } from "./check/check-program.ts";
import { evaluateConstants } from "./constants/check-constants.ts";
import { pluginDiagnostics } from "./diagnostics/plugins.ts";
import type { CompilerHost } from "./host.ts";
import { activeRules } from "./lint/active-rules.ts";
import { lint } from "./lint/lint.ts";
import type { ActiveRule, Linted } from "./lint/lint.ts";
import type { ExternalLint, LintRule } from "./lint/rule.ts";
import { lintRules } from "./lint/rules.ts";
import type { CheckedProgram } from "./model/checked-program.ts";
import type { Module } from "./model/module.ts";
import { readCatalogues } from "./catalogue/project-catalogues.ts";
import { loadConfiguration } from "./project/configuration.ts";
import type { Configuration, ConfiguredPlugin } from "./project/configuration.ts";
import { ruleSeverities } from "./project/rule-severities.ts";
import type { RuleSeverities } from "./project/rule-severities.ts";
import { applySuppressions } from "./suppress/apply-suppressions.ts";
import type { SilencedDiagnostic } from "./suppress/apply-suppressions.ts";
import { readSuppressions } from "./suppress/read-suppressions.ts";

export interface CheckOptions {
  /** False: the language's findings alone, which is what a build needs; true if left out. */
  readonly lints?: boolean;
  /** What was loaded of the plugins that configurations name, by `pluginKey`: compilers load no code themselves. */
  readonly plugins?: ReadonlyMap<string, LoadedPlugin>;
  /** Another linter for scripts, for the rules that ask for one. */
  readonly externalLint?: ExternalLint;
  /** The day for comments that silence until a date, as 2027-01-31; without it none is ever over. */
  readonly today?: string;
}

/** Rules of a project's own, or a clause that says why there are none. */
export type LoadedPlugin = { readonly rules: readonly LintRule[] } | { readonly why: string };

export function pluginKey({ file, name }: Pick<ConfiguredPlugin, "file" | "name">): string {
  return `${file}:${name}`;
}

export interface Checked {
  /** By file, then place; each with the severity that the configuration gives it. */
  readonly diagnostics: readonly Diagnostic[];
  /** What comments in the sources silence. */
  readonly silenced: readonly SilencedDiagnostic[];
  /** Plugins that the configurations name and that were not given. */
  readonly missingPlugins: readonly ConfiguredPlugin[];
  /** A rule asked for another linter, and none was given. */
  readonly wantsExternalLint: boolean;
  readonly program: CheckedProgram;
  /** The text of every file that a diagnostic may point into, by path. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Checks these files and all they import. Cost linear in their texts. */
export function check(host: CompilerHost, paths: readonly string[], options: CheckOptions = {}): Checked {
  const configurations = new Configurations(host, options.lints === false ? undefined : (options.plugins ?? new Map()));
  const checked = checkProgram(loadProgram(host, paths), host);
  const constants = evaluateConstants(checked);
  const found = withoutDoubles([...checked.diagnostics, ...constants.diagnostics]);
  const program: CheckedProgram = { ...checked, constants: constants.values, diagnostics: found };
  for (const path of paths) configurations.of(path);
  const linted =
    options.lints === false ? unlinted : lint(program, (path) => configurations.rulesFor(path), options.externalLint);
  const applied = settle(
    [...found, ...linted.diagnostics],
    program.modules.values(),
    isBroken(program),
    configurations,
    options,
  );
  const diagnostics = [...applied.diagnostics, ...configurations.diagnostics];
  const { missingPlugins } = configurations;
  const { wantsExternalLint } = linted;
  const all = { diagnostics: sorted(diagnostics), silenced: applied.silenced, missingPlugins, wantsExternalLint };
  return { ...all, program, sources: sourcesOf(host, program, diagnostics) };
}

const unlinted: Linted = { diagnostics: [], wantsExternalLint: false };

/** Is there an error, whatever the configuration makes of it? */
export function isBroken(program: CheckedProgram): boolean {
  return program.diagnostics.some(({ severity }) => severity === "error");
}

/**
 * Findings about these modules with the severities that hold for their files, less what comments silence, with what is to
 * be said about the comments.
 */
export function settle(
  findings: readonly Diagnostic[],
  modules: Iterable<Module>,
  hasErrors: boolean,
  configurations: Configurations,
  options: CheckOptions,
): Pick<Checked, "diagnostics" | "silenced"> {
  const found = configurations.apply(findings);
  const read = [...modules].map(({ parsed }) => readSuppressions(parsed, configurations.catalogue));
  const suppressions = read.flatMap((each) => each.suppressions);
  const applied = applySuppressions(found, suppressions, {
    ...(options.today === undefined ? {} : { today: options.today }),
    // While there are errors some rules are silent, and a build asks none of them.
    allWereLookedFor: options.lints !== false && !hasErrors,
  });
  const about = configurations.apply([...read.flatMap((each) => each.diagnostics), ...applied.findings]);
  return { diagnostics: [...applied.diagnostics, ...about], silenced: applied.silenced };
}

interface FolderConfiguration {
  readonly configuration: Configuration;
  readonly severities: RuleSeverities;
  readonly rules: readonly ActiveRule[];
}

/** Configurations by folder, each read once. */
export class Configurations {
  private readonly host: CompilerHost;
  private readonly plugins: ReadonlyMap<string, LoadedPlugin> | undefined;
  private readonly rules: readonly LintRule[];
  /** Every finding that there is, those of the project's own rules included. */
  readonly catalogue: DiagnosticCatalogue;
  /** Plugins that were named and not given. */
  readonly missingPlugins: ConfiguredPlugin[] = [];
  private readonly known = new Map<string, FolderConfiguration>();
  private readonly reported = new Map<string, Diagnostic>();

  /** Without `plugins` nothing is said about plugins: no rule is asked. */
  constructor(host: CompilerHost, plugins?: ReadonlyMap<string, LoadedPlugin>) {
    this.host = host;
    this.plugins = plugins;
    const own = [...(plugins?.values() ?? [])].flatMap((plugin) => ("rules" in plugin ? plugin.rules : []));
    const ownRules = [...new Map(own.map((rule) => [rule.code, rule])).values()];
    this.rules = ownRules.length === 0 ? lintRules : [...lintRules, ...ownRules];
    this.catalogue = ownRules.length === 0 ? allDiagnostics : withRules(allDiagnostics, ownRules);
  }

  of(path: string): Configuration {
    return this.entry(path).configuration;
  }

  /** The rules of the linter that are on for a file. */
  rulesFor(path: string): readonly ActiveRule[] {
    return this.entry(path).rules;
  }

  /** Findings about the configurations that were read so far. */
  get diagnostics(): readonly Diagnostic[] {
    return [...this.reported.values()];
  }

  /** Findings with the severities that hold for their files. */
  apply(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    return diagnostics.flatMap((diagnostic) => this.entry(diagnostic.file).severities.apply([diagnostic]));
  }

  private entry(path: string): FolderConfiguration {
    const folder = folderOf(path);
    const known = this.known.get(folder);
    if (known !== undefined) return known;
    const { configuration, diagnostics } = loadConfiguration(this.host, path);
    const isWhole = configuration.plugins.every((plugin) => this.hasRules(plugin));
    const severities = ruleSeverities(configuration, this.catalogue, isWhole);
    const rules = activeRules(configuration, this.rules);
    const plugins = configuration.plugins.flatMap((plugin) => this.pluginFindings(plugin));
    const catalogues = readCatalogues(this.host, configuration.catalogues).diagnostics;
    const found = [...diagnostics, ...severities.diagnostics, ...rules.diagnostics, ...plugins, ...catalogues];
    for (const diagnostic of found) {
      this.reported.set(`${diagnostic.file}:${diagnostic.start}:${diagnostic.code}`, diagnostic);
    }
    const entry = { configuration, severities, rules: rules.active };
    this.known.set(folder, entry);
    return entry;
  }

  private hasRules(plugin: ConfiguredPlugin): boolean {
    const loaded = this.plugins?.get(pluginKey(plugin));
    return loaded !== undefined && "rules" in loaded;
  }

  private pluginFindings(plugin: ConfiguredPlugin): readonly Diagnostic[] {
    if (this.plugins === undefined || this.hasRules(plugin)) return [];
    const loaded = this.plugins.get(pluginKey(plugin));
    if (loaded === undefined) this.missingPlugins.push(plugin);
    const place = { file: plugin.file, start: plugin.place.start, end: plugin.place.end };
    const why = loaded !== undefined && "why" in loaded ? loaded.why : "nothing has loaded them";
    return [createDiagnostic(pluginDiagnostics.SEQ7109, place, { name: plugin.name, why })];
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
