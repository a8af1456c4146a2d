// Checks a program again after an edit: what can't have changed its meaning is left as it was checked. What it gives equals
// what a check from the start gives; a property test holds it to that.
import { childrenOf, walk } from "@sequitur/grammar";
import type { Block, Declaration, Diagnostic, Expression, Node, Span, Statement } from "@sequitur/grammar";
import type { Value } from "@sequitur/runtime/plan";
import { loadProgram } from "../bind/load-program.ts";
import { checkDeclaration } from "../check/declarations.ts";
import { checkExpression } from "../check/expression.ts";
import { checkCalls, checkedProgram, checkTogether, orderByDeclaration } from "../check/check-program.ts";
import { createProgramContext, createTables } from "../check/program-context.ts";
import type { ProgramContext } from "../check/program-context.ts";
import { ConstantEvaluator } from "../constants/constant-evaluator.ts";
import type { CompilerHost } from "../host.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import type { Module } from "../model/module.ts";
import type { SequenceSymbol } from "../model/symbol.ts";
import { CallGraph } from "./call-graph.ts";
import { changedNames } from "./changed-names.ts";
import type { ChangedNames } from "./changed-names.ts";
import { mentionsAny } from "./mentions.ts";
import { ModuleStore } from "./module-store.ts";
import type { StoredModule } from "./module-store.ts";
import { StepMemory } from "./step-memory.ts";
import type { ParsedTexts } from "./parsed-texts.ts";

/** What the language says about a program. */
export interface IncrementallyChecked {
  readonly program: CheckedProgram;
  /** By file, in no particular order. */
  readonly findings: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** What is remembered of a module's last check. */
interface Outcome {
  /** Declarations whose meaning stands in the tables. */
  readonly covered: ReadonlySet<Declaration>;
  /** Sequences that were looked at. */
  readonly sequences: ReadonlySet<SequenceSymbol>;
  /** Those declarations about which, or about something in which, something was said. */
  readonly spokenOf: Set<Declaration>;
  /** Something was said at a place that belongs to no declaration. */
  isUnclear: boolean;
  /** What checking its declarations said; also about other files, where a function failed for the values given here. */
  findings: readonly Diagnostic[];
}

const noNames: ReadonlySet<string> = new Set();

export class IncrementalCheck {
  private readonly host: CompilerHost;
  private readonly texts: ParsedTexts;
  private readonly store = new ModuleStore();
  private readonly tables = createTables();
  private readonly constants = new Map<Expression, Value>();
  private readonly outcomes = new Map<Module, Outcome>();
  private readonly steps: StepMemory;
  private readonly calls = new CallGraph();
  /** What following calls said, by the module that it was said of. */
  private readonly callFindings = new Map<Module, readonly Diagnostic[]>();
  private changed: ChangedNames = new Map();
  /** Modules of which nothing counts that was known. */
  private unclear: ReadonlySet<Module> = new Set();

  constructor(host: CompilerHost, texts: ParsedTexts) {
    this.host = host;
    this.texts = texts;
    this.steps = new StepMemory(
      (module) => this.changed.get(module) ?? noNames,
      (module) => this.unclear.has(module),
      (step) => this.purge(step),
    );
  }

  /** Checks these files and all they import. */
  check(paths: readonly string[]): IncrementallyChecked {
    this.store.begin();
    this.steps.begin();
    const modules = loadProgram(this.host, paths, (text, path) => this.store.open(this.texts.parsed(path, text)));
    this.store.keepOnly(modules);
    this.changed = changedNames(this.store, modules);
    const again = this.modulesToCheck(modules);
    const memory = { memory: this.steps, tables: this.tables };
    const program = createProgramContext(this.host, modules, checkExpression, memory);
    this.unclear = new Set([...again].filter((module) => this.outcomes.get(module)?.isUnclear !== false));
    const kept = new Map([...again].map((module) => [module, this.keptOf(module)]));
    for (const [module, declarations] of kept) this.prepare(program, module, declarations);
    for (const [module, declarations] of kept) {
      for (const node of module.parsed.tree.declarations) {
        if (!declarations.has(node)) checkDeclaration(program, module, node);
      }
    }
    const found = program.diagnostics.splice(0);
    this.checkCalls(program, again);
    checkTogether(program);
    const result = this.evaluate(program, found, again);
    this.note(modules, again);
    return result;
  }

  // ---- What to check --------------------------------------------------------------------------------------------------

