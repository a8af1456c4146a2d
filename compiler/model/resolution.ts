// What an expression or a path means, decided by the checker and read by everyone after it (lowering, editor, lints):
// side tables keyed by node. Nothing is looked up by name a second time.
import type { Expression, Path } from "@sequitur/grammar";
import type { FactName, FunctionName, StateField, StepField } from "@sequitur/runtime/plan";
import type { CatalogueAction } from "../catalogue/catalogue-action.ts";
import type {
  AccountSymbol,
  ConstSymbol,
  ContentSymbol,
  ExternSequenceSymbol,
  FleetSymbol,
  FnParameterSymbol,
  FnSymbol,
  GlobalSymbol,
  LabelSymbol,
  LoopVariableSymbol,
  ScriptActionSymbol,
  SequenceSymbol,
  VariableSymbol,
} from "./symbol.ts";

/** Of a reference, a member or an invocation. The outermost node that carries one stands for all inside it: in
 *  `file(p).exists` the member has `fact`, the invocation and the reference have none. */
export type Resolution =
  | { readonly kind: "variable"; readonly symbol: VariableSymbol | LoopVariableSymbol }
  | { readonly kind: "fnParameter"; readonly symbol: FnParameterSymbol }
  | { readonly kind: "global"; readonly symbol: GlobalSymbol }
  | { readonly kind: "constant"; readonly symbol: ConstSymbol }
  /** A bare word of a literal union: stands for that string. */
  | { readonly kind: "choice"; readonly text: string }
  | { readonly kind: "fact"; readonly fact: FactName; readonly arguments: readonly Expression[] }
  /** `error.*` is resolved to `error.…` in a handler and to `pending.…` in a `finally`. */
  | { readonly kind: "state"; readonly field: StateField }
  | { readonly kind: "step"; readonly symbol: LabelSymbol; readonly field: StepField }
  | { readonly kind: "function"; readonly function: FunctionName; readonly arguments: readonly Expression[] }
  | { readonly kind: "fn"; readonly symbol: FnSymbol; readonly arguments: readonly Expression[] }
  | { readonly kind: "defined"; readonly symbol: GlobalSymbol }
  /** A record's field: `object.property`. */
  | { readonly kind: "field"; readonly field: string }
  | {
      readonly kind: "handle";
      readonly symbol:
        | ContentSymbol
        | AccountSymbol
        | SequenceSymbol
        | ExternSequenceSymbol
        | FleetSymbol
        | LabelSymbol
        | GlobalSymbol;
    }
  /** Was reported. */
  | { readonly kind: "error" };

/** Of a path after `use`, `call`, `as`, `from`, `restart to`, in a code list, after `of`. */
export type PathResolution =
  | { readonly kind: "action"; readonly action: string }
  /** Of another system, or of a catalogue of the project. */
  | { readonly kind: "catalogueAction"; readonly action: CatalogueAction }
  | { readonly kind: "scriptAction"; readonly symbol: ScriptActionSymbol }
  | { readonly kind: "sequence"; readonly symbol: SequenceSymbol | ExternSequenceSymbol }
  | { readonly kind: "content"; readonly symbol: ContentSymbol }
  | { readonly kind: "account"; readonly symbol: AccountSymbol }
  | { readonly kind: "constant"; readonly symbol: ConstSymbol }
  | { readonly kind: "label"; readonly symbol: LabelSymbol }
  | { readonly kind: "winpe" }
  | { readonly kind: "error" };

export type Resolutions = ReadonlyMap<Expression, Resolution>;
export type PathResolutions = ReadonlyMap<Path, PathResolution>;
