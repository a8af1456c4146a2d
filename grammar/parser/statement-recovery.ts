// Recovery among statements and clauses, and what is read in the place of a statement: handlers without a group, blocks
// without their word, assignments without `set`, variables and declarations in a block.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { indentationAt } from "../lexer/multiline.ts";
import type { words } from "../lexer/token-types.ts";
import { reservedWords } from "../lexer/words.ts";
import type { Block, Clause, Declaration, Group, SequenceMember, Step, StringLiteral } from "../syntax/tree.ts";
import { ClauseParser } from "./clause-parser.ts";
import { at, landmark } from "./landmarks.ts";

/** The clauses that a group takes. */
export const groupClauses: ReadonlySet<Clause["kind"]> = new Set([
  "when",
  "timeout",
  "continueOnError",
  "disabled",
  "foreign",
]);

const statementWords = ["step", "group", "if", "for", ...reservedWords.actions] as const;
const clauseWords = [
  ...["when", "as", "from", "into", "continue", "success", "reboots", "retry", "timeout", "workdir", "env"],
  ...["args", "needs", "disabled", "foreign"],
] as (keyof typeof words)[];
const variableWords = ["param", "secret", "output", "var", "global", "options"] as const;

/** The tokens of one pair of braces, by number. */
export interface Braces {
  readonly open: number;
  /** The number of the closing token; undefined while it is open. */
  close: number | undefined;
}

export abstract class StatementRecovery extends ClauseParser {
  /** What stands in the block that is being read. */
  protected statements: SequenceMember[] = [];
  /** Variables found in inner blocks; their sequence takes them over. */
  protected hoistedVariables: SequenceMember[] = [];
  /** Declarations found in a sequence; the file takes them over. */
  protected hoistedDeclarations: Declaration[] = [];
  /** The braces of the declaration that is being read: a missing one is looked for by their indentations. */
  protected braces: Braces[] = [];

  /** Rules of the subclasses that recovery reads with. */
  protected abstract readDeclaration(): Declaration | undefined;
  protected abstract readVariable(): SequenceMember;
  abstract readonly block: ParserMethod<[], Block>;

  protected stepOf(title: StringLiteral | undefined, start: number, action: Step["action"], clauses: Clause[]): Step {
    const present = title === undefined ? {} : { title };
    return { kind: "step", start, end: Math.max(start, this.lastEnd()), bare: true, ...present, action, clauses };
  }

  // ---- Clauses --------------------------------------------------------------------------------------------------------

  protected startsClause(index: number): boolean {
    const bits = this.landmarksAt(index);
    if ((bits & (landmark.clause | landmark.contextualClause)) === 0) return false;
    return this.types[index] !== at.on || this.types[index + 1] !== at.error;
  }

  /** Behind the clauses: skips what can't be one, and reads a misspelt one; true when the loop can go on. */
  protected recoverClause(): boolean {
    if (this.RECORDING_PHASE) return false;
    if (this.closesTwice()) this.skipOne("twice");
    const next = this.currIdx + 1;
    if (this.stopsJunk(next) || (this.peek(1) === at.lcurly && !this.isRecord(next))) return this.startsClause(next);
    if (this.startsClause(next)) return true;
    if (this.startsLet()) return false;
    if (this.peek(1) === at.comma && this.startsAssignment(2)) return this.skipAssignments();
    if (this.peek(1) === at.identifier && !this.stopsMisspelt() && this.retagNearest(clauseWords)) return true;
    if (this.readsMisspeltStatement()) return false;
    const before = this.currIdx;
    this.skipJunk("behind an action or a clause", (index) => this.startsClause(index) || this.startsBlock(index));
    return this.currIdx > before && this.startsClause(this.currIdx + 1);
  }

  protected startsAssignment(howMuch: number): boolean {
    return (this.landmarks(howMuch) & landmark.name) !== 0 && this.peek(howMuch + 1) === at.assign;
  }

  /** Behind `set a = 1 when b`: more assignments are a sign that the "{" around all of them lacks. */
  private skipAssignments(): boolean {
    const place = this.lastEnd();
    this.fail(syntaxDiagnostics.SEQ1101, place, place, { what: 'a "{" behind "set"', found: '","' });
    while (this.peek(1) === at.comma && this.startsAssignment(2)) {
      this.currIdx++;
      this.subrule(9, this.assignment);
      if (this.peek(1) === at.when) this.subrule(9, this.clause);
    }
    if (this.peek(1) === at.rcurly && !this.firstOnLine() && this.lacksOpenBrace()) this.currIdx++;
    this.quiet = true;
    return this.startsClause(this.currIdx + 1);
  }

