// Chevrotain's engine on a diet. Rules are written in chevrotain's notation and recorded by it, but while a file is read
// the five things a rule does (consume, subrule, choose, option, loop) go a shorter way: over the lexer's arrays in the
// place of token objects, with tables in the place of lookahead functions, and without the exceptions that nothing here
// throws. Measured, that is more than twice as fast. What a missing token means is said by the subclass.
import { EmbeddedActionsParser, type IToken, type ParserMethod, type TokenType } from "chevrotain";
import type { LexedText } from "../lexer/lexer.ts";
import { allTokenTypes, tokens, typeIndex } from "../lexer/token-types.ts";
import { choices, type LookaheadTable } from "./lookahead.ts";

/** One object a token type: rules ask the cursor for places, so tokens need none. */
const shells: readonly IToken[] = (() => {
  const list: IToken[] = [];
  for (const tokenType of allTokenTypes) list[typeIndex(tokenType)] = shell(tokenType);
  return list;
})();

function shell(tokenType: TokenType): IToken {
  return { image: "", startOffset: 0, tokenType, tokenTypeIdx: typeIndex(tokenType) };
}

const endOfFile = typeIndex(tokens.EOF);
const stringEnd = typeIndex(tokens.StringEnd);
const noToken: IToken = shell(tokens.EOF);
const nothing = new Uint16Array(0);
const nowhere = new Int32Array(0);

/** Where the decisions of a rule lie in its list, by kind; how often the same method occurs in a rule is added. */
const orAt = 0;
const optionAt = 16;
const manyAt = 32;

function placeOf(decision: string): number {
  const match = /^(OR|OPTION|MANY)(\d+)$/.exec(decision);
  const first = match?.[1] === "OR" ? orAt : match?.[1] === "OPTION" ? optionAt : manyAt;
  return first + Number(match?.[2] ?? 0);
}

/** The decisions of one rule, each made when it is first asked for. */
type Decisions = (Uint8Array | undefined)[];

type Action = () => unknown;
type Gated = { readonly GATE?: () => boolean; readonly DEF: Action };

/** What chevrotain's RULE gives, as far as the engine needs it. */
export interface EngineRule {
  readonly originalGrammarAction: Action;
  /** Put here by `takeDecisions`. */
  decisions: Decisions;
  starters: readonly (readonly string[] | undefined)[];
}

const noRule: EngineRule = { originalGrammarAction: () => undefined, decisions: [], starters: [] };

export abstract class ParserEngine extends EmbeddedActionsParser {
  /** Chevrotain's own cursor: the number of the last token that was consumed. */
  declare protected currIdx: number;
  declare RECORDING_PHASE: boolean;
  declare private definedRulesNames: readonly string[];

  /** The rule that is being read. */
  private rule: EngineRule = noRule;

  protected types: Uint16Array = nothing;
  protected starts: Int32Array = nowhere;
  protected ends: Int32Array = nowhere;
  /** Set by a report, until a token was consumed without one. */
  protected quiet = false;

  /** Called when a token that is due lacks; true when it was found behind one that is too many, which was skipped. */
  protected abstract lacks(tokenType: TokenType): boolean;

  protected beginTokens(lexed: LexedText): void {
    this.reset();
    this.types = lexed.types;
    this.starts = lexed.starts;
    this.ends = lexed.ends;
    this.quiet = false;
  }

  protected endTokens(): void {
    this.types = nothing;
    this.starts = this.ends = nowhere;
  }

  /** Makes the decisions of the rules known; to be called when all rules are defined. */
  protected takeDecisions(table: LookaheadTable): void {
    const rules = this as unknown as { [rule: string]: EngineRule | undefined };
    for (const name of this.definedRulesNames) {
      const rule = rules[name];
      if (rule === undefined) continue;
      const starters: (readonly string[] | undefined)[] = new Array(manyAt + 16).fill(undefined);
      for (const [decision, starts] of Object.entries(table[name] ?? {})) starters[placeOf(decision)] = starts;
      rule.starters = starters;
      rule.decisions = new Array(starters.length).fill(undefined);
    }
  }

  /** Reads the rule that everything else is in. */
  protected readRule<T>(rule: ParserMethod<[], T>): T {
    return this.subruleInternal(rule as unknown as EngineRule) as T;
  }

  /** For the next token: the alternative chosen, counted from 1; 1 for entering an option or a loop; 0 for none. */
  private makeDecision(place: number): Uint8Array {
    const made = choices(this.rule.starters[place] ?? []);
    this.rule.decisions[place] = made;
    return made;
  }

  // ---- What chevrotain's notation calls -------------------------------------------------------------------------------

  protected override LA_FAST(howMuch: number): IToken {
    return shells[this.types[this.currIdx + howMuch] ?? endOfFile] ?? noToken;
  }

  protected override LA(howMuch: number): IToken {
    return this.LA_FAST(howMuch);
  }

  protected onBeforeParse(): void {
    // Chevrotain would pad its own list of tokens here; the lexer has padded ours.
  }

  protected onAfterParse(): void {
    // Chevrotain would ask here whether all was read; the rule `file` reads on to the end.
  }

  protected consumeInternal(tokenType: TokenType): IToken {
    const next = this.types[this.currIdx + 1] ?? endOfFile;
    const fits =
      next === tokenType.tokenTypeIdx || (tokenType.isParent === true && tokenType.categoryMatchesMap?.[next] === true);
    if (!fits) return this.lacks(tokenType) ? this.consumeInternal(tokenType) : noToken;
    const index = ++this.currIdx;
    // An end of a string that the lexer has assumed, and spoken about, is no new place.
    if (next !== stringEnd || (this.ends[index] ?? 0) > (this.starts[index] ?? 0)) this.quiet = false;
    return shells[next] ?? noToken;
  }

  protected subruleInternal(rule: EngineRule): unknown {
    const outer = this.rule;
    this.rule = rule;
    const result = rule.originalGrammarAction.call(this);
    this.rule = outer;
    return result;
  }

  /** Chevrotain throws when no alternative fits; here the caller gets undefined, and reports what it was looking for. */
  protected orInternal(alternatives: readonly { ALT: Action }[], occurrence: number): unknown {
    const table = this.rule.decisions[orAt + occurrence] ?? this.makeDecision(orAt + occurrence);
    const choice = table[this.types[this.currIdx + 1] ?? endOfFile] ?? 0;
    return choice === 0 ? undefined : alternatives[choice - 1]?.ALT.call(this);
  }

  protected optionInternal(option: Action | Gated, occurrence: number): unknown {
    const table = this.rule.decisions[optionAt + occurrence] ?? this.makeDecision(optionAt + occurrence);
    if (table[this.types[this.currIdx + 1] ?? endOfFile] === 0) return undefined;
    if (typeof option === "function") return option.call(this);
    return option.GATE === undefined || option.GATE.call(this) ? option.DEF.call(this) : undefined;
  }

  protected manyInternal(occurrence: number, repetition: Action | Gated): void {
    const table = this.rule.decisions[manyAt + occurrence] ?? this.makeDecision(manyAt + occurrence);
    const action = typeof repetition === "function" ? repetition : repetition.DEF;
    const gate = typeof repetition === "function" ? undefined : repetition.GATE;
    while (table[this.types[this.currIdx + 1] ?? endOfFile] !== 0 && (gate === undefined || gate.call(this))) {
      const before = this.currIdx;
      action.call(this);
      if (this.currIdx <= before) return;
    }
  }
}
