// The grammar of statements and blocks, with what recovery reads in their place: handlers without a group, blocks without
// their word, assignments without `set`, variables and declarations in a block.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { indentationAt } from "../lexer/multiline.ts";
import { tokens, words } from "../lexer/token-types.ts";
import { reservedWords } from "../lexer/words.ts";
import type {
  Block,
  Clause,
  Declaration,
  Expression,
  For,
  Group,
  If,
  Missing,
  Name,
  SequenceMember,
  Statement,
  Step,
  StringLiteral,
} from "../syntax/tree.ts";
import { ClauseParser } from "./clause-parser.ts";
import { at, landmark } from "./landmarks.ts";
import { loop } from "./recovering-parser.ts";

const groupClauses: ReadonlySet<Clause["kind"]> = new Set([
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

export interface Braces {
  readonly open: number;
  /** The number of the closing token; undefined while it is open. */
  close: number | undefined;
}

type Writable<T> = { -readonly [F in keyof T]: T[F] };

export abstract class StatementParser extends ClauseParser {
  /** What stands in the block that is being read. */
  protected statements: SequenceMember[] = [];
  /** Variables found in inner blocks; their sequence takes them over. */
  protected hoistedVariables: SequenceMember[] = [];
  /** Declarations found in a sequence; the file takes them over. */
  protected hoistedDeclarations: Declaration[] = [];
  /** The braces of the declaration that is being read: a missing one is looked for by their indentations. */
  protected braces: Braces[] = [];

  protected abstract readDeclaration(): Declaration | undefined;
  protected abstract readVariable(): SequenceMember;

  // ---- Steps ----------------------------------------------------------------------------------------------------------

  readonly statement: ParserMethod<[], Statement> = this.RULE("statement", (): Statement => {
    return this.OR(this.statementAlternatives) ?? this.stepOf(undefined, this.nextStart(), this.missing(), []);
  });

  private readonly statementAlternatives: { ALT: () => Statement }[] = [
    { ALT: () => this.SUBRULE(this.step) },
    { ALT: () => this.SUBRULE(this.group) },
    { ALT: () => this.SUBRULE(this.if) },
    { ALT: () => this.SUBRULE(this.for) },
  ];

  readonly step: ParserMethod<[], Step> = this.RULE("step", (): Step => {
    const doc = this.takeDoc();
    const start = this.nextStart();
    let label: Name | undefined;
    let title: StringLiteral | undefined;
    const { loops } = this;
    this.loops |= loop.clauses;
    const bare = this.RECORDING_PHASE || this.peek(1) !== at.step;
    this.OPTION(() => {
      this.CONSUME(words.step);
      label = this.label();
      title = this.title();
    });
    const clauses: Clause[] = [];
    if (!bare) this.readClausesBeforeAction(clauses);
    const action = this.SUBRULE(this.action);
    if (action.kind === "missing") this.failAction(start, title, clauses.length > 0);
    do {
      this.MANY({
        GATE: this.clauseGate,
        DEF: () => {
          clauses.push(this.SUBRULE(this.clause));
        },
      });
    } while (this.recoverClause());
    this.loops = loops;
    // Steps are what large files are made of: optional fields are set here one by one, since spreading them costs more.
    const end = Math.max(start, this.lastEnd());
    const step: Writable<Step> = { kind: "step", start, end, bare, action, clauses };
    if (doc !== undefined) step.doc = doc;
    if (label !== undefined) step.label = label;
    if (title !== undefined) step.title = title;
    return step;
  });

  private stepOf(title: StringLiteral | undefined, start: number, action: Step["action"], clauses: Clause[]): Step {
    const present = title === undefined ? {} : { title };
    return { kind: "step", start, end: Math.max(start, this.lastEnd()), bare: true, ...present, action, clauses };
  }

  /** The name in front of a title. A word of a clause is none when what follows makes it one. */
  private label(): Name | undefined {
    if (!this.RECORDING_PHASE && !this.startsLabel()) return undefined;
    let label: Name | undefined;
    this.OPTION1(() => {
      this.CONSUME(tokens.Name);
      label = this.lastName();
    });
    return label;
  }

  private startsLabel(): boolean {
    const bits = this.landmarks(1);
    if ((bits & landmark.reserved) !== 0) return this.readsReservedLabel(bits);
    if (this.peek(1) === at.identifier) return !this.readsMisspeltAction();
    if ((bits & landmark.contextualClause) === 0) return true;
    const next = this.peek(2);
    if (this.peek(1) === at.disabled) return next === at.identifier;
    if (next === at.number) return false;
    return next !== at.lcurly || (this.peek(1) !== at.env && this.peek(1) !== at.foreign);
  }

  private readsReservedLabel(bits: number): boolean {
    if ((bits & landmark.action) !== 0 || (this.landmarks(2) & landmark.string) === 0 || this.firstOnLine())
      return false;
    const word = this.nextText();
    const fix = { title: "Put it in backticks", text: `\`${word}\``, safe: true };
    this.fail(syntaxDiagnostics.SEQ1128, this.nextStart(), this.nextStart() + word.length, { word }, fix);
    this.types[this.currIdx + 1] = at.identifier;
    return true;
  }

  /** `step runn "setup.exe"`: a name that is near an action's word, and no action comes behind its string. */
  private readsMisspeltAction(): boolean {
    if ((this.landmarks(2) & landmark.string) === 0) return false;
    const behind = this.landmarksAt(this.behindBrackets(this.currIdx + 2));
    return (
      (behind & landmark.action) === 0 &&
      this.types[this.currIdx + 3] !== at.lcurly &&
      this.retagNearest(reservedWords.actions)
    );
  }

  private title(): StringLiteral | undefined {
    const title = this.OPTION2(() => this.SUBRULE(this.string));
    return title?.kind === "string" ? title : undefined;
  }

  private readClausesBeforeAction(clauses: Clause[]): void {
    if (this.RECORDING_PHASE) return;
    this.retagNearest(reservedWords.actions);
    const first = this.currIdx + 1;
    while (this.startsClause(this.currIdx + 1)) {
      const before = this.currIdx;
      clauses.push(this.subrule(9, this.clause));
      if (this.currIdx === before) return;
    }
    if (this.currIdx + 1 === first || (this.landmarks(1) & landmark.action) === 0) return;
    const start = this.starts[first] ?? 0;
    this.fail(syntaxDiagnostics.SEQ1120, start, this.ends[first] ?? 0, { clause: this.wordAt(first) });
  }

  /** `on error` starts a handler and no clause. */
  private readonly clauseGate = (): boolean => this.peek(1) !== at.on || this.peek(2) !== at.error;

  private startsClause(index: number): boolean {
    const bits = this.landmarksAt(index);
    if ((bits & (landmark.clause | landmark.contextualClause)) === 0) return false;
    return this.types[index] !== at.on || this.types[index + 1] !== at.error;
  }

  private failAction(start: number, title: StringLiteral | undefined, clausesFollow: boolean): void {
    if (this.RECORDING_PHASE) return;
    const part = title?.parts[0];
    const step = part?.kind === "stringText" ? `the step "${part.value}"` : "this step";
    this.fail(syntaxDiagnostics.SEQ1106, start, title?.end ?? Math.max(start, this.lastEnd()), { step });
    // Clauses were read since: what comes now is another place.
    if (clausesFollow) this.quiet = false;
  }

  /** Behind the clauses: skips what can't be one, and reads a misspelt one; true when the loop can go on. */
  private recoverClause(): boolean {
    if (this.RECORDING_PHASE) return false;
    const next = this.currIdx + 1;
    if (this.stopsJunk(next) || (this.peek(1) === at.lcurly && !this.isRecord(next))) return this.startsClause(next);
    if (this.startsClause(next)) return true;
    if (this.startsLet()) return false;
    if (this.peek(1) === at.identifier && !this.stopsMisspelt() && this.retagNearest(clauseWords)) return true;
    if (this.readsMisspeltStatement()) return false;
    const before = this.currIdx;
    this.skipJunk("behind an action or a clause", (index) => this.startsClause(index) || this.startsBlock(index));
    return this.currIdx > before && this.startsClause(this.currIdx + 1);
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

  // ---- Groups, if, for ------------------------------------------------------------------------------------------------

  readonly group: ParserMethod<[], Group> = this.RULE("group", (): Group => {
    const doc = this.takeDoc();
    const start = this.nextStart();
    const { loops, head } = this;
    this.CONSUME(words.group);
    this.loops |= loop.clauses;
    const label = this.label();
    const title = this.title();
    const clauses: Clause[] = [];
    this.head = true;
    do {
      this.MANY({
        GATE: this.clauseGate,
        DEF: () => {
          const first = this.currIdx + 1;
          const clause = this.SUBRULE(this.clause);
          clauses.push(clause);
          this.checkGroupClause(clause, first);
        },
      });
    } while (this.recoverGroupClause(clauses));
    this.head = head;
    this.loops = loops;
    const body = this.SUBRULE(this.block);
    const onError = this.OPTION3({ GATE: () => this.peek(2) === at.error, DEF: () => this.handler() });
    const last = this.OPTION4(() => {
      this.CONSUME(words.finally);
      return this.SUBRULE3(this.block);
    });
    return {
      kind: "group",
      start,
      end: this.lastEnd(),
      ...(doc === undefined ? {} : { doc }),
      ...(label === undefined ? {} : { label }),
      ...(title === undefined ? {} : { title }),
      clauses,
      body,
      ...(onError === undefined ? {} : { onError }),
      ...(last === undefined ? {} : { finally: last }),
    };
  });

  private handler(): Block {
    this.CONSUME(words.on);
    this.CONSUME(words.error);
    return this.SUBRULE2(this.block);
  }

  private checkGroupClause(clause: Clause, first: number): void {
    if (this.RECORDING_PHASE || groupClauses.has(clause.kind)) return;
    const start = this.starts[first] ?? 0;
    this.note(syntaxDiagnostics.SEQ1129, start, this.ends[first] ?? 0, { clause: this.wordAt(first) });
  }

  private recoverGroupClause(clauses: Clause[]): boolean {
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

  readonly if: ParserMethod<[], If> = this.RULE("if", (): If => {
    this.CONSUME(words.if);
    const start = this.lastStart();
    const condition = this.headOf(1);
    this.skipHeadJunk();
    const body = this.SUBRULE(this.block);
    if (!this.RECORDING_PHASE) this.retagElse();
    const otherwise = this.OPTION(() => {
      this.CONSUME(words.else);
      return this.OR(this.elseAlternatives);
    });
    if (!this.RECORDING_PHASE && otherwise === undefined && this.types[this.currIdx] === at.else) {
      this.reportExpected(tokens.LCurly);
    }
    const branch = otherwise === undefined ? {} : { otherwise };
    return { kind: "if", start, end: this.lastEnd(), condition, body, ...branch };
  });

  private readonly elseAlternatives: { ALT: () => If | Block }[] = [
    {
      ALT: () => {
        if (!this.enter()) return this.emptyBlock();
        const nested = this.SUBRULE(this.if);
        this.depth--;
        return nested;
      },
    },
    { ALT: () => this.SUBRULE2(this.block) },
  ];

  /** `elseif` and `elif` are read as `else if`: the word stands for `if`, and its `else` is the token before given up. */
  private retagElse(): void {
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

  readonly for: ParserMethod<[], For> = this.RULE("for", (): For => {
    this.CONSUME(words.for);
    const start = this.lastStart();
    const variable: Name | Missing = this.name(1);
    this.CONSUME(words.in);
    const iterable: Expression = this.headOf(1);
    this.skipHeadJunk();
    const body = this.SUBRULE(this.block);
    return { kind: "for", start, end: this.lastEnd(), variable, iterable, body };
  });

  private skipHeadJunk(): void {
    this.skipJunk('before this "{"', (index) => this.types[index] === at.lcurly);
  }

  // ---- Blocks ---------------------------------------------------------------------------------------------------------

  readonly block: ParserMethod<[], Block> = this.RULE("block", (): Block => {
    if (!this.RECORDING_PHASE && !this.startsBlockHere()) return this.emptyBlock();
    if (!this.enter()) return this.emptyBlock();
    const start = this.peek(1) === at.lcurly ? this.nextStart() : this.lastEnd();
    const outer = this.statements;
    const { loops, head } = this;
    this.loops = (loops | loop.statements) & ~loop.clauses;
    this.head = false;
    const list: SequenceMember[] = (this.statements = []);
    this.openBrace();
    do {
      this.MANY(this.readStatement);
    } while (this.recoverStatement());
    this.closeBrace();
    this.statements = outer;
    this.loops = loops;
    this.head = head;
    this.depth--;
    return { kind: "block", start, end: this.lastEnd(), statements: list as Statement[] };
  });

  private readonly readStatement = (): void => {
    const { statements } = this;
    statements.push(this.SUBRULE(this.statement));
    this.statements = statements;
  };

  protected emptyBlock(): Block {
    return { kind: "block", start: this.lastEnd(), end: this.lastEnd(), statements: [] };
  }

  /** Without its "{" a block is read only when what follows can be in it. */
  private startsBlockHere(): boolean {
    if (this.peek(1) === at.lcurly) return true;
    this.reportExpected(tokens.LCurly);
    if (!this.stopsJunk(this.currIdx + 1) || this.peek(1) === at.eof || this.startsDeclaration(this.currIdx + 1))
      return false;
    if (!this.firstOnLine()) return true;
    return indentationAt(this.text, this.nextStart()) > indentationAt(this.text, this.lastEnd());
  }

  protected openBrace(): void {
    this.CONSUME(tokens.LCurly);
    if (!this.RECORDING_PHASE) this.braces.push({ open: this.currIdx, close: undefined });
  }

  protected closeBrace(): void {
    if (!this.RECORDING_PHASE && this.peek(1) !== at.rcurly) this.failBrace();
    this.CONSUME(tokens.RCurly);
    if (this.RECORDING_PHASE) return;
    const open = this.braces.findLast((braces) => braces.close === undefined);
    if (open !== undefined) open.close = this.currIdx;
  }

  /** Reports the brace that is most likely the one that was never closed. */
  private failBrace(): void {
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
    if ((bits & landmark.variable) !== 0 || type === at.extern) this.readVariableInBlock();
    else if (type === at.lcurly && this.repeatsLast() && !this.firstOnLine()) this.skipOne("twice");
    else if (type === at.lcurly && this.isRecord(next)) this.skipJunk("in a block of statements", () => false);
    else if (type === at.lcurly) this.readBlockWithoutGroup();
    else if ((type === at.on && this.peek(2) === at.error) || type === at.finally) this.readHandler();
    else if (this.startsClause(next)) this.readClauseBehindBlock();
    else if (type === at.identifier && this.peek(2) === at.assign) this.readAssignmentWithoutSet(0);
    else if (this.startsLet()) this.readAssignmentWithoutSet(1);
    else if (this.readsMisspeltStatement()) return true;
    else this.skipJunk("in a block of statements", (index) => this.startsStatementLike(index));
    return this.currIdx > before;
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
    const next = this.landmarks(2);
    const fits = (next & (landmark.name | landmark.string | landmark.operand | landmark.statement)) !== 0;
    return fits && this.peek(2) !== at.colon && this.retagNearest([...statementWords, ...variableWords]);
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
