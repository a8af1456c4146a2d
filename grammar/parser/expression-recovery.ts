// Recovery within expressions: whether what comes next can be an operand, a field or an item, and what is skipped or
// assumed when it can't. The rules themselves stand in the subclasses.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { tokens, typeIndex } from "../lexer/token-types.ts";
import type { Expression } from "../syntax/tree.ts";
import { at, landmark } from "./landmarks.ts";
import { bracketStep, loop, RecoveringParser } from "./recovering-parser.ts";

const equalType = typeIndex(tokens.Equal);

export abstract class ExpressionRecovery extends RecoveringParser {
  /** Set where `{` starts a block and no record. */
  protected head = false;
  /** Set while the innermost bracket is a record's: there a word and a colon are the next field. */
  protected inRecord = false;
  /** The items of the list, or the arguments of the call, that is being read. */
  protected items: Expression[] = [];

  /** The rule of the subclass that recovery reads with. */
  abstract readonly expr: ParserMethod<[], Expression>;

  // ---- Names and strings ----------------------------------------------------------------------------------------------

  protected readReservedAsName(stringMayFollow: boolean): void {
    if (this.RECORDING_PHASE || (this.landmarks(1) & landmark.reserved) === 0) return;
    const next = this.peek(2);
    const stringFollows = stringMayFollow && (this.landmarks(2) & landmark.string) !== 0 && !this.firstOnLine();
    if (next !== at.assign && next !== at.colon && !stringFollows) return;
    const word = this.nextText();
    const fix = { title: "Put it in backticks", text: `\`${word}\``, safe: true };
    this.fail(syntaxDiagnostics.SEQ1128, this.nextStart(), this.nextStart() + word.length, { word }, fix);
    this.types[this.currIdx + 1] = at.identifier;
  }

  protected startsPath(): boolean {
    const bits = this.landmarks(1);
    if ((bits & landmark.name) === 0) return false;
    if ((bits & landmark.contextualDeclaration) !== 0)
      return !this.startsDeclaration(this.currIdx + 1) || !this.firstOnLine();
    if ((bits & landmark.contextualClause) === 0) return true;
    return this.peek(2) !== at.number && (this.landmarks(2) & landmark.string) === 0;
  }

  protected skipToPiece(): void {
    let index = this.currIdx + 1;
    for (;;) {
      const type = this.types[index] ?? at.eof;
      if (type === at.stringMiddle || type === at.stringEnd || type === at.eof) break;
      index = this.behindBrackets(index);
    }
    if (index === this.currIdx + 1) return;
    const text = `"${this.nextText().slice(0, 40)}"`;
    const place = 'before the "}" of this "${"';
    this.fail(syntaxDiagnostics.SEQ1110, this.nextStart(), this.ends[index - 1] ?? 0, { text, place });
    this.currIdx = index - 1;
  }

  // ---- Operands and operators -----------------------------------------------------------------------------------------

  /** Whether the next token starts an operand: the gates of the grammar, and what recovery takes for the next thing. */
  protected startsOperand(): boolean {
    const bits = this.landmarks(1);
    if ((bits & landmark.operand) === 0) return false;
    const type = this.peek(1);
    if (this.lacksRecordBrace()) return true;
    const mayBeField = (this.loops & loop.fields) !== 0 && this.peek(2) === at.colon;
    if (mayBeField && (bits & (landmark.word | landmark.string)) !== 0) return false;
    if (type === at.identifier) return true;
    if (type === at.lcurly) return !this.head;
    if (type === at.run) return this.peek(2) === at.dot;
    if (type === at.if) return !this.startsIfStatement();
    const mayStart = landmark.contextualClause | landmark.contextualDeclaration;
    if ((bits & mayStart) === 0 || !this.followedByStart(this.currIdx + 1)) return true;
    // In a record the next word may be the next field's name.
    return this.inRecord && this.peek(3) === at.colon;
  }

