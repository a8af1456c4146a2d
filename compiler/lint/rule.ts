// What a rule of the linter is: a finding of the catalogue, with options and with the kinds of nodes that it looks at. A rule
// is a pure function of the checked program: it reads no files, no clock and keeps nothing between two nodes.
import type {
  BinaryOperator,
  DiagnosticDeclaration,
  Fix,
  Node,
  NodeKind,
  NodeOfKind,
  Related,
  ScriptLanguage,
  Severity,
  Span,
  StringLiteral,
} from "@sequitur/grammar";
import type { CheckedProgram } from "../model/checked-program.ts";
import type { Module } from "../model/module.ts";
import type { NameUses } from "./name-uses.ts";
import type { ScriptPosition } from "./script-place.ts";

/** An option of a rule. Its value in sequitur.json has the type of its fallback. */
export interface RuleOption<V extends RuleOptionValue = RuleOptionValue> {
  readonly fallback: V;
  /** What it sets, with its unit, without a full stop. */
  readonly description: string;
}

export type RuleOptionValue = number | boolean | string | readonly string[];

export interface RuleOptions {
  readonly [name: string]: RuleOption;
}

type Widened<V> = V extends number
  ? number
  : V extends boolean
    ? boolean
    : V extends string
      ? string
      : readonly string[];

/** The values that a rule gets for its options. */
export type OptionValues<O extends RuleOptions> = { readonly [N in keyof O]: Widened<O[N]["fallback"]> };

/** Where a finding goes on. `severity` is not here: the configuration decides it. */
export interface LintDetails {
  readonly hint?: string;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

/** A finding of another linter in a script. */
export interface ExternalFinding {
  /** `SC2086`. */
  readonly code: string;
  /** A sentence. */
  readonly message: string;
  readonly from: ScriptPosition;
  /** Exclusive. */
  readonly to: ScriptPosition;
}

/** Hands a script to another linter; the world behind it belongs to the caller. */
export type ExternalLint = (language: ScriptLanguage, text: string) => readonly ExternalFinding[] | undefined;

/** What a rule sees beside the node that it was called with. */
export interface LintContext<A = unknown, O = unknown> {
  readonly program: CheckedProgram;
  readonly module: Module;
  readonly options: O;
  /** What is around the node, the file first and its parent last. Valid during the call alone. */
  readonly ancestors: readonly Node[];
  /** Which names are read and set. Complete in `atEnd` alone. */
  readonly uses: NameUses;
  /** The words of a command as far as they are known, the program first; a value is `valueInWord`. */
  wordsOf(command: StringLiteral): readonly string[];
  /** The name of the program that a command starts: see `programName`. */
  programOf(command: StringLiteral): string;
  /** What another linter says of a script; undefined: it is not at hand. */
  externalLint(language: ScriptLanguage, text: string): readonly ExternalFinding[] | undefined;
  report(place: Span, args: A, details?: LintDetails): void;
}

export type Visitors<A, O> = {
  readonly [K in NodeKind]?: (node: NodeOfKind<K>, ctx: LintContext<A, O>) => void;
};

export interface LintRule extends DiagnosticDeclaration {
  readonly code: string;
  /** Silent unless the configuration turns it on; `severity` is what it has then. */
  readonly off: boolean;
  /** Concludes from what is not there or stands there twice, so it is silent while there are errors: it may be misspelt. */
  readonly absence: boolean;
  readonly options: RuleOptions;
  /** `visit.binary` sees these operators alone; left out: all. */
  readonly operators?: readonly BinaryOperator[];
  /** `visit.run` sees commands that start one of these programs alone (see `programOf`); left out: all. */
  readonly programs?: readonly string[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each rule fixes its own arguments and options
  readonly visit: Visitors<any, any>;
  /** Called once a module, when all modules were looked at. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  readonly atEnd?: (ctx: LintContext<any, any>) => void;
}

/** A rule as its author writes it. */
export interface RuleDeclaration<A, O extends RuleOptions> {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly off?: boolean;
  readonly absence?: boolean;
  readonly message: (args: A) => string;
  /** Why it is a finding at all: one or two sentences. */
  readonly why: string;
  /** A whole file that gives this finding and no other. */
  readonly wrong: string;
  /** The same without a finding. */
  readonly right: string;
  readonly files?: Readonly<{ [path: string]: string }>;
  readonly options?: O;
  readonly operators?: readonly BinaryOperator[];
  readonly programs?: readonly string[];
  readonly visit?: Visitors<A, OptionValues<O>>;
  readonly atEnd?: (ctx: LintContext<A, OptionValues<O>>) => void;
}

/** Completes a rule. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- a rule without options has none by any name
export function defineRule<A, O extends RuleOptions = {}>(rule: RuleDeclaration<A, O>): LintRule {
  return { off: false, absence: false, options: {}, visit: {}, ...rule };
}
