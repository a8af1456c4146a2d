// The grammar of declarations, save for sequences.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { tokens, words } from "../lexer/token-types.ts";
import type {
  ContentDeclaration,
  Declaration,
  Expression,
  FleetDeclaration,
  FnDeclaration,
  FnParameter,
  ImportModule,
  ImportNames,
  Missing,
  Name,
  Path,
  SequenceDeclaration,
  StringLiteral,
  TestDeclaration,
  TestItem,
  TestWhen,
} from "../syntax/tree.ts";
import { at, landmark } from "./landmarks.ts";
import { loop } from "./recovering-parser.ts";
import { StatementParser } from "./statement-parser.ts";

type Alternatives<T> = { ALT: () => T }[];

export abstract class DeclarationParser extends StatementParser {
  abstract readonly sequence: ParserMethod<[], SequenceDeclaration>;

  // ---- Declarations ---------------------------------------------------------------------------------------------------

  private readonly declarationAlternatives: Alternatives<Declaration> = [
    { ALT: () => this.SUBRULE(this.import) },
    {
      ALT: () => {
        const doc = this.docField();
        this.CONSUME(words.const);
        const start = this.lastStart();
        const name = this.name(1);
        this.CONSUME(tokens.Assign);
        const value = this.SUBRULE(this.expr);
        return { kind: "const", start, end: this.lastEnd(), ...doc, name, value };
      },
    },
    {
      ALT: () => {
        const doc = this.docField();
        this.CONSUME(words.type);
        const start = this.lastStart();
        const name = this.name(2);
        this.CONSUME2(tokens.Assign);
        const type = this.SUBRULE(this.type);
        return { kind: "typeDeclaration", start, end: this.lastEnd(), ...doc, name, type };
      },
    },
    { ALT: () => this.SUBRULE(this.fn) },
    { ALT: () => this.SUBRULE(this.content) },
    {
      ALT: () => {
        const doc = this.docField();
        this.CONSUME(words.account);
        const start = this.lastStart();
        const name = this.name(3, true);
        const settings = this.SUBRULE(this.record);
        return { kind: "account", start, end: this.lastEnd(), ...doc, name, settings };
      },
    },
    { ALT: () => this.SUBRULE(this.fleet) },
    {
      ALT: () => {
        const doc = this.docField();
        this.CONSUME(words.deployment);
        const start = this.lastStart();
        const name = this.name(4, true);
        const title = this.OPTION(() => this.SUBRULE(this.string));
        this.CONSUME(words.of);
        const sequence = this.SUBRULE(this.path);
        const settings = this.SUBRULE2(this.record);
        return { kind: "deployment", start, end: this.lastEnd(), ...doc, name, ...titled(title), sequence, settings };
      },
    },
    { ALT: () => this.SUBRULE(this.test) },
    { ALT: () => this.SUBRULE(this.sequence) },
    {
      ALT: () => {
        const doc = this.docField();
        this.CONSUME(words.extern);
        const start = this.lastStart();
        this.CONSUME(words.sequence);
        const name = this.name(5, true);
        const source = this.SUBRULE2(this.string);
        return { kind: "externSequence", start, end: this.lastEnd(), ...doc, name, source };
      },
    },
  ];

  readonly declaration: ParserMethod<[], Declaration | undefined> = this.RULE(
    "declaration",
    (): Declaration | undefined => this.OR(this.declarationAlternatives),
  );

  protected override readDeclaration(): Declaration | undefined {
    return this.subrule(9, this.declaration);
  }

  protected docField(): { doc?: NonNullable<Declaration["doc"]> } {
    const doc = this.RECORDING_PHASE ? undefined : this.takeDoc();
    return doc === undefined ? {} : { doc };
  }

  readonly import: ParserMethod<[], ImportModule | ImportNames> = this.RULE(
    "import",
    (): ImportModule | ImportNames => {
      const doc = this.docField();
      this.CONSUME(words.import);
      const start = this.lastStart();
      const node = this.OR([
        {
          ALT: (): ImportModule | ImportNames => {
            const names: (Name | Missing)[] = [];
            this.importedNames(names);
            this.CONSUME(words.from);
            const source = this.SUBRULE(this.string);
            return { kind: "importNames", start, end: this.lastEnd(), ...doc, names, source };
          },
        },
        {
          ALT: (): ImportModule | ImportNames => {
            const source = this.SUBRULE2(this.string);
            this.CONSUME(words.as);
            const alias = this.name(3);
            return { kind: "importModule", start, end: this.lastEnd(), ...doc, source, alias };
          },
        },
      ]);
      return node ?? this.importWithout(start, doc);
    },
  );

  /** An import whose first token lacks: what follows says which of the two it was. */
  private importWithout(start: number, doc: Pick<ImportModule, "doc">): ImportModule | ImportNames {
    if ((this.landmarks(1) & landmark.name) === 0 || this.startsDeclaration(this.currIdx + 1)) {
      const source = this.subrule(8, this.string);
      if (this.peek(1) === at.as) this.consume(8, words.as);
      const alias = this.name(8);
      return { kind: "importModule", start, end: this.lastEnd(), ...doc, source, alias };
    }
    const names: (Name | Missing)[] = [];
    this.importedNames(names);
    this.consume(8, words.from);
    const source = this.subrule(8, this.string);
    return { kind: "importNames", start, end: this.lastEnd(), ...doc, names, source };
  }