  private modulesToCheck(modules: ReadonlyMap<string, Module>): ReadonlySet<Module> {
    const edited = new Set<string>();
    for (const [path, module] of modules) if (this.store.of(path)?.checked !== module.parsed) edited.add(path);
    const editedSequences = new Set([...this.store.edited].map((symbol) => symbol.name));
    const again = new Set<Module>();
    for (const [path, module] of modules) {
      const outcome = this.outcomes.get(module);
      const isTouched = outcome === undefined || edited.has(path) || this.changed.has(module);
      if (isTouched || pointsInto(path, outcome.findings, edited) || simulates(module, editedSequences))
        again.add(module);
    }
    return again;
  }

  /** The declarations of a module that need not be checked again. */
  private keptOf(module: Module): ReadonlySet<Declaration> {
    const outcome = this.outcomes.get(module);
    const kept = new Set<Declaration>();
    if (outcome === undefined || outcome.isUnclear) return kept;
    const changed = this.changed.get(module) ?? noNames;
    for (const node of module.parsed.tree.declarations) {
      if (!outcome.covered.has(node) || outcome.spokenOf.has(node)) continue;
      // These look into sequences, of which the names say nothing.
      if (node.kind === "test" || node.kind === "deployment") continue;
      if (!mentionsAny(node, changed)) kept.add(node);
    }
    return kept;
  }

  /** Takes out of the tables what will be checked again. */
  private prepare(program: ProgramContext, module: Module, kept: ReadonlySet<Declaration>): void {
    const outcome = this.outcomes.get(module);
    const covered = outcome?.covered;
    for (const node of module.parsed.tree.declarations) {
      if (kept.has(node)) continue;
      const symbol = "name" in node && node.name.kind === "name" ? module.declared.get(node.name.text) : undefined;
      if (symbol?.kind === "fn" && symbol.node === node) program.fnCalls.delete(symbol);
      if (node.kind !== "sequence") {
        if (covered?.has(node) === true) this.purge(node);
        continue;
      }
      if (symbol?.kind !== "sequence" || symbol.node !== node) {
        // Its name is another one's: it is not checked, and nothing is known of it.
        this.purge(node);
        continue;
      }
      if (outcome?.sequences.has(symbol) !== true) this.steps.startAfresh(symbol);
      for (const variable of program.variables.get(symbol) ?? []) program.symbolTypes.delete(variable);
      program.scopes.delete(symbol);
      this.purgeAround(node);
    }
  }

  /** Takes the meaning of all nodes in a node out of the tables. */
  private purge(node: Node): void {
    walk(node, (inner) => this.purgeOne(inner));
  }

  /** The same of a sequence without its steps, which are looked at one by one. */
  private purgeAround(node: Node): void {
    walk(node, (inner) => {
      if (inner.kind === "step") return false;
      this.purgeOne(inner);
      return true;
    });
  }

  private purgeOne(node: Node): void {
    // Each table has nodes of some kinds alone; a node of another kind is simply not there.
    const key = node as never;
    const { resolutions, types, expected, paths, typeNodes, targets } = this.tables;
    resolutions.delete(key);
    types.delete(key);
    expected.delete(key);
    paths.delete(key);
    typeNodes.delete(key);
    targets.delete(key);
    this.constants.delete(key);
  }

  /** Follows calls where a sequence was checked again, or one that has to do with it by whatever calls. */
  private checkCalls(program: ProgramContext, again: ReadonlySet<Module>): void {
    orderByDeclaration(program);
    const concerned = this.calls.concerned(program, again);
    for (const module of concerned) this.callFindings.delete(module);
    for (const module of this.callFindings.keys()) {
      if (program.modules.get(module.path) !== module) this.callFindings.delete(module);
    }
    checkCalls(
      program,
      [...program.scopes.keys()].filter(({ module }) => concerned.has(module)),
    );
    for (const diagnostic of program.diagnostics.splice(0)) {
      const module = program.modules.get(diagnostic.file);
      if (module === undefined) continue;
      this.callFindings.set(module, [...(this.callFindings.get(module) ?? []), diagnostic]);
    }
  }

  // ---- What was found -------------------------------------------------------------------------------------------------

