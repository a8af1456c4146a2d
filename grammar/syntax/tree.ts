// The syntax tree of a Sequitur file: plain read-only data that holds what was written and nothing else.
// Deliberately without types, symbols, parents or layout: meaning lives in side tables keyed by node, and
// comments and white space are found in the token list by offset.

/** A stretch of the source text: UTF-16 offsets from 0, `end` exclusive. An empty span marks a place. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface NodeOf<K extends string> extends Span {
  readonly kind: K;
}

// ---- Leaves ---------------------------------------------------------------------------------------------------------

/** Stands where something was due and lacks; the parser has reported it. Agrees with everything later on. */
export type Missing = NodeOf<"missing">;

/** An identifier. `text` is the name itself: without the backticks when it was written in them. */
export interface Name extends NodeOf<"name"> {
  readonly text: string;
}

/** The text of the `///` lines above a declaration, step or group, without the slashes, joined by newlines. */
export interface Doc extends NodeOf<"doc"> {
  readonly text: string;
}

/** A dotted name such as `drivers.apply`. Never empty. */
export interface Path extends NodeOf<"path"> {
  readonly names: readonly (Name | Missing)[];
}

// ---- Expressions ----------------------------------------------------------------------------------------------------

export type Expression =
  | StringLiteral
  | NumberLiteral
  | BooleanLiteral
  | Reference
  | Member
  | Invocation
  | Unary
  | Binary
  | Conditional
  | List
  | Comprehension
  | Record
  | Parenthesized
  | Missing;

/** How a string was quoted: `"…"`, `'…'`, `"""…"""`, `'''…'''`. Only the double-quoted forms interpolate. */
export type StringForm = "interpolated" | "raw" | "multiline" | "multilineRaw";

export interface StringLiteral extends NodeOf<"string"> {
  readonly form: StringForm;
  /** In order; texts are cooked (escapes resolved, indentation and the fence's newlines removed). */
  readonly parts: readonly (StringText | Interpolation)[];
}

export interface StringText extends NodeOf<"stringText"> {
  readonly value: string;
}

export interface Interpolation extends NodeOf<"interpolation"> {
  readonly expression: Expression;
}

/** What the suffix of a number literal says. `error`: reported by the parser, `value` is 0. */
export type NumberUnit = "int" | "duration" | "size" | "percent" | "error";

export interface NumberLiteral extends NodeOf<"number"> {
  readonly unit: NumberUnit;
  /** Always an integer within 0 … 2^53−1: milliseconds for durations, bytes for sizes. */
  readonly value: number;
  /** As written: `0xC1900210`, `45m`. */
  readonly text: string;
}

export interface BooleanLiteral extends NodeOf<"boolean"> {
  readonly value: boolean;
}

/** A name used as a value, the fact `run` (before a dot) included. */
export interface Reference extends NodeOf<"reference"> {
  readonly name: Name;
}

export interface Member extends NodeOf<"member"> {
  readonly object: Expression;
  readonly property: Name | Missing;
  /** Written `?.`. */
  readonly optional: boolean;
}

/** `callee(arguments)`. */
export interface Invocation extends NodeOf<"invocation"> {
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
}

export interface Unary extends NodeOf<"unary"> {
  readonly operator: "-" | "not";
  readonly operand: Expression;
}

export type BinaryOperator =
  | "or"
  | "and"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "~="
  | "in"
  | "matches"
  | "like"
  | "??"
  | "+"
  | "-"
  | "*"
  | "/";

export interface Binary extends NodeOf<"binary"> {
  readonly operator: BinaryOperator;
  /** Where the operator itself stands. */
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}

