// The grammar of statements and blocks.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { indentationAt } from "../lexer/multiline.ts";
import { tokens, words } from "../lexer/token-types.ts";
import { reservedWords } from "../lexer/words.ts";
import type {
  Block,
  Clause,
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
import { at, landmark } from "./landmarks.ts";
import { loop } from "./recovering-parser.ts";
import { groupClauses, StatementRecovery } from "./statement-recovery.ts";

type Writable<T> = { -readonly [F in keyof T]: T[F] };

export abstract class StatementParser extends StatementRecovery {
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
    const { loops } = this;
    this.loops |= loop.clauses;
    const bare = this.RECORDING_PHASE || this.peek(1) !== at.step;
    this.stepLabel = this.stepTitle = undefined;
    this.OPTION(this.readStepHead);
    const { stepLabel: label, stepTitle: title } = this;
    const clauses: Clause[] = (this.clauses = []);
    if (!bare) this.readClausesBeforeAction(clauses);
    const action = this.SUBRULE(this.action);
    if (action.kind === "missing") this.failAction(start, title, clauses.length > 0);
    do {
      this.MANY(this.readClause);
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

  /** Of the step that is being read. */
  private stepLabel: Name | undefined;
  private stepTitle: StringLiteral | undefined;
  private clauses: Clause[] = [];

  private readonly readStepHead = (): void => {
    this.CONSUME(words.step);
    this.stepLabel = this.label();
    this.stepTitle = this.title();
  };

  /** The name in front of a title. A word of a clause is none when what follows makes it one. */
  private label(): Name | undefined {
    if (!this.RECORDING_PHASE && !this.startsLabel()) return undefined;
    return this.OPTION1(this.readLabel);
  }

  private readonly readLabel = (): Name => {
    this.CONSUME(tokens.Name);
    return this.lastName();
  };

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
    const title = this.OPTION2(this.readTitle);
    return title?.kind === "string" ? title : undefined;
  }

  private readonly readTitle = (): StringLiteral | Missing => this.SUBRULE(this.string);

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

  private readonly readClause = {
    GATE: this.clauseGate,
    DEF: (): void => {
      const { clauses } = this;
      clauses.push(this.SUBRULE(this.clause));
      this.clauses = clauses;
    },
  };

  private failAction(start: number, title: StringLiteral | undefined, clausesFollow: boolean): void {
    if (this.RECORDING_PHASE) return;
    const part = title?.parts[0];
    const step = part?.kind === "stringText" ? `the step "${part.value}"` : "this step";
    this.fail(syntaxDiagnostics.SEQ1106, start, title?.end ?? Math.max(start, this.lastEnd()), { step });
    // Clauses were read since: what comes now is another place.
    if (clausesFollow) this.quiet = false;
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
      const block = this.subrule(9, this.block);
      return { kind: "if", start, end: this.lastEnd(), condition, body, otherwise: block };
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

  readonly for: ParserMethod<[], For> = this.RULE("for", (): For => {
    this.CONSUME(words.for);
    const start = this.lastStart();
    const inParentheses = !this.RECORDING_PHASE && this.skipsParenthesis();
    const variable: Name | Missing = this.name(1);
    this.CONSUME(words.in);
    const iterable: Expression = this.headOf(1);
    if (inParentheses && this.peek(1) === at.rparen) this.currIdx++;
    this.skipHeadJunk();
    const body = this.SUBRULE(this.block);
    return { kind: "for", start, end: this.lastEnd(), variable, iterable, body };
  });

  /** `for (a in b) {`: the parentheses are none of this language. */
  private skipsParenthesis(): boolean {
    if (this.peek(1) !== at.lparen) return false;
    const closing = this.behindBrackets(this.currIdx + 1) - 1;
    const start = this.nextStart();
    const others = [{ start: this.starts[closing] ?? 0, end: this.ends[closing] ?? 0, text: "" }];
    const balanced = this.types[closing] === at.rparen ? { others } : {};
    const fix = { title: "Remove the parentheses", text: "", safe: false, ...balanced };
    this.fail(syntaxDiagnostics.SEQ1110, start, start + 1, { text: '"("', place: 'behind "for"' }, fix);
    this.currIdx++;
    return true;
  }

  private skipHeadJunk(): void {
    this.skipJunk('before this "{"', (index) => this.types[index] === at.lcurly);
  }

  // ---- Blocks ---------------------------------------------------------------------------------------------------------

  override readonly block: ParserMethod<[], Block> = this.RULE("block", (): Block => {
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
}
