// The grammar of types.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { tokens, words } from "../lexer/token-types.ts";
import type { LiteralType, Missing, Name, NamedType, RecordType, TypeField, TypeNode } from "../syntax/tree.ts";
import { numberLiteral } from "./build.ts";
import { ExpressionParser } from "./expression-parser.ts";
import { at, landmark } from "./landmarks.ts";
import { loop } from "./recovering-parser.ts";

export abstract class TypeParser extends ExpressionParser {
  private inner: TypeNode = { kind: "missing", start: 0, end: 0 };

  readonly type: ParserMethod<[], TypeNode> = this.RULE("type", (): TypeNode => {
    if (!this.enter()) return this.missing();
    const start = this.nextStart();
    this.OPTION(() => {
      this.CONSUME(tokens.Pipe);
    });
    const first = this.SUBRULE(this.optionalType);
    let members: TypeNode[] | undefined;
    this.MANY(() => {
      this.CONSUME2(tokens.Pipe);
      members ??= [first];
      members.push(this.SUBRULE2(this.optionalType));
    });
    this.depth--;
    return members === undefined ? first : { kind: "unionType", start, end: this.lastEnd(), members };
  });

  readonly optionalType: ParserMethod<[], TypeNode> = this.RULE("optionalType", (): TypeNode => {
    if (!this.RECORDING_PHASE && this.peek(1) === at.colon && this.repeatsLast()) this.skipOne("twice");
    const lacksBrace = !this.RECORDING_PHASE && (this.loops & loop.fields) === 0 && this.startsField(this.currIdx + 1);
    if (lacksBrace) return this.subrule(9, this.recordType);
    const read = this.RECORDING_PHASE || this.startsType() ? this.OR(this.typeAlternatives) : undefined;
    if (read === undefined) this.failMissing(syntaxDiagnostics.SEQ1105);
    let type: TypeNode = read ?? this.missing();
    const { start } = type;
    this.MANY(() => {
      this.inner = type;
      this.OR2(this.questionAlternatives);
      type = { kind: "optionalType", start, end: this.lastEnd(), inner: this.inner };
    });
    return type;
  });

  /** A second `?` adds nothing to a type but its finding. */
  private readonly questionAlternatives = [
    {
      ALT: (): void => {
        this.CONSUME(tokens.Question);
        this.failOptionalTwice(this.lastStart());
      },
    },
    {
      ALT: (): void => {
        this.CONSUME(tokens.Coalesce);
        this.failOptionalTwice(this.lastStart() + 1, true);
      },
    },
  ];

  private failOptionalTwice(start: number, surely = false): void {
    if (this.inner.kind === "optionalType") this.inner = this.inner.inner;
    else if (!surely) return;
    const fix = { title: "Remove it", text: "", safe: true };
    this.fail(syntaxDiagnostics.SEQ1132, start, this.lastEnd(), {}, fix);
  }

  private startsType(): boolean {
    const type = this.peek(1);
    const bits = this.landmarks(1);
    const next = this.landmarks(2);
    if ((this.loops & loop.fields) !== 0 && this.peek(3) === at.colon) return true;
    if (type === at.step || type === at.sequence || type === at.secret) {
      return (
        (next & (landmark.name | landmark.string)) === 0 && !(this.firstOnLine() && (next & landmark.action) !== 0)
      );
    }
    if ((bits & (landmark.contextualClause | landmark.contextualDeclaration)) === 0) return true;
    return !this.followedByStart(this.currIdx + 1) || this.peek(3) === at.colon;
  }