  /** Behind a record: whether its "}" stands there twice, since a clause follows on the line and no block was opened on it. */
  private closesTwice(): boolean {
    if (this.peek(1) !== at.rcurly || !this.repeatsLast() || this.firstOnLine() || this.firstOnLine(2)) return false;
    return this.startsClause(this.currIdx + 2) && this.lacksOpenBrace();
  }

  /** Whether a "{" opens a record rather than a block. */
  private isRecord(index: number): boolean {
    if ((this.landmarksAt(index + 1) & (landmark.word | landmark.string)) === 0) return false;
    return this.types[this.behindBrackets(index + 1)] === at.colon;
  }

  private startsBlock(index: number): boolean {
    if (this.types[index] !== at.lcurly) return false;
    const bits = this.landmarksAt(index + 1);
    return (bits & (landmark.statement | landmark.action)) !== 0 && this.types[index + 2] !== at.colon;
  }

  /** Whether a misspelt word is rather that of a statement than that of a clause. */
  private stopsMisspelt(): boolean {
    return (this.landmarks(2) & landmark.string) !== 0 && this.types[this.currIdx + 3] === at.lcurly;
  }

  protected recoverGroupClause(clauses: Clause[]): boolean {
    if (this.RECORDING_PHASE || this.peek(1) === at.lcurly) return false;
    if (this.peek(1) === at.on && this.peek(2) === at.error) {
      const start = this.nextStart();
      const fix = { title: 'Add "continue"', text: "continue ", safe: false, start, end: start };
      this.fail(syntaxDiagnostics.SEQ1122, start, this.ends[this.currIdx + 2] ?? 0, {}, fix);
      this.currIdx += 2;
      this.quiet = false;
      clauses.push({ kind: "continueOnError", start, end: this.lastEnd() });
      return true;
    }
    if (this.startsClause(this.currIdx + 1)) return true;
    if (this.retagNearest(clauseWords)) return true;
    const before = this.currIdx;
    this.skipJunk(
      "before the block of a group",
      (index) => this.startsClause(index) || this.types[index] === at.lcurly,
    );
    return this.currIdx > before && this.startsClause(this.currIdx + 1);
  }

  // ---- Braces and branches --------------------------------------------------------------------------------------------

  /** `elseif` and `elif` are read as `else if`: the word stands for `if`, and its `else` is the token before given up. */
  protected retagElse(): void {
    const written = this.peek(1) === at.identifier ? this.nextText() : "";
    if (written !== "elseif" && written !== "elif") return;
    const index = this.currIdx + 1;
    const fix = { title: 'Write "else if"', text: "else if", safe: true };
    const end = this.ends[index] ?? 0;
    this.fail(syntaxDiagnostics.SEQ1136, this.nextStart(), end, { written, meant: "else if" }, fix);
    this.types[index - 1] = at.else;
    this.types[index] = at.if;
    this.currIdx -= 1;
  }

  /** Reports the brace that is most likely the one that was never closed. */
  protected failBrace(): void {
    if (this.quiet) return;
    const wrong = this.braces.findLast((braces) => braces.close !== undefined && this.standsElsewhere(braces));
    const last = wrong ?? this.braces.findLast((braces) => braces.close === undefined);
    if (last === undefined) return;
    if (this.types[last.open] !== at.lcurly) {
      // That brace lacks, which was reported: the one that would close it is no second mistake.
      this.quiet = true;
      return;
    }
    const start = this.starts[last.open] ?? 0;
    const place = this.lastEnd();
    const fix = { title: 'Add "}"', text: "\n}", safe: false, start: place, end: place };
    this.fail(syntaxDiagnostics.SEQ1112, start, start + 1, {}, fix);
  }

  protected standsElsewhere({ open, close }: Braces): boolean {
    const opened = this.starts[open] ?? 0;
    const closed = this.starts[close ?? open] ?? 0;
    return (
      this.text.slice(opened, closed).includes("\n") &&
      this.text.slice(this.text.lastIndexOf("\n", closed - 1) + 1, closed).trim() === "" &&
      indentationAt(this.text, opened) !== indentationAt(this.text, closed)
    );
  }

  // ---- What is read in the place of a statement -----------------------------------------------------------------------

