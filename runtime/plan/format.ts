// Plan format, version 1: what a compiled sequence is. Canonical JSON (RFC 8785) of exactly this shape; its digest covers
// everything but `digest` and `signature`. The tool's version is nowhere in it. What the fields must satisfy beyond their
// shape is the verifier's matter (verify.ts); what the code means stands in instructions.ts and the semantics specification.
import type { Instruction } from "./instructions.ts";
import type { PlanType } from "./plan-type.ts";
import type { Value } from "./value.ts";

export const planFormat = 1;
export const planSemantics = 1;

export interface Plan {
  readonly format: typeof planFormat;
  /** Version of the execution rules the code was made for. */
  readonly semantics: typeof planSemantics;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /** Sequence 0 is the one that runs; the others are its children, callee after caller is not required. */
  readonly sequences: readonly PlanSequence[];
  readonly constants: readonly PlanConstant[];
  readonly globals: readonly PlanGlobal[];
  /** Environment variables that the plan reads by name: all are read once, at the start of the run. */
  readonly environment: readonly string[];
  readonly content: readonly PlanContent[];
  readonly accounts: readonly PlanAccount[];
  /** Actions that the project declares itself, with their signatures; absent: none. */
  readonly actions?: readonly PlanProjectAction[];
  /** The code of those actions; absent: none. */
  readonly modules?: readonly PlanModule[];
  readonly nodes: readonly PlanNode[];
  /** Texts of the parts of conditions whose values a report shows, for NOTE. */
  readonly parts: readonly string[];
  /** Regular expressions, compiled. */
  readonly patterns: readonly PlanPattern[];
  readonly code: readonly Instruction[];
  /** Source files, relative to the project, with forward slashes. */
  readonly sources: readonly string[];
  /** For each instruction `[source, line, column]`, line and column from 1. Same length as `code`. */
  readonly positions: readonly Position[];
  /** Ed25519 over the digest; absent when the plan is not signed. */
  readonly signature?: { readonly key: string; readonly value: string };
}

export type Position = readonly [source: number, line: number, column: number];

export interface PlanSequence {
  /** Identifier, and title where it has one. */
  readonly name: string;
  readonly title: string;
  /** Every local variable of a call: parameters, variables, loop variables. Instructions name them by index. */
  readonly slots: readonly PlanSlot[];
  /** The parameters, by slot. */
  readonly parameters: readonly PlanParameter[];
  /** Values that RETURN takes from the stack, in this order. */
  readonly outputs: readonly { readonly name: string; readonly type: PlanType }[];
  /** Address of the first instruction; its last is the RETURN at `end` − 1. The regions of sequences don't overlap. */
  readonly start: number;
  readonly end: number;
}

export interface PlanSlot {
  readonly name: string;
  readonly type: PlanType;
}

export interface PlanParameter {
  readonly slot: number;
  /** False: it has a default, which the code at the start of the sequence computes (GIVEN). */
  readonly required: boolean;
  /** The only values allowed, where the type is a union of literals. */
  readonly choices?: readonly Value[];
}

export interface PlanConstant {
  readonly type: PlanType;
  readonly value: Value;
}

/** A variable of the table that all sequences of a run share, and that processes see in their environment. */
export interface PlanGlobal {
  /** As declared; case does not count. */
  readonly name: string;
  /** Not exported to any process by itself. */
  readonly secret: boolean;
}

export interface PlanContent {
  readonly name: string;
  readonly kind: "package" | "image" | "application" | "file";
  /** As declared: a path relative to the project with forward slashes, a URL, or an id such as `configmgr:ABC00012`. */
  readonly source: string;
  /** SHA-256 of the canonical JSON of `files`; absent where the content lies in another system and can't be run. */
  readonly digest?: string;
  /** Sorted by path. One entry with path = file name for a single file. */
  readonly files: readonly PlanFile[];
}

export interface PlanFile {
  /** Relative to the content's root, forward slashes. */
  readonly path: string;
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly executable: boolean;
}

export interface PlanAccount {
  readonly name: string;
  readonly user: string;
  /** The environment variable that holds its password at the start of the run; absent: none is needed. */
  readonly password?: string;
}

/** An action of the project: what a caller must know of it, and where its code is. It runs in a process of its own. */
export interface PlanProjectAction {
  /** As the module exports it. */
  readonly name: string;
  readonly parameters: { readonly [name: string]: PlanActionParameter };
  readonly output: PlanType | null;
  readonly phases: readonly ("winpe" | "fullos")[];
  readonly destroys: boolean;
  readonly repeatable: boolean;
  /** Index into `modules`. */
  readonly module: number;
}

export interface PlanActionParameter {
  readonly type: PlanType;
  readonly required: boolean;
  /** The only values allowed, where the type is a union of literal texts. */
  readonly choices?: readonly string[];
}