  private importedNames(names: (Name | Missing)[]): void {
    this.CONSUME(tokens.LCurly);
    const startsName = (index: number): boolean =>
      this.types[index] === at.from ||
      this.types[index] === at.comma ||
      (this.landmarksAt(index) & landmark.name) !== 0;
    const { loops } = this;
    this.loops |= loop.fields;
    this.OPTION(() => {
      names.push(this.name(1));
    });
    do {
      this.MANY(() => {
        this.CONSUME(tokens.Comma);
        this.OPTION2(() => {
          names.push(this.name(2));
        });
      });
      this.readNameWithoutComma(names);
      this.skipJunk("among these names", startsName);
    } while (!this.RECORDING_PHASE && startsName(this.currIdx + 1) && this.peek(1) !== at.from);
    this.CONSUME(tokens.RCurly);
    this.loops = loops;
  }

  private readNameWithoutComma(names: (Name | Missing)[]): void {
    if (this.RECORDING_PHASE || (this.landmarks(1) & landmark.name) === 0) return;
    this.reportExpected(tokens.Comma);
    names.push(this.name(9));
  }

  readonly fn: ParserMethod<[], FnDeclaration> = this.RULE("fn", (): FnDeclaration => {
    const doc = this.docField();
    this.CONSUME(words.fn);
    const start = this.lastStart();
    const name = this.name(1);
    this.CONSUME(tokens.LParen);
    const parameters: FnParameter[] = [];
    const { loops } = this;
    this.loops |= loop.parentheses;
    const startsParameter = (index: number): boolean =>
      (this.landmarksAt(index) & landmark.word) !== 0 && this.types[index + 1] === at.colon;
    this.OPTION(() => {
      parameters.push(this.SUBRULE(this.fnParameter));
    });
    do {
      this.MANY(() => {
        this.CONSUME(tokens.Comma);
        this.OPTION2(() => {
          parameters.push(this.SUBRULE2(this.fnParameter));
        });
      });
      this.readParameterWithoutComma(parameters, startsParameter);
      this.skipJunk("among these parameters", (index) => startsParameter(index) || this.types[index] === at.comma);
    } while (!this.RECORDING_PHASE && (startsParameter(this.currIdx + 1) || this.peek(1) === at.comma));
    this.CONSUME(tokens.RParen);
    this.loops = loops;
    this.CONSUME(tokens.Colon);
    const result = this.SUBRULE(this.type);
    this.CONSUME(tokens.Assign);
    const body = this.SUBRULE(this.expr);
    return { kind: "fn", start, end: this.lastEnd(), ...doc, name, parameters, result, body };
  });

  private readParameterWithoutComma(parameters: FnParameter[], startsParameter: (index: number) => boolean): void {
    if (this.RECORDING_PHASE || !startsParameter(this.currIdx + 1)) return;
    if (parameters.length > 0) this.reportExpected(tokens.Comma);
    parameters.push(this.subrule(9, this.fnParameter));
  }

  readonly fnParameter: ParserMethod<[], FnParameter> = this.RULE("fnParameter", (): FnParameter => {
    const start = this.nextStart();
    const name = this.name(1);
    this.CONSUME(tokens.Colon);
    const type = this.SUBRULE(this.type);
    const value = this.OPTION(this.initialValue);
    return { kind: "fnParameter", start, end: this.lastEnd(), name, type, ...valued(value) };
  });

  protected readonly initialValue = (): Expression => {
    this.CONSUME(tokens.Assign);
    return this.SUBRULE(this.expr);
  };

  readonly content: ParserMethod<[], ContentDeclaration> = this.RULE("content", (): ContentDeclaration => {
    const doc = this.docField();
    const start = this.nextStart();
    const contentKind = this.OR(this.contentAlternatives) ?? "package";
    const name = this.name(1, true);
    const source = this.SUBRULE(this.string);
    const record = this.optionalRecord(1);
    const options = record === undefined ? {} : { options: record };
    return { kind: "content", start, end: this.lastEnd(), ...doc, contentKind, name, source, ...options };
  });

  private readonly contentAlternatives: Alternatives<ContentDeclaration["contentKind"]> = (
    ["package", "image", "application", "file"] as const
  ).map((word) => ({
    ALT: () => {
      this.CONSUME(words[word]);
      return word;
    },
  }));

  readonly fleet: ParserMethod<[], FleetDeclaration> = this.RULE("fleet", (): FleetDeclaration => {
    const doc = this.docField();
    const start = this.nextStart();
    const fleetKind = this.OR(this.fleetAlternatives) ?? "collection";
    const name = this.name(1, true);
    const title = this.OPTION(() => this.SUBRULE(this.string));
    const settings = this.SUBRULE(this.record);
    return { kind: "fleet", start, end: this.lastEnd(), ...doc, fleetKind, name, ...titled(title), settings };
  });

