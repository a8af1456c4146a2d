// The grammar of expressions: a flat row of operands and operators, ordered by precedence.ts. Every rule here gives a
// node; alternatives and loops are made once, since a closure a call is what costs most in a parser like this.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { tokens, typeIndex, words } from "../lexer/token-types.ts";
import type {
  Comprehension,
  Conditional,
  Expression,
  Field,
  Interpolation,
  List,
  Missing,
  Name,
  Path,
  Record,
  StringLiteral,
} from "../syntax/tree.ts";
import { numberLiteral } from "./build.ts";
import { at, landmark } from "./landmarks.ts";
import { Precedence } from "./precedence.ts";
import { bracketStep, chainLimit, loop, RecoveringParser } from "./recovering-parser.ts";
import { stringLiteral } from "./string-literal.ts";

const equalType = typeIndex(tokens.Equal);

export abstract class ExpressionParser extends RecoveringParser {
  /** Set where `{` starts a block and no record. */
  protected head = false;
  /** Set while the innermost bracket is a record's: there a word and a colon are the next field. */
  protected inRecord = false;
  protected readonly precedence = new Precedence();
  private base = 0;
  private value: Expression = { kind: "missing", start: 0, end: 0 };
  /** How many operators, or properties and calls, the expression that is being read has so far. */
  private links = 0;
  private items: Expression[] = [];

  // ---- Names and paths ------------------------------------------------------------------------------------------------

  /** A name that is due. A reserved word is taken for one where what follows says that a name was meant. */
  protected name(occurrence: number, stringMayFollow = false): Name | Missing {
    this.readReservedAsName(stringMayFollow);
    if (!this.RECORDING_PHASE && this.repeatsLast() && (this.landmarks(2) & landmark.name) !== 0) this.skipOne("twice");
    const before = this.currIdx;
    this.consume(occurrence, tokens.Name);
    return this.currIdx > before ? this.lastName() : this.missing();
  }

  private readReservedAsName(stringMayFollow: boolean): void {
    if (this.RECORDING_PHASE || (this.landmarks(1) & landmark.reserved) === 0) return;
    const next = this.peek(2);
    const stringFollows = stringMayFollow && (this.landmarks(2) & landmark.string) !== 0 && !this.firstOnLine();
    if (next !== at.assign && next !== at.colon && !stringFollows) return;
    const word = this.nextText();
    const fix = { title: "Put it in backticks", text: `\`${word}\``, safe: true };
    this.fail(syntaxDiagnostics.SEQ1128, this.nextStart(), this.nextStart() + word.length, { word }, fix);
    this.types[this.currIdx + 1] = at.identifier;
  }

  /** The property behind a dot that was consumed: any word, on the line of its dot. */
  protected property(occurrence: number): Name | Missing {
    if (this.RECORDING_PHASE) {
      this.consume(occurrence, tokens.Word);
      return this.missing();
    }
    if ((this.landmarks(1) & landmark.word) === 0 || this.firstOnLine()) {
      this.failMissing(syntaxDiagnostics.SEQ1103);
      return this.missing();
    }
    this.consume(occurrence, tokens.Word);
    return this.lastName();
  }

  readonly path: ParserMethod<[], Path | Missing> = this.RULE("path", (): Path | Missing => {
    if (!this.RECORDING_PHASE && !this.startsPath()) {
      this.failMissing(syntaxDiagnostics.SEQ1103);
      return this.missing();
    }
    const start = this.nextStart();
    this.CONSUME(tokens.Name);
    const names: (Name | Missing)[] = [this.lastName()];
    this.MANY(() => {
      this.CONSUME(tokens.Dot);
      names.push(this.property(1));
    });
    return { kind: "path", start, end: this.lastEnd(), names };
  });

  private startsPath(): boolean {
    const bits = this.landmarks(1);
    if ((bits & landmark.name) === 0) return false;
    if ((bits & landmark.contextualDeclaration) !== 0)
      return !this.startsDeclaration(this.currIdx + 1) || !this.firstOnLine();
    if ((bits & landmark.contextualClause) === 0) return true;
    return this.peek(2) !== at.number && (this.landmarks(2) & landmark.string) === 0;
  }

