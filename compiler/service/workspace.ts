// The compiler as a service for editors: files are opened, edited and closed, and findings and the checked program can be
// asked for at any moment. An edit costs what it touches; what comes out equals a check of the same files from the start.
// All calls are synchronous; nothing is computed before somebody asks.
import { parse } from "@sequitur/grammar";
import type { Diagnostic, ParsedFile, TextChange } from "@sequitur/grammar";
import { Configurations, isBroken, settle, sorted, withoutDoubles } from "../check.ts";
import type { CheckOptions } from "../check.ts";
import type { CompilerHost } from "../host.ts";
import { lint } from "../lint/lint.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import { CachedHost } from "./cached-host.ts";
import { IncrementalCheck } from "./incremental-check.ts";
import type { IncrementallyChecked } from "./incremental-check.ts";
import { ParsedTexts } from "./parsed-texts.ts";

/**
 * After so many edits all is checked from the start once: tables keep something of what was taken out, and this bounds it.
 */
const editsBetweenFreshChecks = 2000;

export interface DocumentState {
  readonly path: string;
  /** As the editor counts, or 0. */
  readonly version: number;
  readonly text: string;
}

/**
 * Files that are checked together: those that were included, those that are open, and all that they import. Trees,
 * resolutions and types that were handed out hold until the next edit, which may move nodes in place.
 */
export class Workspace {
  private readonly host: CachedHost;
  private readonly options: CheckOptions;
  private readonly texts = new ParsedTexts();
  private readonly versions = new Map<string, number>();
  private included: readonly string[] = [];
  private incremental: IncrementalCheck;
  private configurations: Configurations;
  private checked: IncrementallyChecked | undefined;
  private linted: ReadonlyMap<string, readonly Diagnostic[]> | undefined;
  private edits = 0;

  /** Answers of the host are kept until `hostChanged`. */
  constructor(host: CompilerHost, options: CheckOptions = {}) {
    this.host = new CachedHost(host);
    this.options = options;
    this.incremental = new IncrementalCheck(this.host, this.texts);
    this.configurations = this.newConfigurations();
  }

  private newConfigurations(): Configurations {
    return new Configurations(
      this.host,
      this.options.lints === false ? undefined : (this.options.plugins ?? new Map()),
    );
  }

  // ---- What is checked ------------------------------------------------------------------------------------------------

  /** Files of the project that are checked although they are not open, in the place of those included before. */
  include(paths: readonly string[]): void {
    this.included = [...paths];
    this.invalidate();
  }

  /** From now on the text counts in the place of the file. */
  open(path: string, text: string, version = 0): void {
    this.texts.open(path, text);
    this.host.show(path, () => this.texts.text(path) ?? "");
    this.versions.set(path, version);
    this.invalidate();
  }

  /** Edits an open document, one edit after the other; false: it is not open. */
  change(path: string, edits: readonly TextChange[], version?: number): boolean {
    const before = this.versions.get(path);
    if (before === undefined) return false;
    for (const edit of edits) this.texts.change(path, edit);
    this.versions.set(path, version ?? before + 1);
    this.edits += edits.length;
    this.invalidate();
    return true;
  }

  /** The file counts again. */
  close(path: string): void {
    this.texts.close(path);
    this.host.hide(path);
    this.versions.delete(path);
    this.invalidate();
  }

  /** Something was changed on the disk, configurations included: everything is asked for again, and checked again. */
  hostChanged(): void {
    this.host.forget();
    this.configurations = this.newConfigurations();
    this.startAfresh();
  }

  private startAfresh(): void {
    this.incremental = new IncrementalCheck(this.host, this.texts);
    this.edits = 0;
    this.invalidate();
  }

  private invalidate(): void {
    this.checked = this.linted = undefined;
  }

  // ---- What comes out -------------------------------------------------------------------------------------------------

  /** An open document; undefined: it is not open. */
  document(path: string): DocumentState | undefined {
    const version = this.versions.get(path);
    const text = this.texts.text(path);
    return version === undefined || text === undefined ? undefined : { path, version, text };
  }

  /** The tree of a file; undefined: there is no such text. */
  parsed(path: string): ParsedFile | undefined {
    const module = this.program().modules.get(path);
    if (module !== undefined) return module.parsed;
    const answer = this.host.readText(path);
    return answer.kind === "text" ? parse(answer.text, path) : undefined;
  }

  /** All files together, with types, resolutions and constants. */
  program(): CheckedProgram {
    return this.check().program;
  }

  /**
   * The findings about a file by place, as a check of all files gives them. `lints: false`: those of the language alone,
   * which come first while somebody types.
   */
  diagnostics(path: string, { lints = true }: { readonly lints?: boolean } = {}): readonly Diagnostic[] {
    const { program, findings } = this.check();
    const withLints = lints && this.options.lints !== false;
    const found = withoutDoubles([...(findings.get(path) ?? [])]);
    const linted = withLints ? (this.lint().get(path) ?? []) : [];
    const module = program.modules.get(path);
    const options = { ...this.options, lints: withLints };
    const modules = module === undefined ? [] : [module];
    const { diagnostics } = settle([...found, ...linted], modules, isBroken(program), this.configurations, options);
    const configured = this.configurations.diagnostics.filter(({ file }) => file === path);
    return sorted([...diagnostics, ...configured]);
  }

  /** The findings about all files, by file and place. */
  allDiagnostics(): readonly Diagnostic[] {
    const { program, findings } = this.check();
    const paths = new Set([...program.modules.keys(), ...findings.keys()]);
    for (const { file } of this.configurations.diagnostics) paths.add(file);
    return sorted([...paths].flatMap((path) => this.diagnostics(path)));
  }

  private check(): IncrementallyChecked {
    if (this.checked !== undefined) return this.checked;
    if (this.edits > editsBetweenFreshChecks) this.startAfresh();
    const paths = [...new Set([...this.included, ...this.versions.keys()])];
    this.checked = this.incremental.check(paths);
    for (const path of paths) this.configurations.of(path);
    return this.checked;
  }

  private lint(): ReadonlyMap<string, readonly Diagnostic[]> {
    if (this.linted !== undefined) return this.linted;
    const byFile = new Map<string, Diagnostic[]>();
    const rulesFor = (path: string) => this.configurations.rulesFor(path);
    const { diagnostics } = lint(this.check().program, rulesFor, this.options.externalLint);
    for (const diagnostic of diagnostics) {
      const list = byFile.get(diagnostic.file);
      if (list === undefined) byFile.set(diagnostic.file, [diagnostic]);
      else list.push(diagnostic);
    }
    this.linted = byFile;
    return byFile;
  }
}
