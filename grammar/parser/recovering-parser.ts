// The ground under the grammar: a cursor over the tokens, and recovery. A token that lacks is reported and assumed, so no
// rule is ever left by an exception; junk is skipped in loops alone; about one place is spoken once. The rules themselves
// stand in the subclasses.
import type { TokenType } from "chevrotain";
import type { Declared } from "../diagnostics/diagnostic.ts";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import type { DocLine, LexedText, ReportAt, ReportFix } from "../lexer/lexer.ts";
import { fixedText, tokens } from "../lexer/token-types.ts";
import type { Doc, Missing, Name } from "../syntax/tree.ts";
import { ParserEngine } from "./engine.ts";
import { at, landmark, landmarksOf } from "./landmarks.ts";

/** The loops that are being read, as bits: junk is skipped up to what starts an element of one of them. */
export const loop = {
  statements: 1,
  clauses: 2,
  testItems: 4,
  parentheses: 8,
  brackets: 16,
  fields: 32,
  assignments: 64,
} as const;

/** How deep constructs may nest, and how many operators or properties may follow each other in one expression. */
export const nestingLimit = 200;
export const chainLimit = 1000;

/** The tokens of one line, by number, and how many braces more it opens than closes; one it starts with closes another's. */
interface Line {
  readonly first: number;
  readonly behind: number;
  readonly opened: number;
}

const noLine: Line = { first: 0, behind: 0, opened: 0 };

export abstract class RecoveringParser extends ParserEngine {
  protected text = "";
  private docs: readonly DocLine[] = [];
  private nextDoc = 0;
  private reportAt: ReportAt = () => undefined;
  protected loops = 0;
  protected depth = 0;
  protected unbalanced = false;
  protected tooDeep = false;
  /** The line whose braces were counted last. */
  private line: Line = noLine;

  protected begin(text: string, lexed: LexedText, report: ReportAt): void {
    this.beginTokens(lexed);
    this.text = text;
    this.docs = lexed.docs;
    this.nextDoc = 0;
    this.reportAt = report;
    this.loops = 0;
    this.depth = 0;
    this.unbalanced = false;
    this.tooDeep = false;
    this.line = noLine;
  }

  protected finish(): void {
    this.text = "";
    this.endTokens();
    this.docs = [];
    this.reportAt = () => undefined;
  }

  // ---- What lacks and what is too many --------------------------------------------------------------------------------

  protected override lacks(tokenType: TokenType): boolean {
    if (this.skipsSurplus(tokenType)) return true;
    this.reportExpected(tokenType);
    return false;
  }

  /** When the token that is due stands right behind the next one, the next one is too many. */
  private skipsSurplus(tokenType: TokenType): boolean {
    const behind = this.peek(2);
    const isDue = behind === tokenType.tokenTypeIdx || tokenType.categoryMatchesMap?.[behind] === true;
    if (!isDue || this.peek(1) === at.eof || this.peek(1) === at.options || fixedText(tokenType) === undefined)
      return false;
    // A word that starts the next line is that line's own.
    if (this.quiet || ((this.landmarks(2) & landmark.word) !== 0 && this.firstOnLine(2))) return false;
    if (!this.repeatsLast() && (this.stopsJunk(this.currIdx + 1) || bracketStep(this.peek(1)) !== 0)) return false;
    this.skipOne(`before "${fixedText(tokenType) ?? ""}"`);
    return true;
  }

  /** Whether the next token is the last one again. */
  protected repeatsLast(): boolean {
    return this.currIdx >= 0 && this.peek(1) === this.peek(0) && this.nextText() === this.nextText(0);
  }

  /** Skips one token that is too many, with a report. */
  protected skipOne(place: string): void {
    const start = this.nextStart();
    const end = this.ends[this.currIdx + 1] ?? 0;
    const fix = { title: "Remove it", text: "", safe: false };
    this.fail(syntaxDiagnostics.SEQ1110, start, end, { text: this.shownNext(), place }, fix);
    this.currIdx++;
    this.quiet = true;
  }