  // ---- Strings --------------------------------------------------------------------------------------------------------

  private readonly stringAlternatives = [
    {
      ALT: (): StringLiteral => {
        this.CONSUME(tokens.String);
        const start = this.lastStart();
        const end = this.lastEnd();
        return stringLiteral(this.text, { start, end, bounds: [start, end], interpolations: [] }, this.note);
      },
    },
    { ALT: (): StringLiteral => this.SUBRULE(this.template) },
  ];

  readonly string: ParserMethod<[], StringLiteral | Missing> = this.RULE("string", (): StringLiteral | Missing => {
    const string = this.OR(this.stringAlternatives);
    if (string !== undefined) return string;
    this.failMissing(syntaxDiagnostics.SEQ1104);
    return this.missing();
  });

  readonly template: ParserMethod<[], StringLiteral> = this.RULE("template", (): StringLiteral => {
    const start = this.nextStart();
    const bounds = [start];
    const interpolations: Interpolation[] = [];
    const { head, inRecord, loops } = this;
    this.head = this.inRecord = false;
    this.CONSUME(tokens.StringStart);
    bounds.push(this.lastEnd() - 2);
    interpolations.push(this.interpolation(this.lastEnd() - 2, this.SUBRULE(this.expr)));
    this.MANY(() => {
      this.CONSUME(tokens.StringMiddle);
      bounds.push(this.pieceStart(), this.lastEnd() - 2);
      interpolations.push(this.interpolation(this.lastEnd() - 2, this.SUBRULE2(this.expr)));
    });
    this.CONSUME(tokens.StringEnd);
    bounds.push(this.pieceStart(), this.lastEnd());
    this.head = head;
    this.inRecord = inRecord;
    this.loops = loops;
    const end = this.lastEnd();
    if (this.RECORDING_PHASE) return { kind: "string", start, end, form: "interpolated", parts: [] };
    return stringLiteral(this.text, { start, end, bounds, interpolations }, this.note);
  });

  /** Where the text behind an interpolation starts: the `}` lacks when the line ended before it. */
  private pieceStart(): number {
    const start = this.lastStart();
    return this.text.charCodeAt(start) === 125 ? start + 1 : start;
  }

  private interpolation(start: number, expression: Expression): Interpolation {
    if (this.RECORDING_PHASE) return { kind: "interpolation", start, end: start, expression };
    this.skipToPiece();
    const next = this.nextStart();
    const end = this.text.charCodeAt(next) === 125 ? next + 1 : next;
    return { kind: "interpolation", start, end, expression };
  }