  /** What stands twice, and an operator behind an operator, is too many; true when an operand follows it. */
  protected skipsOperator(): boolean {
    if (this.repeatsLast() && bracketStep(this.peek(1)) === 0 && this.peek(1) !== at.comma) {
      this.skipOne("twice");
      return this.startsOperand();
    }
    const isOperator = (type: number): boolean => tokens.BinaryOperator.categoryMatchesMap?.[type] === true;
    if (!isOperator(this.peek(1)) || !isOperator(this.peek(0))) return false;
    if (this.nextText(0) === "<" && this.nextText() === ">") {
      const fix = { title: 'Write "!="', text: "!=", safe: true, start: this.lastStart(), end: this.nextStart() + 1 };
      this.fail(syntaxDiagnostics.SEQ1013, fix.start, fix.end, { written: "<>", meant: "!=" }, fix);
    }
    this.skipOne("behind another operator");
    return this.startsOperand();
  }

  /** Whether an `if` is the statement: first on its line, and with "{" before "then" outside of brackets. */
  private startsIfStatement(): boolean {
    if ((this.loops & loop.statements) === 0 || !this.firstOnLine()) return false;
    for (let index = this.currIdx + 2; ;) {
      const type = this.types[index] ?? at.eof;
      if (type === at.lcurly) return true;
      if (type === at.then || type === at.eof || type === at.rcurly) return false;
      index = this.behindBrackets(index);
    }
    return false;
  }

  /** A single `=` behind an operand compares: nothing is assigned within an expression. */
  protected readAsEqual(): void {
    if (this.RECORDING_PHASE || this.currIdx < 0) return;
    const index = this.currIdx + 1;
    const fix = { title: 'Write "=="', text: "==", safe: true };
    const args = { written: "=", meant: "==" };
    this.fail(syntaxDiagnostics.SEQ1013, this.starts[index] ?? 0, this.ends[index] ?? 0, args, fix);
    this.types[index] = equalType;
  }

  protected failIndexing(value: Expression): void {
    if (this.RECORDING_PHASE || this.peek(1) !== at.lsquare || this.nextStart() !== this.lastEnd()) return;
    if (value.kind === "missing" || value.kind === "list") return;
    const behind = this.behindBrackets(this.currIdx + 1);
    this.fail(syntaxDiagnostics.SEQ1126, this.nextStart(), this.ends[behind - 1] ?? 0, {});
    this.currIdx = behind - 1;
    this.quiet = true;
  }

  protected failBranch(type: number, word: string): void {
    if (this.RECORDING_PHASE || this.peek(1) === type) return;
    const branch = (index: number): boolean => this.types[index] === at.then || this.types[index] === at.else;
    let index = this.currIdx + 1;
    while (!branch(index) && !this.stopsJunk(index) && !this.breaksLineBefore(index))
      index = this.behindBrackets(index);
    if (branch(index)) this.skipJunk(`before "${word}"`, branch);
    if (this.peek(1) !== type) this.fail(syntaxDiagnostics.SEQ1135, this.lastEnd(), this.lastEnd(), { word });
  }

  // ---- Items and fields -----------------------------------------------------------------------------------------------

  /** A comma behind which a field of the record around stands is that record's. */
  protected readonly itemGate = (): boolean => (this.loops & loop.fields) === 0 || !this.commaEndsItems();

  /** Whether behind the comma that comes next a field or an assignment around stands, and no item. */
  private commaEndsItems(): boolean {
    const behind = this.currIdx + 2;
    if ((this.loops & loop.assignments) !== 0 && this.types[behind + 1] === at.assign) return true;
    return this.isField(behind) && ((this.loops & loop.brackets) === 0 || !this.lacksOpenBrace());
  }

  /** In the place of a value, a field: the "{" of a record lacks. */
  protected lacksRecordBrace(): boolean {
    if (this.RECORDING_PHASE || !this.isField(this.currIdx + 1)) return false;
    const last = this.peek(0);
    if (last === at.lsquare) return true;
    return (last === at.colon || (last === at.comma && (this.loops & loop.brackets) !== 0)) && this.lacksOpenBrace();
  }

