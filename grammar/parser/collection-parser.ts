// The grammar of lists and records.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { tokens, words } from "../lexer/token-types.ts";
import type { Comprehension, Expression, Field, List, Missing, Name, Record, StringLiteral } from "../syntax/tree.ts";
import { at, landmark } from "./landmarks.ts";
import { NameParser } from "./name-parser.ts";
import { loop } from "./recovering-parser.ts";

export abstract class CollectionParser extends NameParser {
  // ---- Lists ----------------------------------------------------------------------------------------------------------

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

  // ---- Records --------------------------------------------------------------------------------------------------------

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
      this.skipCondition();
    } while (!this.RECORDING_PHASE && this.readsOddField(fields));
    this.CONSUME(tokens.RCurly);
    this.head = head;
    this.inRecord = inRecord;
    this.loops = loops;
    return { kind: "record", start, end: this.lastEnd(), fields };
  });

  /** A field without its name, or with its name twice. True when the loop can go on. */
  private readsOddField(fields: Field[]): boolean {
    if (this.peek(1) === at.colon) {
      fields.push(this.subrule(9, this.field));
      if (this.peek(1) === at.comma) this.consume(9, tokens.Comma);
      return true;
    }
    const isWord = (this.landmarks(1) & landmark.word) !== 0;
    if (isWord && this.peek(3) === at.colon && this.nextText(1) === this.nextText(2)) this.skipOne("twice");
    return this.startsField(this.currIdx + 1);
  }

  private readonly comma = (): void => {
    this.CONSUME(tokens.Comma);
  };

  private readonly fieldGate = (): boolean => this.startsField(this.currIdx + 1);

  readonly field: ParserMethod<[], Field> = this.RULE("field", (): Field => {
    const start = this.nextStart();
    const key = this.OR(this.keyAlternatives) ?? this.missingKey();
    this.CONSUME(tokens.Colon);
    const value = this.SUBRULE(this.expr);
    const when = this.OPTION(this.fieldCondition);
    const end = this.lastEnd();
    return { kind: "field", start, end, key, value, ...(when === undefined ? {} : { when }) };
  });

  private missingKey(): Missing {
    this.failMissing(syntaxDiagnostics.SEQ1103);
    return this.missing();
  }

  private readonly keyAlternatives: { ALT: () => Name | StringLiteral | Missing }[] = [
    {
      ALT: () => {
        this.CONSUME(tokens.Word);
        return this.lastName();
      },
    },
    { ALT: () => this.possibleName(this.constantString(this.SUBRULE(this.string))) },
  ];

  private readonly fieldCondition = {
    GATE: (): boolean => this.peek(2) !== at.colon && !this.startsOutcome(),
    DEF: (): Expression => {
      this.CONSUME(words.when);
      return this.SUBRULE2(this.expr);
    },
  };

  /** In a test: whether the `when` that comes next says how something ends, which no condition of a field does. */
  private startsOutcome(): boolean {
    if (this.RECORDING_PHASE || (this.loops & loop.testItems) === 0 || !this.firstOnLine()) return false;
    const subject = this.peek(2);
    if (subject === at.step || (subject === at.run && this.peek(3) !== at.dot)) return true;
    let behind = this.currIdx + 3;
    while (this.types[behind] === at.dot) behind += 2;
    return (this.landmarks(2) & landmark.name) !== 0 && this.types[behind] === at.lcurly;
  }

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