  private shownNext(): string {
    return (this.landmarks(1) & landmark.string) !== 0 ? "this text" : `"${this.nextText().slice(0, 40)}"`;
  }

  // ---- The cursor -----------------------------------------------------------------------------------------------------

  protected peek(howMuch: number): number {
    return this.types[this.currIdx + howMuch] ?? at.eof;
  }

  protected landmarks(howMuch: number): number {
    return landmarksOf(this.types[this.currIdx + howMuch] ?? at.eof);
  }

  protected landmarksAt(index: number): number {
    return landmarksOf(this.types[index] ?? at.eof);
  }

  protected nextStart(): number {
    return this.starts[this.currIdx + 1] ?? 0;
  }

  protected lastStart(): number {
    return this.starts[this.currIdx] ?? 0;
  }

  protected lastEnd(): number {
    return this.ends[this.currIdx] ?? 0;
  }

  protected wordAt(index: number): string {
    return this.text.slice(this.starts[index] ?? 0, this.ends[index] ?? 0);
  }

  protected nextText(howMuch = 1): string {
    return this.wordAt(this.currIdx + howMuch);
  }

  /** Whether the token `howMuch` ahead is the first one on its line. */
  protected firstOnLine(howMuch = 1): boolean {
    return this.breaksLineBefore(this.currIdx + howMuch);
  }

  protected breaksLineBefore(index: number): boolean {
    if (index === 0) return true;
    const start = this.starts[index] ?? 0;
    for (let offset = this.ends[index - 1] ?? 0; offset < start; offset++) {
      if (this.text.charCodeAt(offset) === 10) return true;
    }
    return false;
  }

  protected missing(): Missing {
    const place = this.lastEnd();
    return { kind: "missing", start: place, end: place };
  }

  /** The name that was consumed last. */
  protected lastName(): Name {
    const start = this.lastStart();
    const end = this.lastEnd();
    if (this.text.charCodeAt(start) !== 96) return { kind: "name", start, end, text: this.text.slice(start, end) };
    const closed = end - start > 1 && this.text.charCodeAt(end - 1) === 96;
    return { kind: "name", start, end, text: this.text.slice(start + 1, closed ? end - 1 : end) };
  }

  /** The `///` lines right before the next token. */
  protected takeDoc(): Doc | undefined {
    const { docs } = this;
    if (this.nextDoc >= docs.length) return undefined;
    const before = this.currIdx + 1;
    while ((docs[this.nextDoc]?.before ?? before) < before) this.nextDoc++;
    const first = docs[this.nextDoc];
    if (first?.before !== before) return undefined;
    const lines: string[] = [];
    let last = first;
    for (let line: DocLine | undefined = first; line?.before === before; line = docs[++this.nextDoc]) {
      lines.push(
        this.text
          .slice(line.start + 3, line.end)
          .replace(/^ /, "")
          .trimEnd(),
      );
      last = line;
    }
    return { kind: "doc", start: first.start, end: last.end, text: lines.join("\n") };
  }

  // ---- Reports --------------------------------------------------------------------------------------------------------

  /** Reports, unless this place was spoken about already. */
  protected fail<A>(declared: Declared<A>, start: number, end: number, args: A, fix?: ReportFix): void {
    if (this.quiet || this.RECORDING_PHASE) return;
    this.quiet = true;
    const beforeAssumedEnd = this.peek(1) === at.stringEnd && this.nextStart() === this.ends[this.currIdx + 1];
    if (!beforeAssumedEnd) this.reportAt(declared, start, end, args, fix);
  }

  /** Reports something beside the flow of tokens, such as an escape in a string. */
  protected readonly note: ReportAt = (declared, start, end, args, fix) => {
    this.reportNow(declared, start, end, args, fix);
  };

