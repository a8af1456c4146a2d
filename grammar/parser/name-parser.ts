// The grammar of names, paths and strings.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { impossibleName } from "../lexer/lexer.ts";
import { tokens } from "../lexer/token-types.ts";
import type { Expression, Interpolation, Missing, Name, Path, StringLiteral } from "../syntax/tree.ts";
import { ExpressionRecovery } from "./expression-recovery.ts";
import { landmark } from "./landmarks.ts";
import { stringLiteral, stringToken } from "./string-literal.ts";

export abstract class NameParser extends ExpressionRecovery {
  // ---- Names and paths ------------------------------------------------------------------------------------------------

  /** A name that is due. A reserved word is taken for one where what follows says that a name was meant. */
  protected name(occurrence: number, stringMayFollow = false): Name | Missing {
    this.readReservedAsName(stringMayFollow);
    if (!this.RECORDING_PHASE && this.repeatsLast() && (this.landmarks(2) & landmark.name) !== 0) this.skipOne("twice");
    const before = this.currIdx;
    this.consume(occurrence, tokens.Name);
    return this.currIdx > before ? this.lastName() : this.missing();
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

  // ---- Strings --------------------------------------------------------------------------------------------------------

  /** Of the template that is being read. */
  private bounds: number[] = [];
  private interpolations: Interpolation[] = [];

  private readonly stringAlternatives = [
    {
      ALT: (): StringLiteral => {
        this.CONSUME(tokens.String);
        const start = this.lastStart();
        const end = this.lastEnd();
        return stringToken(this.text, start, end, this.note);
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
    const { head, inRecord, loops, bounds, interpolations } = this;
    const ownBounds = (this.bounds = [start]);
    const own: Interpolation[] = (this.interpolations = []);
    this.head = this.inRecord = false;
    this.CONSUME(tokens.StringStart);
    ownBounds.push(this.lastEnd() - 2);
    own.push(this.interpolation(this.lastEnd() - 2, this.SUBRULE(this.expr)));
    this.MANY(this.readMiddle);
    this.CONSUME(tokens.StringEnd);
    ownBounds.push(this.pieceStart(), this.lastEnd());
    this.head = head;
    this.inRecord = inRecord;
    this.loops = loops;
    this.bounds = bounds;
    this.interpolations = interpolations;
    const end = this.lastEnd();
    if (this.RECORDING_PHASE) return { kind: "string", start, end, form: "interpolated", parts: [] };
    return stringLiteral(this.text, { start, end, bounds: ownBounds, interpolations: own }, this.note);
  });

  private readonly readMiddle = (): void => {
    const { bounds, interpolations } = this;
    this.CONSUME(tokens.StringMiddle);
    bounds.push(this.pieceStart(), this.lastEnd() - 2);
    interpolations.push(this.interpolation(this.lastEnd() - 2, this.SUBRULE2(this.expr)));
  };

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

  /** A text as the name of a field. */
  protected possibleName<T extends StringLiteral | Missing>(string: T): T {
    if (string.kind !== "string" || string.parts.length !== 1) return string;
    const [part] = string.parts;
    if (part?.kind === "stringText" && part.value === impossibleName) {
      this.note(syntaxDiagnostics.SEQ1018, string.start, string.end, {});
    }
    return string;
  }

  protected constantString<T extends StringLiteral | Missing>(string: T): T {
    if (this.RECORDING_PHASE || string.kind !== "string") return string;
    const part = string.parts.find((candidate) => candidate.kind === "interpolation");
    if (part !== undefined) this.note(syntaxDiagnostics.SEQ1134, part.start, part.end, {});
    return string;
  }
}