  /** Behind the statements of a block: reads or skips what is none; true when the loop can go on. */
  protected recoverStatement(): boolean {
    if (this.RECORDING_PHASE) return false;
    const before = this.currIdx;
    const next = before + 1;
    const type = this.peek(1);
    if (type === at.rcurly || type === at.eof) return false;
    if (this.startsDeclaration(next)) return this.readsNestedDeclaration();
    const bits = this.landmarks(1);
    if ((bits & landmark.variable) !== 0 && this.lacksOwnBrace()) return false;
    if ((bits & landmark.variable) !== 0 || type === at.extern) this.readVariableInBlock();
    else if (type === at.lcurly && this.isRecord(next)) this.skipRecord();
    else if (type === at.lcurly && this.repeatsLast() && !this.firstOnLine()) this.skipOne("twice");
    else if (type === at.lcurly) this.readBlockWithoutGroup();
    else if ((type === at.on && this.peek(2) === at.error) || type === at.finally) this.readHandler();
    else if (this.startsClause(next)) this.readClauseBehindBlock();
    else if (type === at.identifier && this.peek(2) === at.assign) this.readAssignmentWithoutSet(0);
    else if (this.startsLet()) this.readAssignmentWithoutSet(1);
    else if (this.readsMisspeltStatement()) return true;
    else this.skipJunk("in a block of statements", (index) => this.startsStatementLike(index));
    return this.currIdx > before;
  }

  /** Whether the "{" of the block that is being read was assumed. */
  private lacksOwnBrace(): boolean {
    const open = this.braces.findLast((braces) => braces.close === undefined)?.open;
    return open !== undefined && this.types[open] !== at.lcurly;
  }

  private skipRecord(): void {
    const start = this.nextStart();
    this.currIdx = this.behindBrackets(this.currIdx + 1) - 1;
    this.fail(syntaxDiagnostics.SEQ1110, start, this.lastEnd(), {
      text: 'this "{"',
      place: "in a block of statements",
    });
    this.quiet = true;
  }

  private startsStatementLike(index: number): boolean {
    const bits = this.landmarksAt(index) & (landmark.statement | landmark.action);
    return (
      bits !== 0 ||
      this.types[index] === at.lcurly ||
      (this.types[index] === at.on && this.types[index + 1] === at.error)
    );
  }

  private startsLet(): boolean {
    if (this.peek(1) !== at.identifier || this.peek(3) !== at.assign) return false;
    return (this.landmarks(2) & landmark.name) !== 0;
  }

  protected readsMisspeltStatement(): boolean {
    if (this.peek(1) !== at.identifier) return false;
    if (this.nextText() === "foreach") return this.readsForeach();
    const next = this.landmarks(2);
    const fits = (next & (landmark.name | landmark.string | landmark.operand | landmark.statement)) !== 0;
    return fits && this.peek(2) !== at.colon && this.retagNearest([...statementWords, ...variableWords]);
  }

  private readsForeach(): boolean {
    const index = this.currIdx + 1;
    const fix = { title: 'Write "for"', text: "for", safe: true };
    const args = { written: "foreach", meant: "for" };
    this.fail(syntaxDiagnostics.SEQ1136, this.starts[index] ?? 0, this.ends[index] ?? 0, args, fix);
    this.types[index] = at.for;
    return true;
  }

  private readsNestedDeclaration(): boolean {
    const sequence = this.braces[0];
    if (sequence === undefined || !this.firstOnLine()) return false;
    const outer = indentationAt(this.text, this.starts[sequence.open] ?? 0);
    if (indentationAt(this.text, this.nextStart()) <= outer) return false;
    const word = this.nextText();
    this.fail(syntaxDiagnostics.SEQ1116, this.nextStart(), this.nextStart() + word.length, { word });
    const { statements, braces, loops } = this;
    if (!this.enter()) return true;
    const declaration = this.readDeclaration();
    this.depth--;
    if (declaration !== undefined) this.hoistedDeclarations.push(declaration);
    this.statements = statements;
    this.braces = braces;
    this.loops = loops;
    return true;
  }

  private readVariableInBlock(): void {
    const start = this.nextStart();
    const end = this.ends[this.currIdx + 1] ?? 0;
    const { statements } = this;
    const variable = this.readVariable();
    this.note(syntaxDiagnostics.SEQ1115, start, end, {});
    this.hoistedVariables.push(variable);
    this.statements = statements;
  }

