// What names stand for. A symbol is made once by binding, one a declaration, and is compared by identity. It knows
// where it was declared, never what it means in a place: that is resolution.ts.
import type {
  AccountDeclaration,
  ConstDeclaration,
  ContentDeclaration,
  Comprehension,
  DeploymentDeclaration,
  ExternSequenceDeclaration,
  FleetDeclaration,
  FnDeclaration,
  FnParameter,
  For,
  Group,
  ImportModule,
  ImportNames,
  Name,
  SequenceDeclaration,
  Step,
  TypeDeclaration,
  VariableDeclaration,
} from "@sequitur/grammar";
import type { Module } from "./module.ts";
import type { ProjectAction } from "./project-action.ts";

interface SymbolOf<K extends string, N> {
  readonly kind: K;
  readonly name: string;
  /** The module that declares it. */
  readonly module: Module;
  readonly node: N;
  /** The name where it is declared, for related places and rename; absent for globals that a catalogue knows. */
  readonly nameNode?: Name;
}

export type ConstSymbol = SymbolOf<"const", ConstDeclaration>;
export type TypeSymbol = SymbolOf<"type", TypeDeclaration>;
export type FnSymbol = SymbolOf<"fn", FnDeclaration>;
export type ContentSymbol = SymbolOf<"content", ContentDeclaration>;
export type AccountSymbol = SymbolOf<"account", AccountDeclaration>;
export type SequenceSymbol = SymbolOf<"sequence", SequenceDeclaration>;
export type ExternSequenceSymbol = SymbolOf<"externSequence", ExternSequenceDeclaration>;
export type FleetSymbol = SymbolOf<"fleet", FleetDeclaration>;
export type DeploymentSymbol = SymbolOf<"deployment", DeploymentDeclaration>;
/** `import "…" as x`. */
export type NamespaceSymbol = SymbolOf<"namespace", ImportModule> & { readonly target?: Module };
/** A name from `import { … }` of a TypeScript file; without an action where that can't be one, which was reported. */
export type ScriptActionSymbol = SymbolOf<"scriptAction", ImportNames> & { readonly action?: ProjectAction };

/** What stands at the top of a file. */
export type TopSymbol =
  | ConstSymbol
  | TypeSymbol
  | FnSymbol
  | ContentSymbol
  | AccountSymbol
  | SequenceSymbol
  | ExternSequenceSymbol
  | FleetSymbol
  | DeploymentSymbol
  | NamespaceSymbol
  | ScriptActionSymbol;

/** param, secret, var or output of a sequence. */
export type VariableSymbol = SymbolOf<"variable", VariableDeclaration>;
export type GlobalSymbol = SymbolOf<"global", VariableDeclaration | undefined> & {
  readonly secret: boolean;
  readonly extern: boolean;
};
export type LoopVariableSymbol = SymbolOf<"loopVariable", For | Comprehension>;
export type FnParameterSymbol = SymbolOf<"fnParameter", FnParameter>;
/** The identifier in front of a step's or group's title. */
export type LabelSymbol = SymbolOf<"label", Step | Group>;

export type LocalSymbol = VariableSymbol | GlobalSymbol | LoopVariableSymbol | FnParameterSymbol | LabelSymbol;
export type Symbol = TopSymbol | LocalSymbol;