  private readonly fleetAlternatives: Alternatives<FleetDeclaration["fleetKind"]> = (
    ["collection", "window"] as const
  ).map((word) => ({
    ALT: () => {
      this.CONSUME(words[word]);
      return word;
    },
  }));

  // ---- Tests ----------------------------------------------------------------------------------------------------------

  readonly test: ParserMethod<[], TestDeclaration> = this.RULE("test", (): TestDeclaration => {
    const doc = this.docField();
    this.CONSUME(words.test);
    const start = this.lastStart();
    const title = this.SUBRULE(this.string);
    this.CONSUME(words.of);
    const sequence = this.SUBRULE(this.path);
    const items: TestItem[] = [];
    const { loops } = this;
    if (!this.RECORDING_PHASE && !this.startsTestBody()) {
      return { kind: "test", start, end: this.lastEnd(), ...doc, title, sequence, items };
    }
    this.openBrace();
    this.loops = loop.testItems;
    do {
      this.MANY(() => {
        items.push(this.SUBRULE(this.testItem));
      });
    } while (this.recoverTestItem());
    this.closeBrace();
    this.loops = loops;
    return { kind: "test", start, end: this.lastEnd(), ...doc, title, sequence, items };
  });

  private startsTestBody(): boolean {
    if (this.peek(1) === at.lcurly) return true;
    this.reportExpected(tokens.LCurly);
    return (this.landmarks(1) & landmark.testItem) !== 0;
  }

  private recoverTestItem(): boolean {
    if (this.RECORDING_PHASE || this.peek(1) === at.rcurly || this.peek(1) === at.eof) return false;
    const before = this.currIdx;
    const item = (index: number): boolean => (this.landmarksAt(index) & landmark.testItem) !== 0;
    if (this.retagNearest(["given", "when", "expect", "assert"])) return true;
    this.skipJunk("in a test", item);
    return this.currIdx > before && item(this.currIdx + 1);
  }

  private readonly testItemAlternatives: Alternatives<TestItem> = [
    {
      ALT: () => {
        this.CONSUME(words.given);
        const start = this.lastStart();
        const values = this.SUBRULE(this.record);
        return { kind: "testGiven", start, end: this.lastEnd(), values };
      },
    },
    { ALT: () => this.testWhen() },
    {
      ALT: () => {
        this.CONSUME(words.expect);
        const start = this.lastStart();
        const condition = this.SUBRULE(this.expr);
        return { kind: "testExpect", start, end: this.lastEnd(), mode: "expect", condition };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.assert);
        const start = this.lastStart();
        const condition = this.SUBRULE2(this.expr);
        return { kind: "testExpect", start, end: this.lastEnd(), mode: "assert", condition };
      },
    },
  ];

  readonly testItem: ParserMethod<[], TestItem> = this.RULE("testItem", (): TestItem => {
    const place = this.missing();
    return (
      this.OR(this.testItemAlternatives) ?? { kind: "testGiven", start: place.start, end: place.end, values: place }
    );
  });

  private testWhen(): TestWhen {
    this.CONSUME(words.when);
    const start = this.lastStart();
    const subject = this.OR2(this.subjectAlternatives) ?? { subjectKind: "path", subject: this.missingSubject() };
    const outcome: Expression | undefined = this.OR3([
      { ALT: (): Expression => this.SUBRULE2(this.record) },
      { ALT: (): Expression => this.SUBRULE(this.list) },
    ]);
    if (outcome === undefined && !this.RECORDING_PHASE) return this.outcomeWithoutBrace(subject, start);
    return { kind: "testWhen", start, end: this.lastEnd(), ...subject, outcome: outcome ?? this.missing() };
  }

  /** Reads the fields of an outcome whose "{" lacks, or says that there is none. */
  private outcomeWithoutBrace(subject: Pick<TestWhen, "subjectKind" | "subject">, start: number): TestWhen {
    const outcome = this.subrule(9, this.record);
    return { kind: "testWhen", start, end: this.lastEnd(), ...subject, outcome };
  }

  private missingSubject(): Missing {
    this.failMissing(syntaxDiagnostics.SEQ1103);
    return this.missing();
  }

  private readonly subjectAlternatives: Alternatives<Pick<TestWhen, "subjectKind" | "subject">> = [
    {
      ALT: () => {
        this.CONSUME(words.step);
        return { subjectKind: "step", subject: this.SUBRULE(this.string) };
      },
    },
    {
      ALT: () => {
        this.CONSUME(words.run);
        return { subjectKind: "run", subject: this.SUBRULE2(this.string) };
      },
    },
    { ALT: () => ({ subjectKind: "path", subject: this.SUBRULE(this.path) as Path | Missing }) },
  ];
}

/** The title of a node, left out when there is none. */
export function titled(title: StringLiteral | Missing | undefined): { title?: StringLiteral } {
  return title?.kind === "string" ? { title } : {};
}

/** The initial value of a node, left out when there is none. */
export function valued(value: Expression | undefined): { value?: Expression } {
  return value === undefined ? {} : { value };
}