  private skipToPiece(): void {
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

  // ---- Expressions ----------------------------------------------------------------------------------------------------

  readonly expr: ParserMethod<[], Expression> = this.RULE("expr", (): Expression => {
    if (!this.enter()) return this.missing();
    const { base, links } = this;
    this.base = this.precedence.open();
    this.links = 0;
    this.SUBRULE(this.operand);
    if (this.peek(1) === at.assign) this.readAsEqual();
    if (this.inRecord) this.MANY(this.gatedOperators);
    else this.MANY(this.operators);
    const expression = this.precedence.close(this.base) ?? this.missing();
    this.base = base;
    this.links = links;
    this.depth--;
    return expression;
  });

  /** What stands before a block: an expression in which `{` is the block. */
  protected readonly headOf = (occurrence: number): Expression => {
    const { head } = this;
    this.head = true;
    const expression = this.subrule(occurrence, this.expr);
    this.head = head;
    return expression;
  };

  private readonly operators = (): void => {
    this.CONSUME(tokens.BinaryOperator);
    this.addOperator();
    this.SUBRULE2(this.operand);
    if (this.peek(1) === at.assign) this.readAsEqual();
  };

  /** A single `=` behind an operand compares: nothing is assigned within an expression. */
  private readAsEqual(): void {
    if (this.RECORDING_PHASE || this.currIdx < 0) return;
    const index = this.currIdx + 1;
    const fix = { title: 'Write "=="', text: "==", safe: true };
    const args = { written: "=", meant: "==" };
    this.fail(syntaxDiagnostics.SEQ1013, this.starts[index] ?? 0, this.ends[index] ?? 0, args, fix);
    this.types[index] = equalType;
  }

  private readonly gatedOperators = {
    GATE: (): boolean => (this.landmarks(1) & landmark.word) === 0 || this.peek(2) !== at.colon,
    DEF: this.operators,
  };

  private addOperator(): void {
    if (this.RECORDING_PHASE) return;
    const start = this.lastStart();
    const end = this.lastEnd();
    const operator = this.operatorText(start, end);
    if (++this.links === chainLimit) this.failTooLong();
    const left = this.precedence.binary(this.base, operator, start, end);
    if (left?.kind !== "binary") return;
    const shared = this.text.slice(left.right.start, left.right.end);
    const fix = {
      title: `Write "and ${shared}" between them`,
      text: ` and ${shared}`,
      safe: false,
      start: left.end,
      end: left.end,
    };
    this.fail(syntaxDiagnostics.SEQ1125, start, end, {}, fix);
  }

  /** The operator as this language spells it, also where another language's spelling was read for it. */
  private operatorText(start: number, end: number): string {
    const text = this.text.slice(start, end);
    switch (text) {
      case "&&":
        return "and";
      case "||":
        return "or";
      case "=":
      case "===":
        return "==";
      case "!==":
        return "!=";
      default:
        return text;
    }
  }

  readonly operand: ParserMethod<[], void> = this.RULE("operand", (): void => {
    this.MANY(this.prefixes);
    const { links } = this;
    this.links = 0;
    if (this.RECORDING_PHASE || this.startsOperand() || this.skipsOperator()) {
      this.value = this.readOperand();
    } else {
      this.failMissing(syntaxDiagnostics.SEQ1102);
      this.value = this.missing();
    }
    this.MANY2(this.postfixes);
    this.failIndexing();
    this.links = links;
    this.precedence.operand(this.value);
  });

  private readOperand(): Expression {
    // A field at the start of a list: the "{" of a record lacks.
    if (!this.RECORDING_PHASE && this.peek(0) === at.lsquare && this.isField(this.currIdx + 1)) {
      return this.subrule(9, this.record);
    }
    return this.OR(this.operandAlternatives) ?? this.missing();
  }

  private readonly prefixAlternatives = [
    {
      ALT: (): void => {
        this.CONSUME(words.not);
        this.addPrefix("not");
      },
    },
    {
      ALT: (): void => {
        this.CONSUME(tokens.Minus);
        this.addPrefix("-");
      },
    },
  ];

  private readonly prefixes = (): void => {
    this.OR1(this.prefixAlternatives);
  };

  private addPrefix(operator: "not" | "-"): void {
    const start = this.lastStart();
    const end = this.lastEnd();
    if (operator === "not" && !this.precedence.allowsNot(this.base)) {
      this.fail(syntaxDiagnostics.SEQ1127, start, end, { word: "not" });
    }
    if (++this.links === chainLimit) this.failTooLong();
    if (this.links < chainLimit) this.precedence.prefix(operator, start, end);
  }

  /** Whether the next token starts an operand: the gates of the grammar, and what recovery takes for the next thing. */
  private startsOperand(): boolean {
    const bits = this.landmarks(1);
    if ((bits & landmark.operand) === 0) return false;
    const type = this.peek(1);
    if (this.peek(0) === at.lsquare && this.isField(this.currIdx + 1)) return true;
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
  private skipsOperator(): boolean {
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

  private readonly operandAlternatives: { ALT: () => Expression }[] = [
    { ALT: () => this.SUBRULE(this.string) },
    {
      ALT: () => {
        this.CONSUME(tokens.Number);
        return numberLiteral(this.text, this.lastStart(), this.lastEnd(), this.note);
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.true);
        return { kind: "boolean", start: this.lastStart(), end: this.lastEnd(), value: true };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.false);
        return { kind: "boolean", start: this.lastStart(), end: this.lastEnd(), value: false };
      },
    },
    {
      ALT: () => {
        this.CONSUME(tokens.Name);
        const name = this.lastName();
        return { kind: "reference", start: name.start, end: name.end, name };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.run);
        const name = this.lastName();
        return { kind: "reference", start: name.start, end: name.end, name };
      },
    },
    { ALT: () => this.parenthesized() },
    { ALT: () => this.SUBRULE(this.list) },
    { ALT: () => this.SUBRULE(this.record) },
    { ALT: () => this.SUBRULE(this.conditional) },
  ];