  /** What can stand behind a value, so that skipping junk behind the value ends there. */
  protected isRestOfField(index: number): boolean {
    return this.types[index] === at.when && this.types[index + 1] !== at.colon && !this.breaksLineBefore(index);
  }

  /** Behind junk: reads the condition of a field whose rest was skipped. */
  protected skipCondition(): void {
    if (this.RECORDING_PHASE || !this.isRestOfField(this.currIdx + 1)) return;
    this.currIdx++;
    this.subrule(9, this.expr);
    if (this.peek(1) === at.comma) this.currIdx++;
  }

  protected isField(index: number): boolean {
    return (this.landmarksAt(index) & (landmark.word | landmark.string)) !== 0 && this.types[index + 1] === at.colon;
  }

  /** Where the items ended before the closing bracket: a comma that lacks is assumed, and junk is skipped. */
  protected recoverItems(more: () => void, place: string, closer: number): void {
    if (this.RECORDING_PHASE) return;
    const { items } = this;
    while (this.peek(1) !== closer && !this.stopsItems()) {
      const before = this.currIdx;
      const starts = (this.landmarks(1) & (landmark.operand | landmark.prefix)) !== 0;
      if (this.peek(1) === at.rcurly && this.repeatsLast() && (this.peek(2) === at.comma || this.peek(2) === closer)) {
        this.skipOne("twice");
      } else if (starts && !this.stopsItem()) {
        this.reportExpected(tokens.Comma);
        items.push(this.subrule(9, this.expr));
      } else if (this.peek(1) === at.comma) {
        this.fail(syntaxDiagnostics.SEQ1102, this.nextStart(), this.nextStart() + 1, { found: '","' });
        this.currIdx++;
      } else {
        this.skipJunk(place, (index) => this.types[index] === at.comma || this.types[index] === closer);
      }
      this.items = items;
      if (this.currIdx === before) return;
      more();
    }
  }

  /** Whether the closing bracket lacks: an operator follows, or a field of the record around. */
  private stopsItems(): boolean {
    if (tokens.BinaryOperator.categoryMatchesMap?.[this.peek(1)] === true && this.peek(1) !== at.minus) return true;
    if ((this.loops & loop.fields) === 0) return false;
    return this.isField(this.currIdx + 1) || (this.peek(1) === at.comma && this.commaEndsItems());
  }

  /** Whether what could be the next item starts something outside of the brackets. */
  private stopsItem(): boolean {
    const index = this.currIdx + 1;
    if (this.types[index] === at.if) return this.firstOnLine();
    if (this.types[index] === at.run && this.types[index + 1] === at.dot) return false;
    return this.stopsJunk(index) || (this.types[index] === at.lcurly && this.head);
  }

  protected readonly endsIterable = (index: number): boolean =>
    this.types[index] === at.colon || this.types[index] === at.if;

  /** Whether a field starts at a token: a word or a string and a colon, or a name and a value on one line. */
  protected startsField(index: number): boolean {
    const bits = this.landmarksAt(index);
    if ((bits & (landmark.word | landmark.string)) === 0) return false;
    const next = this.types[index + 1] ?? at.eof;
    if (next === at.colon) return true;
    if (this.types[index] === at.stringStart) return this.types[this.behindBrackets(index)] === at.colon;
    if (this.types[index] !== at.identifier || !this.inRecord) return false;
    if (this.types[index + 2] === at.colon) return false;
    // A name and an operand: the colon lacks. A bracket would rather be a call or a block.
    return (this.landmarksAt(index + 1) & landmark.operand) !== 0 && bracketFree(next) && !this.stopsJunk(index + 1);
  }

  protected readonly endsFieldJunk = (index: number): boolean =>
    this.types[index] === at.colon || this.startsField(index);
}

function bracketFree(type: number): boolean {
  return type !== at.lparen && type !== at.lsquare && type !== at.lcurly;
}
