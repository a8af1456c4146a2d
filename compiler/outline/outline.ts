// What a sequence does as people see it: steps, groups, branches and loops with their settings in words. What diagrams and
// comparisons are made of. Plain data with texts only: it knows neither trees nor plans, and says nothing of layout.

/** Something that is written, with what decides whether two are the same whatever their layout. */
export interface OutlineText {
  /** As written, on one line. */
  readonly text: string;
  /** Equal for texts that say the same. */
  readonly key: string;
}

/** One thing that a node sets: an argument, a clause. */
export interface OutlineField extends OutlineText {
  /** `memory`, `timeout`. Unique within its `kind`. */
  readonly name: string;
  /** `condition`: whether the node runs; `argument`: a parameter or operand of what it does; `setting`: how it runs. */
  readonly kind: "condition" | "argument" | "setting";
}

/** What a step is about, which diagrams show as a colour. */
export type StepCategory = "action" | "command" | "script" | "call" | "value" | "restart" | "fail" | "wait";

export type SectionRole = "body" | "else" | "onError" | "finally";

export interface OutlineSection {
  readonly role: SectionRole;
  /** Of an `else if`; an `if` has its first condition among its fields. */
  readonly condition?: OutlineText;
  readonly nodes: readonly OutlineNode[];
}

export interface OutlineNode {
  readonly kind: "step" | "group" | "if" | "for";
  /** Title, else what it does in a few words; `if …` and `for …` for branches and loops. */
  readonly name: string;
  readonly hasTitle: boolean;
  readonly label?: string;
  /** What it does without its arguments: `use disk.format`, `run setup.exe`; the kind for all but steps. */
  readonly action: string;
  readonly category: StepCategory | "none";
  readonly fields: readonly OutlineField[];
  readonly sections: readonly OutlineSection[];
  /** The key of the sequence that it calls. */
  readonly calls?: string;
  /** The machine may restart in it. */
  readonly restarts: boolean;
  readonly destroys: boolean;
  readonly continuesOnError: boolean;
  readonly disabled: boolean;
  /** Where it needs to run, if it can't run anywhere. */
  readonly phase?: "winpe" | "fullos";
  /** From 1, in the file of its sequence. */
  readonly line: number;
}

export interface OutlineVariable extends OutlineText {
  /** `param`, `secret`, `output`, `var`, and those of globals. */
  readonly role: string;
  readonly name: string;
}

export interface OutlineSequence {
  /** Unique in an outline, and the same for the same sequence in another version: `lib/drivers.seq#apply`. */
  readonly key: string;
  readonly name: string;
  /** Title, else identifier. */
  readonly title: string;
  /** Empty if there is none. */
  readonly doc: string;
  readonly file: string;
  readonly variables: readonly OutlineVariable[];
  /** The settings of `options`. */
  readonly options: readonly OutlineField[];
  readonly nodes: readonly OutlineNode[];
}

/** A constant, function, type, piece of content or account. */
export interface OutlineDeclaration extends OutlineText {
  /** As people say: `constant`, `function`, `type`, `package`, `account`. */
  readonly kind: string;
  readonly name: string;
  readonly file: string;
}

export interface Outline {
  /** Those of the file that was asked for, then those that they call, in order of the first call. */
  readonly sequences: readonly OutlineSequence[];
  /** By file, then as written. */
  readonly declarations: readonly OutlineDeclaration[];
}
