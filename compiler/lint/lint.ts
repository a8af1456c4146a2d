// Looks at every node of a checked program once, and lets the rules that are on for its file see those of their kinds. What
// severity a finding gets in the end, and what comments silence, is decided by the caller.
import { childFields, createDiagnostic } from "@sequitur/grammar";
import type { Clause, Diagnostic, Node, NodeKind, Severity, Span, StringLiteral } from "@sequitur/grammar";
import type { CheckedProgram } from "../model/checked-program.ts";
import type { Module } from "../model/module.ts";
import { NameUses } from "./name-uses.ts";
import type { ExternalLint, LintContext, LintDetails, LintRule, RuleOptionValue } from "./rule.ts";
import { programOf, wordsOf } from "./step-parts.ts";

/** A rule that is on for a file. */
export interface ActiveRule {
  readonly rule: LintRule;
  readonly severity: Severity;
  /** One value for each option that the rule declares. */
  readonly options: { readonly [name: string]: RuleOptionValue };
}

export interface Linted {
  /** In the order of modules and places. */
  readonly diagnostics: readonly Diagnostic[];
  /** A rule asked for another linter and there was none. */
  readonly wantsExternalLint: boolean;
}

/** The findings of the rules that are on. Cost linear in the texts. */
export function lint(
  program: CheckedProgram,
  activeFor: (path: string) => readonly ActiveRule[],
  externalLint?: ExternalLint,
): Linted {
  return new Linter(program, activeFor, externalLint).run();
}

/** What a rule does with a node of one kind. */
interface Listener {
  readonly visit: (node: Node, ctx: LintContext) => void;
  readonly ctx: LintContext;
}

/** Who hears of a node: by its kind, and by what is known at once of a comparison and of a command. */
interface Listeners {
  readonly kinds: Partial<Record<NodeKind, Listener[]>>;
  readonly operators: Map<string, Listener[]>;
  readonly programs: Map<string, Listener[]>;
}

type Fields = Readonly<{ [field: string]: Node | readonly Node[] | undefined }>;

interface SplitWords {
  readonly command: StringLiteral;
  readonly words: readonly string[];
}

interface Started {
  readonly command: StringLiteral;
  readonly program: string;
}

class Linter {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly uses = new NameUses();
  private readonly ancestors: Node[] = [];
  private disabledDepth = 0;
  private lastSplit: SplitWords | undefined;
  private lastStarted: Started | undefined;
  private readonly program: CheckedProgram;
  private readonly activeFor: (path: string) => readonly ActiveRule[];

  private readonly externalLint: ExternalLint | undefined;
  private wantsExternalLint = false;

  constructor(
    program: CheckedProgram,
    activeFor: (path: string) => readonly ActiveRule[],
    externalLint: ExternalLint | undefined,
  ) {
    this.externalLint = externalLint;
    this.program = program;
    this.activeFor = activeFor;
  }

  run(): Linted {
    const isBroken = this.program.diagnostics.some(({ severity }) => severity === "error");
    const ends: (() => void)[] = [];
    for (const module of this.program.modules.values()) {
      const listeners: Listeners = { kinds: {}, operators: new Map(), programs: new Map() };
      for (const active of this.activeFor(module.path)) {
        const { rule } = active;
        if (rule.absence && isBroken) continue;
        const ctx = this.contextOf(module, active);
        for (const [kind, visit] of Object.entries(rule.visit)) {
          // The key names the kind that the visitor takes.
          const listener: Listener = { visit: visit as Listener["visit"], ctx };
          if (kind === "binary" && rule.operators !== undefined) {
            for (const operator of rule.operators) addTo(listeners.operators, operator, listener);
          } else if (kind === "run" && rule.programs !== undefined) {
            for (const program of rule.programs) addTo(listeners.programs, program, listener);
          } else (listeners.kinds[kind as NodeKind] ??= []).push(listener);
        }
        if (rule.atEnd !== undefined) ends.push(() => rule.atEnd?.(ctx));
      }
      this.walkModule(module, listeners);
    }
    for (const end of ends) end();
    return { diagnostics: this.diagnostics, wantsExternalLint: this.wantsExternalLint };
  }

  private contextOf(module: Module, { rule, severity, options }: ActiveRule): LintContext {
    const { program, ancestors, uses } = this;
    return {
      program,
      module,
      options,
      ancestors,
      uses,
      wordsOf: (command) => this.wordsOf(command),
      programOf: (command) => this.programOf(command),
      externalLint: (language, text) => {
        if (this.externalLint === undefined) this.wantsExternalLint = true;
        return this.externalLint?.(language, text);
      },
      report: (place: Span, args: unknown, details: LintDetails = {}) => {
        // What is disabled does not run; only a rule about that itself speaks there.
        if (this.disabledDepth > 0 && rule.visit.disabled === undefined) return;
        const at = { file: module.path, start: place.start, end: place.end };
        this.diagnostics.push(createDiagnostic(rule, at, args, { ...details, severity }));
      },
    };
  }

  /** Several rules ask for the words of one command, one after the other. */
  private wordsOf(command: StringLiteral): readonly string[] {
    if (this.lastSplit?.command !== command) this.lastSplit = { command, words: wordsOf(command) };
    return this.lastSplit.words;
  }