  private evaluate(
    program: ProgramContext,
    found: readonly Diagnostic[],
    again: ReadonlySet<Module>,
  ): IncrementallyChecked {
    const whole = program.diagnostics;
    const checked = checkedProgram(program, []);
    const byFile = new Map<string, Diagnostic[]>();
    for (const diagnostic of [...found, ...program.evaluator.diagnostics]) add(byFile, diagnostic);
    for (const module of again) {
      const own = byFile.get(module.path) ?? [];
      const outcome = { ...coveredOf(module), spokenOf: new Set<Declaration>(), isUnclear: false, findings: own };
      this.outcomes.set(module, outcome);
      for (const finding of own) this.speakOf(module, outcome, finding);
      outcome.findings = [...own, ...this.evaluateConstants(program, module, outcome)];
    }
    const findings = new Map<string, Diagnostic[]>();
    for (const [path, module] of program.modules) {
      findings.set(path, [...module.parsed.diagnostics, ...module.diagnostics]);
    }
    for (const module of program.modules.values()) {
      for (const diagnostic of this.outcomes.get(module)?.findings ?? []) add(findings, diagnostic);
    }
    for (const list of this.callFindings.values()) for (const diagnostic of list) add(findings, diagnostic);
    for (const diagnostic of whole) add(findings, diagnostic);
    const all = [...findings.values()].flat();
    return { program: { ...checked, constants: this.constants, diagnostics: all }, findings };
  }

  /** Computes what is known before the run of what was checked again. */
  private evaluateConstants(program: ProgramContext, module: Module, outcome: Outcome): readonly Diagnostic[] {
    const evaluator = new ConstantEvaluator(program);
    for (const expression of program.computable.get(module.path) ?? []) {
      const { attempts } = evaluator;
      const value = evaluator.valueOf(expression, module.path);
      if (value !== undefined) this.constants.set(expression, value);
      // What fails may be in a function somewhere else: it is this place that has to be looked at again.
      if (evaluator.attempts !== attempts) this.speakOf(module, outcome, expression);
    }
    return evaluator.diagnostics;
  }

  /** Marks what a finding is about, so that it is checked again and the finding made anew. */
  private speakOf(module: Module, outcome: Outcome, { start, end }: Span): void {
    const declaration = module.parsed.tree.declarations.find((node) => node.start <= start && end <= node.end);
    if (declaration === undefined) {
      outcome.isUnclear = true;
      return;
    }
    outcome.spokenOf.add(declaration);
    for (let node: Node | undefined = declaration; node !== undefined;) {
      if (node.kind === "step") this.steps.speakOf(node);
      node = holders(node).find((child) => child.start <= start && end <= child.end);
    }
  }

  private note(modules: ReadonlyMap<string, Module>, again: ReadonlySet<Module>): void {
    for (const [path, module] of modules) {
      const stored: StoredModule | undefined = this.store.of(path);
      if (stored !== undefined && again.has(module)) stored.checked = module.parsed;
    }
    for (const module of this.outcomes.keys()) if (modules.get(module.path) !== module) this.outcomes.delete(module);
  }
}

/** What may hold steps in a node: not the parts of a step itself. */
function holders(node: Node): readonly Node[] {
  switch (node.kind) {
    case "sequence":
      return node.members;
    case "group":
    case "if":
    case "for":
      return childrenOf(node).filter(
        (child): child is Block | Statement => child.kind === "block" || child.kind === "if",
      );
    case "block":
      return node.statements;
    default:
      return [];
  }
}

/** What a check has looked at: no declarations whose name another one has. */
function coveredOf(module: Module): Pick<Outcome, "covered" | "sequences"> {
  const covered = new Set<Declaration>();
  const sequences = new Set<SequenceSymbol>();
  for (const node of module.parsed.tree.declarations) {
    const symbol = "name" in node && node.name.kind === "name" ? module.declared.get(node.name.text) : undefined;
    if (symbol !== undefined && symbol.node !== node) continue;
    covered.add(node);
    if (symbol?.kind === "sequence") sequences.add(symbol);
  }
  return { covered, sequences };
}

/** Do findings of a file's check show or mend a place in one of these other files? */
function pointsInto(path: string, findings: readonly Diagnostic[], files: ReadonlySet<string>): boolean {
  return findings.some(({ file, related, fixes }) => {
    return (
      (file !== path && files.has(file)) ||
      related.some(({ file }) => files.has(file)) ||
      fixes.some(({ edits }) => edits.some(({ file }) => files.has(file)))
    );
  });
}

/** Does a test of the module ask about one of these sequences? */
function simulates(module: Module, sequences: ReadonlySet<string>): boolean {
  if (sequences.size === 0) return false;
  return module.parsed.tree.declarations.some((node) => node.kind === "test" && mentionsAny(node, sequences));
}

function add(byFile: Map<string, Diagnostic[]>, diagnostic: Diagnostic): void {
  const list = byFile.get(diagnostic.file);
  if (list === undefined) byFile.set(diagnostic.file, [diagnostic]);
  else list.push(diagnostic);
}
