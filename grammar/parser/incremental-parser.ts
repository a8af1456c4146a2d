// The parser that takes over what an edit left alone: where a declaration, a variable or a statement is due, the node that
// stood there before is taken in its place, as long as reading it again could give nothing else. That holds for nodes that
// were read without a word of recovery, from the same state, and whose tokens and those behind them are what they were.
import type { ReportAt } from "../lexer/lexer.ts";
import type { Declared } from "../diagnostics/diagnostic.ts";
import type { ReportFix } from "../lexer/lexer.ts";
import { tokens, typeIndex } from "../lexer/token-types.ts";
import { walk } from "../syntax/walk.ts";
import type { Block, File, Node } from "../syntax/tree.ts";
import type { EngineRule } from "./engine.ts";
import type { IncrementalTokens, Untouched } from "./incremental-tokens.ts";
import { nestingLimit } from "./recovering-parser.ts";
import { SequiturParser } from "./sequitur-parser.ts";

/** How many tokens behind a node may have a say in where it ends. */
const lookahead = 8;

/** Texts of more characters than this are kept by V8 as a part of the text they were cut out of. */
const shortText = 12;

const lcurly = typeIndex(tokens.LCurly);
const rcurly = typeIndex(tokens.RCurly);

/** What the parser was doing when it started to read a node. */
interface State {
  readonly loops: number;
  readonly head: boolean;
  readonly inRecord: boolean;
  readonly unbalanced: boolean;
  readonly tooDeep: boolean;
}

/** What has to be known of a node to take it over. */
interface Kept extends State {
  readonly rule: EngineRule;
  readonly tokens: number;
  /** How many levels it goes down. */
  readonly levels: number;
}

class IncrementalParser extends SequiturParser {
  private readonly kept = new WeakMap<Node, Kept>();
  private readonly keptRules: ReadonlySet<unknown> = new Set([this.declaration, this.statement, this.variable]);
  private untouched: Untouched | undefined;
  private readonly old = new Map<number, Node>();
  /** How often something was said, or would have been if the place had not been spoken about. */
  private spoken = 0;
  private deepest = 0;

  /** Reads a text again after an edit, or for the first time. Nodes of `before` become part of the new tree, and are moved. */
  readAgain(
    text: string,
    lexed: IncrementalTokens,
    report: ReportAt,
    before?: { readonly tree: File; readonly untouched: Untouched },
  ): File {
    this.untouched = before?.untouched;
    this.spoken = this.deepest = 0;
    if (before !== undefined) this.collect(before.tree);
    const file = this.readTokens(text, lexed.present(), report);
    this.old.clear();
    this.untouched = undefined;
    return file;
  }

  /** Notes the old nodes that may be taken over, by the place they start at. */
  private collect(tree: File): void {
    this.old.clear();
    walk(tree, (node) => {
      switch (node.kind) {
        case "file":
        case "block":
          return true;
        case "sequence":
        case "group":
        case "if":
        case "for":
          if (this.kept.has(node)) this.old.set(node.start, node);
          return true;
        default:
          if (this.kept.has(node)) this.old.set(node.start, node);
          return false;
      }
    });
  }

  protected override subruleInternal(rule: EngineRule): unknown {
    if (!this.keptRules.has(rule)) return super.subruleInternal(rule);
    return this.taken(rule) ?? this.fresh(rule);
  }

  // ---- Taking over ----------------------------------------------------------------------------------------------------

  private taken(rule: EngineRule): Node | undefined {
    const { untouched } = this;
    if (untouched === undefined || this.quiet) return undefined;
    const index = this.currIdx + 1;
    const isBehind = index > untouched.from;
    if (!isBehind && index >= untouched.before) return undefined;
    const moved = isBehind ? untouched.delta : 0;
    const node = this.old.get((this.starts[index] ?? 0) - moved);
    const kept = node === undefined ? undefined : this.kept.get(node);
    if (node === undefined || kept === undefined || kept.rule !== rule || !this.isIn(kept)) return undefined;
    if (!isBehind && index + kept.tokens + lookahead > untouched.before) return undefined;
    if (this.depth + kept.levels > nestingLimit) return undefined;
    if (moved !== 0) moveTree(node, moved);
    this.currIdx = index + kept.tokens - 1;
    this.deepest = Math.max(this.deepest, this.depth + kept.levels);
    this.takeBraces(node, index);
    return node;
  }