/** An ES module with all that it imports in it but the modules of Node.js. */
export interface PlanModule {
  /** The file it was made from, relative to the project, with forward slashes. */
  readonly source: string;
  /** Of the text as UTF-8, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly text: string;
}

export interface PlanPattern {
  readonly source: string;
  readonly program: readonly PatternInstruction[];
}

/** One instruction of a Pike machine over code points; `char` takes one within any of the ranges (or none, if negated). */
export type PatternInstruction =
  | readonly ["char", negated: boolean, ranges: readonly (readonly [low: number, high: number])[]]
  | readonly ["split", preferred: number, other: number]
  | readonly ["jump", target: number]
  | readonly ["assert", "start" | "end" | "word" | "notWord"]
  | readonly ["match"];

// ---- Nodes: the descriptors that instructions name ------------------------------------------------------------------

export type PlanNode = PlanStep | PlanGroup | PlanBranch | PlanLoop;

interface NodeBase {
  /** What people see: the title, else what the step does in a few words (`run setup.exe`). */
  readonly name: string;
  /** The enclosing group, `for` or `if`, or −1. For display: the frames at run time decide. */
  readonly parent: number;
  readonly sequence: number;
  readonly position: Position;
  /** Source text of its condition (`when`, `if`, the list of a `for`); absent: none. */
  readonly condition?: string;
}

export interface PlanStep extends NodeBase {
  readonly kind: "step";
  /** Has a title of its own: decides whether a log, set or wait touches `last`. */
  readonly titled: boolean;
  /** The identifier in front of the title, by which STEP refers to it. */
  readonly label?: string;
  /** Address after the step: where DONE, a false condition and a kept failure go on. */
  readonly end: number;
  readonly continueOnError: boolean;
  readonly disabled?: boolean;
  readonly action: PlanAction;
  /** What ACT takes from the stack, in order of pushing. Empty for actions that are no ACT. */
  readonly operands: readonly PlanOperand[];
  /** The type of what ACT (or CALL) pushes; null: it pushes nothing. */
  readonly output: PlanType | null;
  readonly success: readonly number[];
  readonly reboots: readonly number[];
  readonly retry?: { readonly count: number; readonly every: number; readonly doubling: boolean };
  /** Milliseconds, of each attempt; of the whole poll for `waitUntil`. */
  readonly timeout?: number;
  readonly account?: number;
  readonly needs?: "winpe" | "fullos";
  /** It destroys data though its action does not say so: a program that a catalogue of the project says it of. */
  readonly destroys?: boolean;
  readonly interruption: "fail" | "rerun" | "verify";
  /** With `verify`: address of the region that ends with VERIFIED. */
  readonly verify?: number;
  /** Settings that are globals while the step runs. */
  readonly foreign?: { readonly [name: string]: string };
}

/** What a step does. The first five are effects, done by ACT; `wait` and `restart` are ACTs too. */
export type PlanAction =
  /** Operands: `program`, then `word`s and `words`. */
  | { readonly kind: "run" }
  /** Operands: `commandText` and `commandValue` pieces, in order; `%Name%` is expanded at run time. */
  | { readonly kind: "commandline"; readonly unchecked: boolean }
  | {
      readonly kind: "script";
      readonly language: "sh" | "bash" | "powershell" | "cmd" | "python";
      readonly script: PlanScript;
    }
  | { readonly kind: "use"; readonly action: string }
  /** `use` of an action of the project: an index into `actions`. */
  | { readonly kind: "projectAction"; readonly action: number }
  /** Operand: `duration`. */
  | { readonly kind: "wait" }
  /** Operands: `delay`, then `message`. `image`: index into content; `winpe`: the boot image of the sequence that was started. */
  | { readonly kind: "restart"; readonly to: "system" | "winpe" | "image"; readonly image?: number }
  | {
      readonly kind: "call";
      readonly sequence: number;
      /** Slots of the child that the operands go to, in order. */ readonly parameters: readonly number[];
    }
  /** Done by instructions between OPEN and DONE. */
  | { readonly kind: "set" }
  | { readonly kind: "log" }
  | { readonly kind: "fail" }
  | { readonly kind: "waitUntil" };

export type PlanScript =
  /** Text with \n line ends, an index into constants. */
  | { readonly text: number }
  /** A file within content: the `from` package, or a content entry made of this one file. */
  | { readonly content: number; readonly path: string };

/** One value on the stack for ACT or CALL, and what it is for. */
export type PlanOperand =
  | { readonly role: "program"; readonly type: PlanType }
  /** One argument. */
  | { readonly role: "word"; readonly type: PlanType }
  /** A list of strings: one argument an item. */
  | { readonly role: "words"; readonly type: PlanType }
  /** Windows: raw text appended to the command line (`args '…'`). */
  | { readonly role: "rawArguments"; readonly type: PlanType }
  /** A piece of a `commandline`: literal text of the source, or a value that the source puts in. In order. */
  | { readonly role: "commandText"; readonly type: PlanType }
  | { readonly role: "commandValue"; readonly type: PlanType }
  | { readonly role: "environment"; readonly name: string; readonly type: PlanType }
  | { readonly role: "workdir"; readonly type: PlanType }
  /** The package of `from`: index into content, a handle value. */
  | { readonly role: "from"; readonly type: PlanType }
  /** A parameter of a `use` action. */
  | { readonly role: "argument"; readonly name: string; readonly type: PlanType }
  /** A parameter of a called sequence. */
  | { readonly role: "parameter"; readonly type: PlanType }
  | { readonly role: "duration" | "delay" | "message"; readonly type: PlanType };

export interface PlanGroup extends NodeBase {
  readonly kind: "group";
  readonly label?: string;
  /** Address after the group. */
  readonly end: number;
  /** First instruction of the `on error` block, which ends with HANDLED. */
  readonly handler?: number;
  /** First instruction of the `finally` block, which ends with RESUME. */
  readonly finally?: number;
  readonly continueOnError: boolean;
  /** Milliseconds, of the body. */
  readonly timeout?: number;
  readonly disabled?: boolean;
}

/** An `if`: has no frame. */
export interface PlanBranch extends NodeBase {
  readonly kind: "if";
}

/** A `for`, or a list comprehension (`silent`: neither journaled nor shown). */
export interface PlanLoop extends NodeBase {
  readonly kind: "for";
  readonly silent: boolean;
}