  private readBlockWithoutGroup(): void {
    const start = this.nextStart();
    const fix = { title: 'Write "group" before it', text: "group ", safe: false, start, end: start };
    this.fail(syntaxDiagnostics.SEQ1123, start, start + 1, {}, fix);
    const { statements } = this;
    const body = this.subrule(9, this.block);
    this.statements = statements;
    statements.push({ kind: "group", start, end: this.lastEnd(), clauses: [], body });
  }

  /** `on error {` or `finally {` behind something that is no group, or a second time, or in the wrong order. */
  private readHandler(): void {
    const start = this.nextStart();
    const isFinally = this.peek(1) === at.finally;
    const width = isFinally ? 1 : 2;
    const end = this.ends[this.currIdx + width] ?? 0;
    const { statements } = this;
    const last = statements.at(-1);
    const isGroup = last?.kind === "group";
    // In the right order a handler comes here only when recovery stood between it and its group.
    const fits = isGroup && last.finally === undefined && (isFinally || last.onError === undefined);
    if (isGroup && !fits) this.fail(syntaxDiagnostics.SEQ1131, start, end, {});
    else if (!isGroup)
      this.fail(
        syntaxDiagnostics.SEQ1121,
        start,
        end,
        { word: isFinally ? "finally" : "on error" },
        this.wrapFix(last),
      );
    this.currIdx += width;
    this.quiet = true;
    const block = this.subrule(9, this.block);
    this.statements = statements;
    if (last === undefined || last.kind === "options" || last.kind === "variable") {
      const body: Block = { kind: "block", start, end: start, statements: [] };
      statements.push(this.withHandler({ kind: "group", start, end: start, clauses: [], body }, block, isFinally));
      return;
    }
    const group: Group = isGroup
      ? last
      : {
          kind: "group",
          start: last.start,
          end: last.end,
          clauses: [],
          body: { kind: "block", start: last.start, end: last.end, statements: [last] },
        };
    statements[statements.length - 1] = this.withHandler(group, block, isFinally);
  }

  private wrapFix(last: SequenceMember | undefined):
    | {
        title: string;
        text: string;
        safe: boolean;
        start: number;
        end: number;
        others: { start: number; end: number; text: string }[];
      }
    | undefined {
    if (last === undefined || last.kind === "options" || last.kind === "variable") return undefined;
    const { start, end } = last;
    return {
      title: "Wrap it in a group",
      text: "group { ",
      safe: false,
      start,
      end: start,
      others: [{ start: end, end, text: " }" }],
    };
  }

  private withHandler(group: Group, block: Block, isFinally: boolean): Group {
    const end = this.lastEnd();
    if (isFinally) return group.finally === undefined ? { ...group, end, finally: block } : { ...group, end };
    return group.onError === undefined ? { ...group, end, onError: block } : { ...group, end };
  }

  /** `group { … } timeout 5m`: the clause is given to the group. */
  private readClauseBehindBlock(): void {
    const first = this.currIdx + 1;
    const start = this.nextStart();
    this.fail(syntaxDiagnostics.SEQ1130, start, this.ends[first] ?? 0, { clause: this.nextText() });
    const { statements } = this;
    const clause = this.subrule(9, this.clause);
    this.statements = statements;
    const last = statements.at(-1);
    if (last?.kind !== "group" || !groupClauses.has(clause.kind)) return;
    // The list is the one this parser made for the group; copying it for each clause would cost the square of their number.
    (last.clauses as Clause[]).push(clause);
    statements[statements.length - 1] = { ...last, end: this.lastEnd() };
  }

  private readAssignmentWithoutSet(skipped: 0 | 1): void {
    const start = this.nextStart();
    const index = this.currIdx + 1 + skipped;
    const name = this.wordAt(index);
    const end = skipped === 1 ? this.starts[index] : start;
    const fix = { title: 'Write "set" before it', text: "set ", safe: false, start, end: end ?? start };
    this.fail(syntaxDiagnostics.SEQ1124, start, this.ends[index] ?? 0, { name }, fix);
    this.currIdx += skipped;
    const { statements } = this;
    const assignments = [this.subrule(9, this.assignment)];
    while (this.peek(1) === at.comma && this.peek(3) === at.assign) {
      this.currIdx++;
      assignments.push(this.subrule(9, this.assignment));
    }
    this.statements = statements;
    const action = { kind: "set", start, end: this.lastEnd(), block: false, assignments } as const;
    statements.push(this.stepOf(undefined, start, action, []));
  }
}