  private parenthesized(): Expression {
    const { head, inRecord, loops } = this;
    this.CONSUME(tokens.LParen);
    const start = this.lastStart();
    this.head = this.inRecord = false;
    this.loops |= loop.parentheses;
    const expression = this.SUBRULE(this.expr);
    this.skipJunk("in these parentheses", () => false);
    this.CONSUME(tokens.RParen);
    this.head = head;
    this.inRecord = inRecord;
    this.loops = loops;
    return { kind: "parenthesized", start, end: this.lastEnd(), expression };
  }

  private readonly postfixAlternatives = [
    { ALT: (): void => this.member(false) },
    { ALT: (): void => this.member(true) },
    { ALT: (): void => this.invocation() },
  ];

  private readonly postfixes = (): void => {
    this.OR2(this.postfixAlternatives);
  };

  private member(optional: boolean): void {
    if (optional) this.CONSUME(tokens.QuestionDot);
    else this.CONSUME(tokens.Dot);
    const object = this.value;
    const property = this.property(optional ? 2 : 1);
    if (++this.links === chainLimit) this.failTooLong();
    if (this.links >= chainLimit) return;
    this.value = { kind: "member", start: object.start, end: this.lastEnd(), object, property, optional };
  }

  private invocation(): void {
    const callee = this.value;
    const { head, inRecord, loops, items, links } = this;
    this.CONSUME2(tokens.LParen);
    this.head = this.inRecord = false;
    this.loops |= loop.parentheses;
    const list: Expression[] = (this.items = []);
    this.OPTION(this.firstArgument);
    this.recoverItems(this.moreArguments, "among these arguments", at.rparen);
    this.CONSUME2(tokens.RParen);
    this.head = head;
    this.inRecord = inRecord;
    this.loops = loops;
    this.items = items;
    this.links = links + 1;
    if (this.links === chainLimit) this.failTooLong();
    this.value = callee;
    if (this.links >= chainLimit) return;
    this.value = { kind: "invocation", start: callee.start, end: this.lastEnd(), callee, arguments: list };
  }

  private readonly firstArgument = (): void => {
    const { items } = this;
    items.push(this.SUBRULE3(this.expr));
    this.items = items;
    this.moreArguments();
  };

  private readonly moreArguments = (): void => {
    this.MANY3({
      GATE: this.itemGate,
      DEF: () => {
        this.CONSUME(tokens.Comma);
        const { items } = this;
        this.OPTION2(() => {
          items.push(this.SUBRULE2(this.expr));
        });
        this.items = items;
      },
    });
  };

  /** A comma behind which a field of the record around stands is that record's. */
  private readonly itemGate = (): boolean => (this.loops & loop.fields) === 0 || !this.isField(this.currIdx + 2);

  private isField(index: number): boolean {
    return (this.landmarksAt(index) & (landmark.word | landmark.string)) !== 0 && this.types[index + 1] === at.colon;
  }

  /** Where the items ended before the closing bracket: a comma that lacks is assumed, and junk is skipped. */
  private recoverItems(more: () => void, place: string, closer: number): void {
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
    return this.isField(this.currIdx + 1) || (this.peek(1) === at.comma && this.isField(this.currIdx + 2));
  }