  protected reportNow<A>(declared: Declared<A>, start: number, end: number, args: A, fix?: ReportFix): void {
    if (!this.RECORDING_PHASE) this.reportAt(declared, start, end, args, fix);
  }

  /** Reports that something lacks at the end of the token before. */
  protected failMissing(declared: Declared<{ found: string }>): void {
    const place = this.lastEnd();
    this.fail(declared, place, place, { found: this.found() });
  }

  protected reportExpected(tokenType: TokenType): void {
    if (this.quiet) return;
    if (tokenType === tokens.Name || tokenType === tokens.Word) return this.failMissing(syntaxDiagnostics.SEQ1103);
    const text = fixedText(tokenType);
    const what = text === undefined ? "something" : `"${text}"`;
    const place = this.lastEnd();
    const spaced = text !== undefined && /^[a-z=]/.test(text) ? ` ${text}` : (text ?? "");
    const fix = { title: `Add ${what}`, text: spaced, safe: false };
    this.fail(syntaxDiagnostics.SEQ1101, place, place, { what, found: this.found() }, fix);
  }

  /** How a message names the next token. */
  protected found(): string {
    if (this.peek(1) === at.eof) return "the end of the file";
    if ((this.landmarks(1) & landmark.string) !== 0) return "this text";
    const text = this.nextText();
    return text === "" ? "the end of the text" : `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`;
  }

  // ---- Junk -----------------------------------------------------------------------------------------------------------

  /** Whether a contextual word is followed by what makes it a clause or a declaration, and no name (gate G1). */
  protected followedByStart(index: number): boolean {
    const next = this.types[index + 1] ?? at.eof;
    if (next === at.number || (landmarksOf(next) & (landmark.name | landmark.string)) !== 0) return true;
    const type = this.types[index];
    return next === at.lcurly && (type === at.env || type === at.foreign);
  }

  /** Whether a declaration starts at a token. */
  protected startsDeclaration(index: number): boolean {
    const type = this.types[index] ?? at.eof;
    const bits = landmarksOf(type);
    if ((bits & landmark.declaration) !== 0) {
      return type !== at.extern || this.types[index + 1] === at.sequence;
    }
    if ((bits & landmark.contextualDeclaration) === 0) return false;
    const next = landmarksOf(this.types[index + 1] ?? at.eof);
    return (next & (type === at.test ? landmark.string : landmark.name)) !== 0;
  }

  /** Whether a token starts an element of a loop that is being read, or closes one. */
  protected stopsJunk(index: number): boolean {
    const type = this.types[index] ?? at.eof;
    if (type === at.eof || type === at.rcurly || type === at.stringMiddle || type === at.stringEnd) return true;
    if (type === at.rparen) return (this.loops & loop.parentheses) !== 0;
    if (type === at.rsquare) return (this.loops & loop.brackets) !== 0;
    if (this.startsDeclaration(index)) return true;
    const bits = landmarksOf(type);
    const insideBrackets = (this.loops & (loop.parentheses | loop.brackets | loop.fields)) !== 0;
    if (insideBrackets && (type === at.if || type === at.for) && !this.breaksLineBefore(index)) return false;
    if ((this.loops & loop.statements) !== 0) {
      if ((bits & (landmark.variable | landmark.statement | landmark.action)) !== 0) return true;
      if (type === at.extern || type === at.finally) return true;
      if (!insideBrackets && type === at.identifier && this.types[index + 1] === at.assign) return true;
    }
    if ((this.loops & loop.clauses) !== 0) {
      if ((bits & landmark.clause) !== 0) return true;
      if ((bits & landmark.contextualClause) !== 0 && this.followedByStart(index)) return true;
    }
    if ((this.loops & loop.testItems) === 0 || (bits & landmark.testItem) === 0) return false;
    return !insideBrackets || this.breaksLineBefore(index);
  }