  private readonly typeAlternatives: { ALT: () => TypeNode }[] = [
    { ALT: () => this.literal(this.constantString(this.SUBRULE(this.string)), false, this.lastStart()) },
    {
      ALT: () => {
        const start = this.nextStart();
        this.CONSUME(tokens.Minus);
        this.CONSUME(tokens.Number);
        return this.numberType(start, true);
      },
    },
    {
      ALT: () => {
        this.CONSUME2(tokens.Number);
        return this.numberType(this.lastStart(), false);
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.true);
        return this.booleanType(true);
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.false);
        return this.booleanType(false);
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.secret);
        return this.wordType();
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.step);
        return this.wordType();
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.sequence);
        return this.wordType();
      },
    },
    { ALT: () => this.namedType() },
    { ALT: () => this.SUBRULE(this.recordType) },
    {
      ALT: () => {
        this.CONSUME(tokens.LParen);
        const start = this.lastStart();
        const { loops } = this;
        this.loops |= loop.parentheses;
        const type = this.SUBRULE(this.type);
        this.skipJunk("in this type", () => false);
        this.CONSUME(tokens.RParen);
        this.loops = loops;
        return { kind: "parenthesizedType", start, end: this.lastEnd(), type };
      },
    },
  ];

  private literal(value: LiteralType["value"] | Missing, negative: boolean, start: number): LiteralType | Missing {
    if (value.kind === "missing") return value;
    return { kind: "literalType", start: Math.min(start, value.start), end: this.lastEnd(), value, negative };
  }

  private numberType(start: number, negative: boolean): LiteralType | Missing {
    if (this.RECORDING_PHASE || this.types[this.currIdx] !== at.number) return this.missing();
    const value = numberLiteral(this.text, this.lastStart(), this.lastEnd(), this.note);
    return this.literal(value, negative, start);
  }

  private booleanType(value: boolean): LiteralType {
    const start = this.lastStart();
    const end = this.lastEnd();
    return { kind: "literalType", start, end, value: { kind: "boolean", start, end, value }, negative: false };
  }

  private wordType(): NamedType {
    const name = this.lastName();
    const { start, end } = name;
    return { kind: "namedType", start, end, path: { kind: "path", start, end, names: [name] } };
  }

  private namedType(): NamedType | Missing {
    const path = this.SUBRULE(this.path);
    const argument = this.OPTION(() => {
      this.CONSUME(tokens.Less);
      const type = this.SUBRULE2(this.type);
      this.splitGreaterEqual();
      this.CONSUME(tokens.Greater);
      return type;
    });
    if (this.RECORDING_PHASE || path.kind === "missing") return this.missing();
    return {
      kind: "namedType",
      start: path.start,
      end: this.lastEnd(),
      path,
      ...(argument === undefined ? {} : { argument }),
    };
  }

  /** `list<int>= e`: what the lexer took for one operator closes the type and starts the value. */
  private splitGreaterEqual(): void {
    const index = this.currIdx + 1;
    if (this.types[index] !== at.greaterEqual) return;
    // The token before is given up to make room: its place in the text stays known by the nodes that were built of it.
    const start = this.starts[index] ?? 0;
    this.types[index - 1] = at.greater;
    this.starts[index - 1] = start;
    this.ends[index - 1] = start + 1;
    this.types[index] = at.assign;
    this.starts[index] = start + 1;
    this.currIdx = index - 2;
  }

  readonly recordType: ParserMethod<[], RecordType> = this.RULE("recordType", (): RecordType => {
    const { loops, inRecord } = this;
    const start = this.nextStart();
    this.CONSUME(tokens.LCurly);
    this.loops |= loop.fields;
    this.inRecord = true;
    const fields: TypeField[] = [];
    do {
      this.MANY({
        GATE: () => this.startsField(this.currIdx + 1),
        DEF: () => {
          fields.push(this.SUBRULE(this.typeField));
          this.OPTION(() => {
            this.CONSUME(tokens.Comma);
          });
        },
      });
      this.skipJunk("in this type", (index) => this.startsField(index));
    } while (!this.RECORDING_PHASE && this.startsField(this.currIdx + 1) && this.peek(1) !== at.stringStart);
    this.CONSUME(tokens.RCurly);
    this.loops = loops;
    this.inRecord = inRecord;
    return { kind: "recordType", start, end: this.lastEnd(), fields };
  });

  readonly typeField: ParserMethod<[], TypeField> = this.RULE("typeField", (): TypeField => {
    const start = this.nextStart();
    const before = this.currIdx;
    this.CONSUME(tokens.Word);
    const name: Name | Missing = this.currIdx > before ? this.lastName() : this.missing();
    this.CONSUME(tokens.Colon);
    const type = this.SUBRULE(this.type);
    return { kind: "typeField", start, end: this.lastEnd(), name, type };
  });
}