  /** Whether what could be the next item starts something outside of the brackets. */
  private stopsItem(): boolean {
    const index = this.currIdx + 1;
    if (this.types[index] === at.if) return this.firstOnLine();
    if (this.types[index] === at.run && this.types[index + 1] === at.dot) return false;
    return this.stopsJunk(index) || (this.types[index] === at.lcurly && this.head);
  }

  private failIndexing(): void {
    if (this.RECORDING_PHASE || this.peek(1) !== at.lsquare || this.nextStart() !== this.lastEnd()) return;
    if (this.value.kind === "missing" || this.value.kind === "list") return;
    const behind = this.behindBrackets(this.currIdx + 1);
    this.fail(syntaxDiagnostics.SEQ1126, this.nextStart(), this.ends[behind - 1] ?? 0, {});
    this.currIdx = behind - 1;
    this.quiet = true;
  }

  readonly conditional: ParserMethod<[], Conditional> = this.RULE("conditional", (): Conditional => {
    this.CONSUME(words.if);
    const start = this.lastStart();
    if (this.precedence.open() > this.base) this.fail(syntaxDiagnostics.SEQ1127, start, start + 2, { word: "if" });
    const condition = this.SUBRULE(this.expr);
    this.failBranch(at.then, "then");
    this.CONSUME(words.then);
    const whenTrue = this.SUBRULE2(this.expr);
    this.failBranch(at.else, "else");
    this.CONSUME(words.else);
    const whenFalse = this.SUBRULE3(this.expr);
    return { kind: "conditional", start, end: this.lastEnd(), condition, whenTrue, whenFalse };
  });

  private failBranch(type: number, word: string): void {
    if (this.RECORDING_PHASE || this.peek(1) === type) return;
    const branch = (index: number): boolean => this.types[index] === at.then || this.types[index] === at.else;
    let index = this.currIdx + 1;
    while (!branch(index) && !this.stopsJunk(index) && !this.breaksLineBefore(index))
      index = this.behindBrackets(index);
    if (branch(index)) this.skipJunk(`before "${word}"`, branch);
    if (this.peek(1) !== type) this.fail(syntaxDiagnostics.SEQ1135, this.lastEnd(), this.lastEnd(), { word });
  }

  // ---- Lists and records ----------------------------------------------------------------------------------------------

  private readonly listAlternatives: { ALT: () => Comprehension | undefined }[] = [
    { ALT: () => this.comprehension() },
    {
      ALT: () => {
        const { items } = this;
        items.push(this.SUBRULE3(this.expr));
        this.items = items;
        this.moreItems();
        return undefined;
      },
    },
  ];

  readonly list: ParserMethod<[], List | Comprehension | Missing> = this.RULE(
    "list",
    (): List | Comprehension | Missing => {
      const { head, inRecord, loops, items } = this;
      this.CONSUME(tokens.LSquare);
      const start = this.lastStart();
      this.head = this.inRecord = false;
      this.loops |= loop.brackets;
      const list: Expression[] = (this.items = []);
      const comprehension = this.OPTION(this.listContent);
      if (comprehension === undefined) this.recoverItems(this.moreItems, "in this list", at.rsquare);
      else this.skipJunk("in this list", () => false);
      this.CONSUME(tokens.RSquare);
      this.head = head;
      this.inRecord = inRecord;
      this.loops = loops;
      this.items = items;
      if (comprehension !== undefined) return { ...comprehension, start, end: this.lastEnd() };
      return { kind: "list", start, end: this.lastEnd(), items: list };
    },
  );

  private readonly listContent = (): Comprehension | undefined => this.OR(this.listAlternatives);

  private readonly moreItems = (): void => {
    this.MANY({
      GATE: this.itemGate,
      DEF: () => {
        this.CONSUME(tokens.Comma);
        const { items } = this;
        this.OPTION2(() => {
          items.push(this.SUBRULE4(this.expr));
        });
        this.items = items;
      },
    });
  };