  /** Skips what can't start an element, with one report, up to what can or to what stops junk. */
  protected skipJunk(place: string, startsElement: (index: number) => boolean): void {
    if (this.RECORDING_PHASE) return;
    const first = this.currIdx + 1;
    if (startsElement(first) || this.stopsJunk(first)) return;
    if (this.repeatsLast() && bracketStep(this.peek(1)) > 0) return this.skipOne(place);
    let index = first;
    while (!startsElement(index) && !this.stopsJunk(index)) index = this.behindBrackets(index);
    const end = this.ends[index - 1] ?? 0;
    this.fail(syntaxDiagnostics.SEQ1110, this.nextStart(), end, { text: this.shownNext(), place });
    this.currIdx = index - 1;
    this.quiet = true;
  }

  /** Whether more braces are closed than opened on the line of the next token: one that opens lacks, or one is too many. */
  protected lacksOpenBrace(): boolean {
    const next = this.currIdx + 1;
    if (next < this.line.first || next >= this.line.behind) this.line = this.lineOf(next);
    return this.line.opened < 0;
  }

  private lineOf(index: number): Line {
    let first = index;
    while (!this.breaksLineBefore(first)) first--;
    let opened = 0;
    let behind = first;
    do {
      if (this.types[behind] === at.lcurly) opened++;
      else if (this.types[behind] === at.rcurly && behind > first) opened--;
      behind++;
    } while (this.types[behind] !== at.eof && !this.breaksLineBefore(behind));
    return { first, behind, opened };
  }

  /** The number of the token behind a whole pair of brackets, or behind the token itself when it opens none. */
  protected behindBrackets(index: number): number {
    if (bracketStep(this.types[index]) !== 1 || this.unbalanced) return index + 1;
    let open = 0;
    for (let behind = index; this.types[behind] !== at.eof; behind++) {
      open += bracketStep(this.types[behind]);
      if (open <= 0) return behind + 1;
    }
    // Looking for the partner of every bracket of a text that has none would cost the square of its length.
    this.unbalanced = true;
    return index + 1;
  }

  /** Goes one level deeper; false at the limit, when what comes next was reported, once a file, and skipped. */
  protected enter(): boolean {
    if (this.depth < nestingLimit || this.RECORDING_PHASE) {
      this.depth++;
      return true;
    }
    this.failTooDeep();
    const next = this.currIdx + 1;
    let index = this.behindBrackets(next);
    if (index === next + 1) while (!this.endsTooDeep(index)) index++;
    this.currIdx = index - 1;
    this.quiet = true;
    return false;
  }

  /** Whether what is nested too deep can be over: a declaration starts, or something else that stops junk, on its own line. */
  private endsTooDeep(index: number): boolean {
    if (this.types[index] === at.eof || this.startsDeclaration(index)) return true;
    return !this.unbalanced && this.breaksLineBefore(index) && this.stopsJunk(index);
  }

  protected failTooDeep(): void {
    if (this.tooDeep) return;
    this.tooDeep = true;
    this.fail(syntaxDiagnostics.SEQ1133, this.nextStart(), this.ends[this.currIdx + 1] ?? 0, { limit: nestingLimit });
  }

  protected failTooLong(): void {
    if (this.tooDeep) return;
    this.tooDeep = true;
    const args = { what: "this expression", limit: chainLimit, of: "operators or properties in a row" };
    this.fail(syntaxDiagnostics.SEQ1137, this.nextStart(), this.ends[this.currIdx + 1] ?? 0, args);
  }
}

/** 1 for a token that opens a bracket, -1 for one that closes it. */
export function bracketStep(type: number | undefined): -1 | 0 | 1 {
  switch (type) {
    case at.lparen:
    case at.lsquare:
    case at.lcurly:
    case at.stringStart:
      return 1;
    case at.rparen:
    case at.rsquare:
    case at.rcurly:
    case at.stringEnd:
      return -1;
    default:
      return 0;
  }
}
