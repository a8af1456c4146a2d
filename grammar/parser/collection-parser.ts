// The grammar of lists and records.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { tokens, words } from "../lexer/token-types.ts";
import type { Comprehension, Expression, Field, List, Missing, Name, Record, StringLiteral } from "../syntax/tree.ts";
import { at } from "./landmarks.ts";
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
    { ALT: () => this.possibleName(this.constantString(this.SUBRULE(this.string))) },
  ];

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