  private comprehension(): Comprehension {
    this.CONSUME(words.for);
    const variable = this.name(1);
    this.CONSUME(words.in);
    const { loops } = this;
    this.loops &= ~loop.fields;
    const iterable = this.SUBRULE(this.expr);
    this.skipJunk("in this list", this.endsIterable);
    const condition = this.OPTION3(() => {
      this.CONSUME(words.if);
      return this.SUBRULE2(this.expr);
    });
    this.skipJunk("in this list", this.endsIterable);
    this.loops = loops;
    this.CONSUME(tokens.Colon);
    const item = this.SUBRULE5(this.expr);
    return {
      kind: "comprehension",
      start: 0,
      end: 0,
      variable,
      iterable,
      ...(condition === undefined ? {} : { condition }),
      item,
    };
  }

  private readonly endsIterable = (index: number): boolean =>
    this.types[index] === at.colon || this.types[index] === at.if;

  readonly record: ParserMethod<[], Record | Missing> = this.RULE("record", (): Record | Missing => {
    if (!this.RECORDING_PHASE && this.peek(1) !== at.lcurly && !this.startsField(this.currIdx + 1)) {
      this.failMissing(syntaxDiagnostics.SEQ1108);
      return this.missing();
    }
    const { head, inRecord, loops } = this;
    const start = this.nextStart();
    this.CONSUME(tokens.LCurly);
    this.head = false;
    this.inRecord = true;
    this.loops |= loop.fields;
    const fields: Field[] = [];
    do {
      this.MANY({
        GATE: this.fieldGate,
        DEF: () => {
          fields.push(this.SUBRULE(this.field));
          this.OPTION(this.comma);
        },
      });
      this.skipJunk("in this record", this.endsFieldJunk);
    } while (!this.RECORDING_PHASE && this.startsField(this.currIdx + 1));
    this.CONSUME(tokens.RCurly);
    this.head = head;
    this.inRecord = inRecord;
    this.loops = loops;
    return { kind: "record", start, end: this.lastEnd(), fields };
  });

  private readonly comma = (): void => {
    this.CONSUME(tokens.Comma);
  };

  private readonly fieldGate = (): boolean => this.startsField(this.currIdx + 1);

  private readonly endsFieldJunk = (index: number): boolean => this.startsField(index);

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

  readonly field: ParserMethod<[], Field> = this.RULE("field", (): Field => {
    const start = this.nextStart();
    const key = this.OR(this.keyAlternatives) ?? this.missing();
    this.CONSUME(tokens.Colon);
    const value = this.SUBRULE(this.expr);
    const when = this.OPTION(this.fieldCondition);
    const end = this.lastEnd();
    return { kind: "field", start, end, key, value, ...(when === undefined ? {} : { when }) };
  });

  private readonly keyAlternatives: { ALT: () => Name | StringLiteral | Missing }[] = [
    {
      ALT: () => {
        this.CONSUME(tokens.Word);
        return this.lastName();
      },
    },
    { ALT: () => this.constantString(this.SUBRULE(this.string)) },
  ];

  protected constantString<T extends StringLiteral | Missing>(string: T): T {
    if (this.RECORDING_PHASE || string.kind !== "string") return string;
    const part = string.parts.find((candidate) => candidate.kind === "interpolation");
    if (part !== undefined) this.note(syntaxDiagnostics.SEQ1134, part.start, part.end, {});
    return string;
  }

  private readonly fieldCondition = {
    GATE: (): boolean => this.peek(2) !== at.colon,
    DEF: (): Expression => {
      this.CONSUME(words.when);
      return this.SUBRULE2(this.expr);
    },
  };

  /** A record that may stand here; one whose "{" lacks is seen by its first field. */
  protected optionalRecord(occurrence: number): Record | undefined {
    if (!this.RECORDING_PHASE && this.startsField(this.currIdx + 1) && !this.stopsJunk(this.currIdx + 1)) {
      return recordOnly(this.subrule(occurrence, this.record));
    }
    return this.option(occurrence, () => recordOnly(this.subrule(occurrence, this.record)));
  }
}

function recordOnly(record: Record | Missing): Record | undefined {
  return record.kind === "record" ? record : undefined;
}

function bracketFree(type: number): boolean {
  return type !== at.lparen && type !== at.lsquare && type !== at.lcurly;
}