  private isIn(state: State): boolean {
    return (
      this.loops === state.loops &&
      this.head === state.head &&
      this.inRecord === state.inRecord &&
      this.unbalanced === state.unbalanced &&
      this.tooDeep === state.tooDeep
    );
  }

  /** The braces of a node, as reading it would have noted them. */
  private takeBraces(node: Node, first: number): void {
    const last = this.currIdx;
    if (node.kind === "sequence" || node.kind === "test") {
      let open = first;
      while (this.types[open] !== lcurly && open < last) open++;
      if (this.types[last] === rcurly) this.braces.push({ open, close: last });
    }
    walk(node, (inner) => {
      if (inner.kind === "block") this.takeBlock(inner);
      return inner === node || inner.kind === "block" || isNest(inner);
    });
  }

  private takeBlock(block: Block): void {
    this.braces.push({ open: this.tokenAt(block.start), close: this.tokenAt(block.end - 1) });
  }

  private tokenAt(offset: number): number {
    let low = 0;
    let high = this.types.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // ---- Reading --------------------------------------------------------------------------------------------------------

  private fresh(rule: EngineRule): unknown {
    const first = this.currIdx + 1;
    const { spoken, quiet, depth, deepest, loops, head, inRecord, unbalanced, tooDeep } = this;
    this.deepest = depth;
    const node = super.subruleInternal(rule) as Node | undefined;
    const levels = this.deepest - depth;
    this.deepest = Math.max(deepest, this.deepest);
    if (node === undefined) return node;
    if (this.untouched !== undefined) detach(node, (inner) => this.kept.has(inner));
    const isClean = !quiet && !this.quiet && this.spoken === spoken && this.currIdx >= first;
    const state: State = { loops, head, inRecord, unbalanced, tooDeep };
    // What stands in front of a brace may have ended there only because of what is in the braces.
    if (isClean && this.isIn(state) && this.depth === depth && this.peek(1) !== lcurly) {
      this.kept.set(node, { ...state, rule, levels, tokens: this.currIdx - first + 1 });
    }
    return node;
  }

  protected override enter(): boolean {
    const entered = super.enter();
    this.deepest = Math.max(this.deepest, this.depth);
    return entered;
  }

  protected override fail<A>(declared: Declared<A>, start: number, end: number, args: A, fix?: ReportFix): void {
    this.spoken++;
    super.fail(declared, start, end, args, fix);
  }

  protected override readonly note: ReportAt = (declared, start, end, args, fix) => {
    this.spoken++;
    this.reportNow(declared, start, end, args, fix);
  };
}

function isNest(node: Node): boolean {
  return node.kind === "group" || node.kind === "if" || node.kind === "for";
}

/** The spans in nodes that were moved before: going through a tree again and again would take longest of all. */
const spans = new WeakMap<Node, readonly Moving[]>();

interface Moving {
  start: number;
  end: number;
}

/** Moves a node and all in it. The nodes stay the ones they are, and so do the tables that know them. */
function moveTree(node: Node, delta: number): void {
  let moving = spans.get(node);
  if (moving === undefined) {
    const found: Moving[] = [];
    walk(node, (inner) => {
      found.push(inner);
      if (inner.kind === "binary") found.push(inner.operatorSpan);
    });
    moving = found;
    spans.set(node, moving);
  }
  for (const span of moving) {
    span.start += delta;
    span.end += delta;
  }
}

type Texted = { -readonly [F in "text" | "value"]?: unknown };

/** Copies the texts of new nodes, so that no node keeps the whole text of a time long ago. */
function detach(node: Node, isKept: (node: Node) => boolean): void {
  walk(node, (inner) => {
    if (inner !== node && isKept(inner)) return false;
    const texted = inner as Texted;
    if (typeof texted.text === "string") texted.text = copyOf(texted.text);
    if (typeof texted.value === "string") texted.value = copyOf(texted.value);
    return true;
  });
}

function copyOf(text: string): string {
  return text.length <= shortText ? text : (JSON.parse(JSON.stringify(text)) as string);
}

let shared: IncrementalParser | undefined;

/** The incremental parser that all documents share. */
export function sharedIncrementalParser(): IncrementalParser {
  shared ??= new IncrementalParser("ready");
  return shared;
}
