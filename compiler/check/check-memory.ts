// What the checker asks of somebody who remembers earlier checks of the same program (compiler/service). Without one all is
// checked.
import type { Step } from "@sequitur/grammar";
import type { EarlierSymbols } from "../bind/sequence-scope.ts";
import type { CheckContext } from "./check-context.ts";

/** Earlier checks of a program whose files change. */
export interface CheckMemory {
  /** Symbols of sequences, by the nodes that declare them. */
  readonly symbols: EarlierSymbols;
  /**
   * True: checking this step here again would say nothing, and give what it gave before; what it makes certain has been
   * noted in the flow. False: it has to be checked.
   */
  recall(ctx: CheckContext, step: Step): boolean;
  /** To be called when a step has been checked that could not be recalled; `mark`: where the flow stood before. */
  remember(ctx: CheckContext, step: Step, mark: number): void;
}