  private programOf(command: StringLiteral): string {
    if (this.lastStarted?.command !== command) this.lastStarted = { command, program: programOf(command) };
    return this.lastStarted.program;
  }

  private walkModule(module: Module, listeners: Listeners): void {
    const { uses } = this;
    uses.enterModule(module);
    const { tree } = module.parsed;
    for (const { visit, ctx } of listeners.kinds.file ?? []) visit(tree, ctx);
    this.ancestors.push(tree);
    for (const declaration of tree.declarations) {
      uses.enterDeclaration(declaration);
      this.walk(declaration, listeners);
      uses.leaveDeclaration();
    }
    this.ancestors.pop();
  }

  /** Parents first, in source order, without recursion: a chain of operators may be as deep as the file is long. */
  private walk(top: Node, listeners: Listeners): void {
    const { uses, ancestors } = this;
    const waiting: (Node | undefined)[] = [top];
    while (waiting.length > 0) {
      const node = waiting.pop();
      if (node === undefined) {
        const left = ancestors.pop();
        if (this.disabledDepth > 0 && left !== undefined && isDisabled(left)) this.disabledDepth -= 1;
        continue;
      }
      if (isDisabled(node)) this.disabledDepth += 1;
      uses.note(node);
      this.tell(node, listeners);
      ancestors.push(node);
      waiting.push(undefined);
      this.pushChildren(node, waiting, listeners);
    }
  }

  /** In reverse, so that the first one is taken first. What files are made of goes its own way, past the table: it is many. */
  private pushChildren(node: Node, waiting: (Node | undefined)[], listeners: Listeners): void {
    switch (node.kind) {
      case "step":
        for (let at = node.clauses.length - 1; at >= 0; at--) this.push(node.clauses[at] as Node, waiting, listeners);
        this.push(node.action, waiting, listeners);
        if (node.title !== undefined) this.push(node.title, waiting, listeners);
        return;
      case "block":
        for (let at = node.statements.length - 1; at >= 0; at--) waiting.push(node.statements[at]);
        return;
      case "binary":
        this.push(node.right, waiting, listeners);
        this.push(node.left, waiting, listeners);
        return;
      case "member":
        this.push(node.object, waiting, listeners);
        return;
      case "when":
        this.push(node.condition, waiting, listeners);
        return;
      case "run":
        this.push(node.command, waiting, listeners);
        return;
      case "timeout":
        this.push(node.duration, waiting, listeners);
        return;
      default:
        this.pushByTable(node, waiting, listeners);
    }
  }

  private pushByTable(node: Node, waiting: (Node | undefined)[], listeners: Listeners): void {
    const fields: readonly string[] = childFields[node.kind];
    for (let at = fields.length - 1; at >= 0; at--) {
      const value = (node as unknown as Fields)[fields[at] ?? ""];
      if (value === undefined) continue;
      if (!isList(value)) this.push(value, waiting, listeners);
      else for (let index = value.length - 1; index >= 0; index--) this.push(value[index] as Node, waiting, listeners);
    }
  }

  /** Leaves, which most nodes are, are looked at on the spot: their order among each other means nothing to any rule. */
  private push(node: Node, waiting: (Node | undefined)[], listeners: Listeners): void {
    if (!isLeaf(node)) {
      waiting.push(node);
      return;
    }
    this.uses.note(node);
    const heard = listeners.kinds[node.kind];
    if (heard !== undefined) call(heard, node);
  }

  private tell(node: Node, listeners: Listeners): void {
    const heard = listeners.kinds[node.kind];
    if (heard !== undefined) call(heard, node);
    let known: readonly Listener[] | undefined;
    if (node.kind === "binary") known = listeners.operators.get(node.operator);
    else if (node.kind === "run" && listeners.programs.size > 0 && node.command.kind === "string") {
      known = listeners.programs.get(this.programOf(node.command));
    }
    if (known !== undefined) call(known, node);
  }
}

function call(listeners: readonly Listener[], node: Node): void {
  for (let index = 0; index < listeners.length; index++) {
    const listener = listeners[index];
    if (listener !== undefined) listener.visit(node, listener.ctx);
  }
}

function addTo(map: Map<string, Listener[]>, key: string, listener: Listener): void {
  const others = map.get(key);
  if (others === undefined) map.set(key, [listener]);
  else others.push(listener);
}

/** Nothing is in it that a rule can hear: names are read with what they stand in. */
function isLeaf(node: Node): boolean {
  switch (node.kind) {
    case "reference":
    case "path":
    case "name":
    case "doc":
    case "stringText":
    case "number":
    case "boolean":
    case "missing":
      return true;
    case "string":
      return node.parts.length === 0 || (node.parts.length === 1 && node.parts[0]?.kind === "stringText");
    default:
      return false;
  }
}

function isList(value: Node | readonly Node[]): value is readonly Node[] {
  return Array.isArray(value);
}

function isDisabled(node: Node): boolean {
  if (node.kind !== "step" && node.kind !== "group") return false;
  const clauses: readonly Clause[] = node.clauses;
  for (let index = 0; index < clauses.length; index++) if (clauses[index]?.kind === "disabled") return true;
  return false;
}