/** `if condition then whenTrue else whenFalse`. */
export interface Conditional extends NodeOf<"conditional"> {
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface List extends NodeOf<"list"> {
  readonly items: readonly Expression[];
}

/** `[for variable in iterable if condition: item]`. */
export interface Comprehension extends NodeOf<"comprehension"> {
  readonly variable: Name | Missing;
  readonly iterable: Expression;
  readonly condition?: Expression;
  readonly item: Expression;
}

export interface Record extends NodeOf<"record"> {
  readonly fields: readonly Field[];
}

/** `key: value when condition`. A key in quotes is a constant string. */
export interface Field extends NodeOf<"field"> {
  readonly key: Name | StringLiteral | Missing;
  readonly value: Expression;
  readonly when?: Expression;
}

export interface Parenthesized extends NodeOf<"parenthesized"> {
  readonly expression: Expression;
}

// ---- Types ----------------------------------------------------------------------------------------------------------

export type TypeNode = NamedType | LiteralType | OptionalType | UnionType | RecordType | ParenthesizedType | Missing;

/** `string`, `list<int>`, `drivers.Model`; the words `secret`, `step` and `sequence` too. */
export interface NamedType extends NodeOf<"namedType"> {
  readonly path: Path;
  readonly argument?: TypeNode;
}

export interface LiteralType extends NodeOf<"literalType"> {
  readonly value: StringLiteral | NumberLiteral | BooleanLiteral;
  /** Written with a minus sign. */
  readonly negative: boolean;
}

export interface OptionalType extends NodeOf<"optionalType"> {
  readonly inner: TypeNode;
}

export interface UnionType extends NodeOf<"unionType"> {
  readonly members: readonly TypeNode[];
}

export interface RecordType extends NodeOf<"recordType"> {
  readonly fields: readonly TypeField[];
}

export interface TypeField extends NodeOf<"typeField"> {
  readonly name: Name | Missing;
  readonly type: TypeNode;
}

export interface ParenthesizedType extends NodeOf<"parenthesizedType"> {
  readonly type: TypeNode;
}

// ---- Declarations ---------------------------------------------------------------------------------------------------

export type Declaration =
  | ImportModule
  | ImportNames
  | ConstDeclaration
  | TypeDeclaration
  | FnDeclaration
  | ContentDeclaration
  | AccountDeclaration
  | FleetDeclaration
  | DeploymentDeclaration
  | TestDeclaration
  | SequenceDeclaration
  | ExternSequenceDeclaration;

interface DeclarationOf<K extends string> extends NodeOf<K> {
  readonly doc?: Doc;
}

/** `import "./x.seq" as x`. */
export interface ImportModule extends DeclarationOf<"importModule"> {
  readonly source: StringLiteral | Missing;
  readonly alias: Name | Missing;
}

/** `import { a, b } from "./x.seq"`. */
export interface ImportNames extends DeclarationOf<"importNames"> {
  readonly names: readonly (Name | Missing)[];
  readonly source: StringLiteral | Missing;
}

export interface ConstDeclaration extends DeclarationOf<"const"> {
  readonly name: Name | Missing;
  readonly value: Expression;
}

export interface TypeDeclaration extends DeclarationOf<"typeDeclaration"> {
  readonly name: Name | Missing;
  readonly type: TypeNode;
}

export interface FnDeclaration extends DeclarationOf<"fn"> {
  readonly name: Name | Missing;
  readonly parameters: readonly FnParameter[];
  readonly result: TypeNode;
  readonly body: Expression;
}

export interface FnParameter extends NodeOf<"fnParameter"> {
  readonly name: Name | Missing;
  readonly type: TypeNode;
  readonly value?: Expression;
}

export interface ContentDeclaration extends DeclarationOf<"content"> {
  readonly contentKind: "package" | "image" | "application" | "file";
  readonly name: Name | Missing;
  readonly source: StringLiteral | Missing;
  readonly options?: Record;
}

export interface AccountDeclaration extends DeclarationOf<"account"> {
  readonly name: Name | Missing;
  readonly settings: Record | Missing;
}

/** `collection` or `window`. */
export interface FleetDeclaration extends DeclarationOf<"fleet"> {
  readonly fleetKind: "collection" | "window";
  readonly name: Name | Missing;
  readonly title?: StringLiteral;
  readonly settings: Record | Missing;
}

export interface DeploymentDeclaration extends DeclarationOf<"deployment"> {
  readonly name: Name | Missing;
  readonly title?: StringLiteral;
  readonly sequence: Path | Missing;
  readonly settings: Record | Missing;
}

export interface TestDeclaration extends DeclarationOf<"test"> {
  readonly title: StringLiteral | Missing;
  readonly sequence: Path | Missing;
  readonly items: readonly TestItem[];
}

export type TestItem = TestGiven | TestWhen | TestExpect;

export interface TestGiven extends NodeOf<"testGiven"> {
  readonly values: Record | Missing;
}

/** `when step "Title" {…}`, `when run "pattern" […]`, `when format {…}`. */
export interface TestWhen extends NodeOf<"testWhen"> {
  readonly subjectKind: "step" | "run" | "path";
  readonly subject: StringLiteral | Path | Missing;
  readonly outcome: Expression;
}

export interface TestExpect extends NodeOf<"testExpect"> {
  readonly mode: "expect" | "assert";
  readonly condition: Expression;
}

export interface SequenceDeclaration extends DeclarationOf<"sequence"> {
  readonly name: Name | Missing;
  readonly title?: StringLiteral;
  readonly members: readonly SequenceMember[];
}

export type SequenceMember = Options | VariableDeclaration | Statement;

export interface Options extends NodeOf<"options"> {
  readonly settings: Record | Missing;
}

export type VariableRole =
  "param" | "secret" | "output" | "var" | "globalVar" | "globalSecret" | "externGlobalVar" | "externGlobalSecret";

export interface VariableDeclaration extends DeclarationOf<"variable"> {
  readonly role: VariableRole;
  readonly name: Name | Missing;
  readonly type: TypeNode;
  readonly value?: Expression;
}

/** `extern sequence id "configmgr:ABC00013"`. */
export interface ExternSequenceDeclaration extends DeclarationOf<"externSequence"> {
  readonly name: Name | Missing;
  readonly source: StringLiteral | Missing;
}

// ---- Statements -----------------------------------------------------------------------------------------------------

export type Statement = Step | Group | If | For;

/** A step, with its keyword or without (`bare`: then it has neither label nor title). */
export interface Step extends DeclarationOf<"step"> {
  readonly bare: boolean;
  readonly label?: Name;
  readonly title?: StringLiteral;
  readonly action: Action;
  readonly clauses: readonly Clause[];
}

export interface Group extends DeclarationOf<"group"> {
  readonly label?: Name;
  readonly title?: StringLiteral;
  /** Any clause may stand here in the tree; parsing has reported those that a group can't have. */
  readonly clauses: readonly Clause[];
  readonly body: Block;
  readonly onError?: Block;
  readonly finally?: Block;
}

export interface If extends NodeOf<"if"> {
  readonly condition: Expression;
  readonly body: Block;
  readonly otherwise?: If | Block;
}

export interface For extends NodeOf<"for"> {
  readonly variable: Name | Missing;
  readonly iterable: Expression;
  readonly body: Block;
}

export interface Block extends NodeOf<"block"> {
  readonly statements: readonly Statement[];
}

// ---- Actions --------------------------------------------------------------------------------------------------------

export type Action =
  | RunAction
  | CommandLineAction
  | ScriptAction
  | UseAction
  | CallAction
  | SetAction
  | RestartAction
  | LogAction
  | FailAction
  | WaitAction
  | WaitUntilAction
  | Missing;

export interface RunAction extends NodeOf<"run"> {
  readonly command: StringLiteral | Missing;
}

export interface CommandLineAction extends NodeOf<"commandline"> {
  readonly unchecked: boolean;
  readonly command: StringLiteral | Missing;
}

export type ScriptLanguage = "sh" | "bash" | "powershell" | "cmd" | "python";

export interface ScriptAction extends NodeOf<"script"> {
  readonly language: ScriptLanguage;
  readonly source: StringLiteral | ScriptFile | Missing;
}

/** `file("./scripts/x.sh")` after a script's language. */
export interface ScriptFile extends NodeOf<"scriptFile"> {
  readonly path: StringLiteral | Missing;
}

export interface UseAction extends NodeOf<"use"> {
  readonly action: Path | Missing;
  readonly arguments?: Record;
}

export interface CallAction extends NodeOf<"call"> {
  readonly sequence: Path | Missing;
  readonly arguments?: Record;
}

export interface SetAction extends NodeOf<"set"> {
  /** Written `set { … }`; only there an assignment may have a `when`. */
  readonly block: boolean;
  readonly assignments: readonly Assignment[];
}

export interface Assignment extends NodeOf<"assignment"> {
  readonly name: Name | Missing;
  readonly value: Expression;
  readonly when?: Expression;
}

export interface RestartAction extends NodeOf<"restart"> {
  /** An image, or the word `winpe`; absent: the system. */
  readonly target?: Path | Missing;
  readonly after?: Expression;
  readonly message?: StringLiteral | Missing;
}

export interface LogAction extends NodeOf<"log"> {
  readonly value: Expression;
}

export interface FailAction extends NodeOf<"fail"> {
  readonly message?: StringLiteral;
}

export interface WaitAction extends NodeOf<"wait"> {
  readonly duration: Expression;
}

export interface WaitUntilAction extends NodeOf<"waitUntil"> {
  readonly condition: Expression;
}

// ---- Clauses --------------------------------------------------------------------------------------------------------

export type Clause =
  | FromClause
  | WorkdirClause
  | ArgsClause
  | EnvClause
  | IntoClause
  | WhenClause
  | SuccessClause
  | RebootsClause
  | RetryClause
  | TimeoutClause
  | AsClause
  | ContinueClause
  | NeedsClause
  | InterruptionClause
  | DisabledClause
  | ForeignClause;

export interface FromClause extends NodeOf<"from"> {
  readonly package: Path | Missing;
}

export interface WorkdirClause extends NodeOf<"workdir"> {
  readonly folder: Expression;
}

export interface ArgsClause extends NodeOf<"args"> {
  readonly value: List | Comprehension | StringLiteral | Missing;
}

export interface EnvClause extends NodeOf<"env"> {
  readonly variables: Record | Missing;
}

export interface IntoClause extends NodeOf<"into"> {
  readonly variable: Name | Missing;
}

export interface WhenClause extends NodeOf<"when"> {
  readonly condition: Expression;
}

export interface SuccessClause extends NodeOf<"success"> {
  readonly codes: readonly (Code | Missing)[];
}

export interface RebootsClause extends NodeOf<"reboots"> {
  readonly codes: readonly (Code | Missing)[];
}

/** An exit code: a literal, or the name of a constant. */
export interface Code extends NodeOf<"code"> {
  readonly value: NumberLiteral | Path;
  readonly negative: boolean;
}

export interface RetryClause extends NodeOf<"retry"> {
  readonly count: Expression;
  readonly every?: Expression;
  readonly doubling: boolean;
}

export interface TimeoutClause extends NodeOf<"timeout"> {
  readonly duration: Expression;
}

export interface AsClause extends NodeOf<"as"> {
  readonly account: Path | Missing;
}

export type ContinueClause = NodeOf<"continueOnError">;

export interface NeedsClause extends NodeOf<"needs"> {
  readonly phase: "winpe" | "fullos" | "missing";
}

export interface InterruptionClause extends NodeOf<"onInterruption"> {
  readonly policy: "fail" | "rerun" | "verify" | "missing";
  /** With `verify` only. */
  readonly condition?: Expression;
}

export interface DisabledClause extends NodeOf<"disabled"> {
  readonly reason?: StringLiteral;
}

export interface ForeignClause extends NodeOf<"foreign"> {
  readonly settings: Record | Missing;
}

// ---- The whole ------------------------------------------------------------------------------------------------------

export interface File extends NodeOf<"file"> {
  readonly declarations: readonly Declaration[];
}

export type Node =
  | File
  | Declaration
  | SequenceMember
  | Block
  | Action
  | Clause
  | Expression
  | TypeNode
  | TestItem
  | Name
  | Doc
  | Path
  | StringText
  | Interpolation
  | Field
  | TypeField
  | FnParameter
  | ScriptFile
  | Assignment
  | Code;

export type NodeKind = Node["kind"];
export type NodeOfKind<K extends NodeKind> = Extract<Node, { kind: K }>;
