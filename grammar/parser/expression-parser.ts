// The grammar of expressions: a flat row of operands and operators, ordered by precedence.ts. Every rule here gives a
// node; alternatives and loops are made once, since a closure a call is what costs most in a parser like this.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { tokens, tokenTypeCount, typeIndex, words } from "../lexer/token-types.ts";
import type { Conditional, Expression } from "../syntax/tree.ts";
import { numberLiteral } from "./build.ts";
import { CollectionParser } from "./collection-parser.ts";
import { at, landmark } from "./landmarks.ts";
import { Precedence } from "./precedence.ts";
import { chainLimit, loop } from "./recovering-parser.ts";
import { stringToken } from "./string-literal.ts";

/** By token: 1 where it ends any expression that stands before it. */
const endsExpression = new Uint8Array(tokenTypeCount);
for (const ending of [
  ...[tokens.StringMiddle, tokens.StringEnd, tokens.RParen, tokens.RSquare, tokens.RCurly, tokens.Comma],
  ...[words.step, words.group, words.when, words.timeout],
]) {
  endsExpression[typeIndex(ending)] = 1;
}

export abstract class ExpressionParser extends CollectionParser {
  protected readonly precedence = new Precedence();
  private base = 0;
  private value: Expression = { kind: "missing", start: 0, end: 0 };
  /** How many operators, or properties and calls, the expression that is being read has so far. */
  private links = 0;
  /** Set while the operand is read that stands behind an operator too many: it is no part of the tree. */
  private surplus = false;

  // ---- Expressions ----------------------------------------------------------------------------------------------------

  override readonly expr: ParserMethod<[], Expression> = this.RULE("expr", (): Expression => {
    if (!this.enter()) return this.missing();
    const plain = this.plainExpression();
    if (plain !== undefined) {
      this.depth--;
      return plain;
    }
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

  /** An expression of one token, as many are, goes a short way: what follows ends it. */
  private plainExpression(): Expression | undefined {
    if (this.RECORDING_PHASE) return undefined;
    return endsExpression[this.peek(2)] === 1 ? this.plainOperand() : undefined;
  }

  /** A name, number or text as an operand; undefined: something else comes next. */
  private plainOperand(): Expression | undefined {
    const type = this.peek(1);
    if (type !== at.identifier && type !== at.number && type !== at.string) return undefined;
    this.currIdx++;
    this.quiet = false;
    const start = this.lastStart();
    const end = this.lastEnd();
    if (type === at.number) return numberLiteral(this.text, start, end, this.note);
    if (type === at.string) return stringToken(this.text, start, end, this.note);
    return { kind: "reference", start, end, name: this.lastName() };
  }

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
    this.surplus = this.links >= chainLimit;
    if (this.surplus) return;
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
    const { surplus } = this;
    this.surplus = false;
    this.MANY(this.prefixes);
    const { links } = this;
    this.links = 0;
    // Before a colon it may be the name of a field.
    const plain = this.RECORDING_PHASE || this.peek(2) === at.colon ? undefined : this.plainOperand();
    if (plain !== undefined) this.value = plain;
    else if (this.RECORDING_PHASE || this.startsOperand() || this.skipsOperator()) {
      this.value = this.readOperand();
    } else {
      this.failMissing(syntaxDiagnostics.SEQ1102);
      this.value = this.missing();
    }
    this.MANY2(this.postfixes);
    this.failIndexing(this.value);
    this.links = links;
    if (!surplus) this.precedence.operand(this.value);
  });

  private readOperand(): Expression {
    if (this.lacksRecordBrace()) return this.subrule(9, this.record);
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
}
