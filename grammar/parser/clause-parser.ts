// The grammar of actions and clauses: what a step does, and how.
import type { ParserMethod } from "chevrotain";
import { didYouMean } from "../diagnostics/did-you-mean.ts";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { tokens, typeIndex, words } from "../lexer/token-types.ts";
import type {
  Action,
  Assignment,
  Clause,
  Code,
  Expression,
  InterruptionClause,
  Missing,
  NeedsClause,
  Path,
  RestartAction,
  ScriptAction,
  ScriptLanguage,
  SetAction,
  StringLiteral,
} from "../syntax/tree.ts";
import { numberLiteral } from "./build.ts";
import { at, landmark } from "./landmarks.ts";
import { loop } from "./recovering-parser.ts";
import { TypeParser } from "./type-parser.ts";

type Alternatives<T> = { ALT: () => T }[];

const scriptWords = ["sh", "bash", "powershell", "cmd", "python"] as const;

export abstract class ClauseParser extends TypeParser {
  // ---- Actions --------------------------------------------------------------------------------------------------------

  private readonly actionAlternatives: Alternatives<Action> = [
    {
      ALT: () => {
        this.CONSUME(words.run);
        const start = this.lastStart();
        const command = this.SUBRULE(this.string);
        return { kind: "run", start, end: this.lastEnd(), command };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.commandline);
        const start = this.lastStart();
        const before = this.currIdx;
        this.OPTION(() => {
          this.CONSUME(words.unchecked);
        });
        const unchecked = this.currIdx > before;
        const command = this.SUBRULE2(this.string);
        return { kind: "commandline", start, end: this.lastEnd(), unchecked, command };
      },
    },
    ...scriptWords.map((language, index) => ({ ALT: (): Action => this.script(language, index) })),
    {
      ALT: () => {
        this.CONSUME(words.use);
        const start = this.lastStart();
        const action = this.SUBRULE(this.path);
        const record = this.optionalRecord(1);
        const values = record === undefined ? {} : { arguments: record };
        return { kind: "use", start, end: this.lastEnd(), action, ...values };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.call);
        const start = this.lastStart();
        const sequence = this.SUBRULE2(this.path);
        const record = this.optionalRecord(2);
        const values = record === undefined ? {} : { arguments: record };
        return { kind: "call", start, end: this.lastEnd(), sequence, ...values };
      },
    },
    { ALT: () => this.SUBRULE(this.set) },
    { ALT: () => this.SUBRULE(this.restart) },
    {
      ALT: () => {
        this.CONSUME(words.log);
        const start = this.lastStart();
        const value = this.SUBRULE(this.expr);
        return { kind: "log", start, end: this.lastEnd(), value };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.fail);
        const start = this.lastStart();
        const message = this.OPTION4(() => this.SUBRULE3(this.string));
        const present = message?.kind === "string" ? { message } : {};
        return { kind: "fail", start, end: this.lastEnd(), ...present };
      },
    },
    { ALT: () => this.wait() },
  ];

  /** Missing when no action starts here; nothing is reported then. */
  readonly action: ParserMethod<[], Action> = this.RULE(
    "action",
    (): Action => this.OR(this.actionAlternatives) ?? this.missing(),
  );

  private script(language: ScriptLanguage, index: number): ScriptAction {
    this.CONSUME(words[language]);
    const start = this.lastStart();
    const source = this.or(index + 1, [
      { ALT: (): ScriptAction["source"] => this.subrule(index + 4, this.string) },
      {
        ALT: (): ScriptAction["source"] => {
          this.consume(index, words.file);
          const fileStart = this.lastStart();
          this.consume(index, tokens.LParen);
          const path = this.subrule(index + 14, this.string);
          this.consume(index, tokens.RParen);
          return { kind: "scriptFile", start: fileStart, end: this.lastEnd(), path };
        },
      },
    ]);
    if (source === undefined) this.failMissing(syntaxDiagnostics.SEQ1104);
    return { kind: "script", start, end: this.lastEnd(), language, source: source ?? this.missing() };
  }

  private wait(): Action {
    this.CONSUME(words.wait);
    const start = this.lastStart();
    const before = this.currIdx;
    this.OPTION5(() => {
      this.CONSUME(words.until);
    });
    const until = this.currIdx > before;
    const value = this.SUBRULE2(this.expr);
    const end = this.lastEnd();
    if (until) return { kind: "waitUntil", start, end, condition: value };
    return { kind: "wait", start, end, duration: value };
  }

  readonly restart: ParserMethod<[], RestartAction> = this.RULE("restart", (): RestartAction => {
    this.CONSUME(words.restart);
    const start = this.lastStart();
    const target = this.OPTION(() => {
      this.CONSUME(words.to);
      return this.SUBRULE(this.path);
    });
    const after = this.OPTION2(() => {
      this.CONSUME(words.after);
      return this.SUBRULE(this.expr);
    });
    const message = this.OPTION3(() => {
      this.CONSUME(words.message);
      return this.SUBRULE(this.string);
    });
    return {
      kind: "restart",
      start,
      end: this.lastEnd(),
      ...(target === undefined ? {} : { target }),
      ...(after === undefined ? {} : { after }),
      ...(message === undefined ? {} : { message }),
    };
  });

  readonly set: ParserMethod<[], SetAction> = this.RULE("set", (): SetAction => {
    this.CONSUME(words.set);
    const start = this.lastStart();
    const assignments: Assignment[] = [];
    if (!this.RECORDING_PHASE && this.repeatsLast()) this.skipOne("twice");
    const block =
      this.OR([
        {
          ALT: () => {
            this.assignmentBlock(assignments);
            return true;
          },
        },
        {
          ALT: () => {
            do {
              assignments.push(this.SUBRULE(this.assignment));
              this.MANY2(() => {
                this.CONSUME2(tokens.Comma);
                assignments.push(this.SUBRULE2(this.assignment));
              });
            } while (this.missesComma());
            return false;
          },
        },
      ]) ?? false;
    if (assignments.length === 0 && !block && !this.RECORDING_PHASE) assignments.push(this.subrule(9, this.assignment));
    return { kind: "set", start, end: this.lastEnd(), block, assignments };
  });

  private missesComma(): boolean {
    if (this.RECORDING_PHASE || this.peek(2) !== at.assign || (this.landmarks(1) & landmark.name) === 0) return false;
    if (this.firstOnLine()) return false;
    this.reportExpected(tokens.Comma);
    return true;
  }

  private assignmentBlock(assignments: Assignment[]): void {
    const { loops } = this;
    this.CONSUME(tokens.LCurly);
    this.loops |= loop.fields | loop.assignments;
    const starts = (index: number): boolean =>
      (this.landmarksAt(index) & landmark.word) !== 0 && this.types[index + 1] === at.assign;
    do {
      this.MANY(() => {
        const assignment = this.SUBRULE3(this.assignment);
        const when = this.OPTION(() => {
          this.CONSUME(words.when);
          return this.SUBRULE(this.expr);
        });
        assignments.push(when === undefined ? assignment : { ...assignment, end: this.lastEnd(), when });
        this.OPTION2(() => {
          this.CONSUME(tokens.Comma);
        });
      });
      this.skipJunk(
        "among these assignments",
        (index) => starts(index) || this.types[index] === at.assign || this.isRestOfField(index),
      );
      this.skipCondition();
    } while (!this.RECORDING_PHASE && this.readsAssignment(starts, assignments));
    this.CONSUME(tokens.RCurly);
    this.loops = loops;
  }

  /** At a reserved word, or no word, and "=": reads the assignment. True when the loop can go on. */
  private readsAssignment(starts: (index: number) => boolean, assignments: Assignment[]): boolean {
    if (this.peek(1) === at.assign || (starts(this.currIdx + 1) && (this.landmarks(1) & landmark.reserved) !== 0)) {
      assignments.push(this.subrule(9, this.assignment));
      if (this.peek(1) === at.comma) this.consume(9, tokens.Comma);
      return true;
    }
    return starts(this.currIdx + 1);
  }

  readonly assignment: ParserMethod<[], Assignment> = this.RULE("assignment", (): Assignment => {
    const start = this.nextStart();
    const name = this.name(1);
    this.CONSUME(tokens.Assign);
    const value = this.nextIsAssignment() ? this.missingValue() : this.SUBRULE(this.expr);
    return { kind: "assignment", start, end: Math.max(start, this.lastEnd()), name, value };
  });

  /** In the place of a value a name and "=" are the next assignment. */
  private nextIsAssignment(): boolean {
    return !this.RECORDING_PHASE && this.peek(2) === at.assign && (this.landmarks(1) & landmark.name) !== 0;
  }

  private missingValue(): Expression {
    this.failMissing(syntaxDiagnostics.SEQ1102);
    return this.missing();
  }

  // ---- Clauses --------------------------------------------------------------------------------------------------------

  private readonly clauseAlternatives: Alternatives<Clause> = [
    {
      ALT: () => {
        this.CONSUME(words.when);
        const start = this.lastStart();
        const condition = this.SUBRULE(this.expr);
        return { kind: "when", start, end: this.lastEnd(), condition };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.success);
        const start = this.lastStart();
        const codes = this.codes(1);
        return { kind: "success", start, end: this.lastEnd(), codes };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.reboots);
        const start = this.lastStart();
        const codes = this.codes(2);
        return { kind: "reboots", start, end: this.lastEnd(), codes };
      },
    },
    { ALT: () => this.retry() },
    {
      ALT: () => {
        this.CONSUME(words.timeout);
        const start = this.lastStart();
        const duration = this.SUBRULE2(this.expr);
        return { kind: "timeout", start, end: this.lastEnd(), duration };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.as);
        const start = this.lastStart();
        const account = this.SUBRULE(this.path);
        return { kind: "as", start, end: this.lastEnd(), account };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.from);
        const start = this.lastStart();
        const from = this.SUBRULE2(this.path);
        return { kind: "from", start, end: this.lastEnd(), package: from };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.workdir);
        const start = this.lastStart();
        const folder = this.SUBRULE3(this.expr);
        return { kind: "workdir", start, end: this.lastEnd(), folder };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.env);
        const start = this.lastStart();
        const variables = this.SUBRULE(this.record);
        return { kind: "env", start, end: this.lastEnd(), variables };
      },
    },
    { ALT: () => this.args() },
    {
      ALT: () => {
        this.CONSUME(words.into);
        const start = this.lastStart();
        const variable = this.name(1);
        return { kind: "into", start, end: this.lastEnd(), variable };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.continue);
        const start = this.lastStart();
        this.CONSUME(words.on);
        this.CONSUME(words.error);
        return { kind: "continueOnError", start, end: this.lastEnd() };
      },
    },
    { ALT: () => this.needs() },
    { ALT: () => this.onInterruption() },
    {
      ALT: () => {
        this.CONSUME(words.disabled);
        const start = this.lastStart();
        const reason = this.OPTION3(() => this.SUBRULE2(this.string));
        const present = reason?.kind === "string" ? { reason } : {};
        return { kind: "disabled", start, end: this.lastEnd(), ...present };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.foreign);
        const start = this.lastStart();
        const settings = this.SUBRULE2(this.record);
        return { kind: "foreign", start, end: this.lastEnd(), settings };
      },
    },
  ];

  /** Undefined when no clause starts here; nothing is reported then. */
  readonly clause: ParserMethod<[], Clause> = this.RULE(
    "clause",
    (): Clause => this.OR(this.clauseAlternatives) ?? { kind: "continueOnError", start: 0, end: 0 },
  );

  private retry(): Clause {
    this.CONSUME(words.retry);
    const start = this.lastStart();
    const count = this.SUBRULE4(this.expr);
    let doubling = false;
    const every = this.OPTION(() => {
      this.CONSUME(words.every);
      const pause = this.SUBRULE5(this.expr);
      const before = this.currIdx;
      this.OPTION2(() => {
        this.CONSUME(words.doubling);
      });
      doubling = this.currIdx > before;
      return pause;
    });
    const pause = every === undefined ? {} : { every };
    return { kind: "retry", start, end: this.lastEnd(), count, ...pause, doubling };
  }

  private args(): Clause {
    this.CONSUME(words.args);
    const start = this.lastStart();
    const value = this.OR1([
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: (): StringLiteral | Missing => this.SUBRULE(this.string) },
    ]);
    if (value === undefined) this.failMissing(syntaxDiagnostics.SEQ1102);
    return { kind: "args", start, end: this.lastEnd(), value: value ?? this.missing() };
  }

  private needs(): NeedsClause {
    this.CONSUME(words.needs);
    const start = this.lastStart();
    this.retagNearest(["winpe", "fullos"]);
    const phase = this.OR2([
      {
        ALT: (): NeedsClause["phase"] => {
          this.CONSUME(words.winpe);
          return "winpe";
        },
      },
      {
        ALT: (): NeedsClause["phase"] => {
          this.CONSUME(words.fullos);
          return "fullos";
        },
      },
    ]);
    if (phase === undefined) this.failWords('"winpe" or "fullos"');
    return { kind: "needs", start, end: this.lastEnd(), phase: phase ?? "missing" };
  }

  private onInterruption(): InterruptionClause {
    this.CONSUME2(words.on);
    const start = this.lastStart();
    this.CONSUME(words.interruption);
    let condition: Expression | undefined;
    this.retagNearest(["rerun", "verify"]);
    const policy = this.OR3([
      {
        ALT: (): InterruptionClause["policy"] => {
          this.CONSUME(words.fail);
          return "fail";
        },
      },
      {
        ALT: (): InterruptionClause["policy"] => {
          this.CONSUME(words.rerun);
          return "rerun";
        },
      },
      {
        ALT: (): InterruptionClause["policy"] => {
          this.CONSUME(words.verify);
          condition = this.SUBRULE6(this.expr);
          return "verify";
        },
      },
    ]);
    if (policy === undefined) this.failWords('"fail", "rerun" or "verify"');
    return {
      kind: "onInterruption",
      start,
      end: this.lastEnd(),
      policy: policy ?? "missing",
      ...(condition === undefined ? {} : { condition }),
    };
  }

  private failWords(what: string): void {
    this.fail(syntaxDiagnostics.SEQ1101, this.lastEnd(), this.lastEnd(), { what, found: this.found() });
  }

  /** When the next token is a name that is near one of the words, it is reported and read as that word. */
  protected retagNearest(candidates: readonly (keyof typeof words)[], howMuch = 1): boolean {
    if (this.RECORDING_PHASE || this.peek(howMuch) !== at.identifier) return false;
    const written = this.nextText(howMuch);
    const meant = didYouMean(written, candidates) as keyof typeof words | undefined;
    if (meant === undefined) return false;
    const index = this.currIdx + howMuch;
    const fix = { title: `Change to "${meant}"`, text: meant, safe: false, hint: `did you mean "${meant}"?` };
    this.fail(syntaxDiagnostics.SEQ1111, this.starts[index] ?? 0, this.ends[index] ?? 0, { written }, fix);
    this.types[index] = typeIndex(words[meant]);
    return true;
  }

  private codes(occurrence: 1 | 2): (Code | Missing)[] {
    const codes: (Code | Missing)[] = [this.subrule(occurrence, this.code)];
    do {
      this.many(occurrence, () => {
        this.consume(occurrence, tokens.Comma);
        codes.push(this.subrule(occurrence + 2, this.code));
      });
    } while (this.missesCodeComma(codes));
    return codes;
  }

  private missesCodeComma(codes: (Code | Missing)[]): boolean {
    if (this.RECORDING_PHASE) return false;
    const negative = (this.landmarks(1) & landmark.prefix) !== 0 && this.peek(2) === at.number;
    if (this.peek(1) !== at.number && !negative) return false;
    this.reportExpected(tokens.Comma);
    codes.push(this.subrule(9, this.code));
    return true;
  }

  readonly code: ParserMethod<[], Code | Missing> = this.RULE("code", (): Code | Missing => {
    const start = this.nextStart();
    if (!this.RECORDING_PHASE && !this.startsCode()) {
      this.failMissing(syntaxDiagnostics.SEQ1107);
      return this.missing();
    }
    const code = this.OR([
      {
        ALT: (): Code | Missing => {
          const before = this.currIdx;
          this.OPTION(() => {
            this.CONSUME(tokens.Minus);
          });
          const negative = this.currIdx > before;
          this.CONSUME(tokens.Number);
          if (this.RECORDING_PHASE || this.types[this.currIdx] !== at.number) return this.missing();
          const value = numberLiteral(this.text, this.lastStart(), this.lastEnd(), this.note);
          return { kind: "code", start, end: this.lastEnd(), value, negative };
        },
      },
      {
        ALT: (): Code | Missing => {
          const path: Path | Missing = this.SUBRULE(this.path);
          return path.kind === "missing" ? path : { kind: "code", start, end: path.end, value: path, negative: false };
        },
      },
    ]);
    return code ?? this.missing();
  });

  private startsCode(): boolean {
    const bits = this.landmarks(1);
    if (this.peek(1) === at.number || (bits & landmark.prefix) !== 0) return this.peek(1) !== at.not;
    if ((bits & landmark.name) === 0) return false;
    return (bits & landmark.contextualClause) === 0 || !this.followedByStart(this.currIdx + 1);
  }
}
