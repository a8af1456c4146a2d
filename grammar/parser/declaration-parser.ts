// The grammar of declarations and of the file, with what recovery reads at the top level.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { tokens, words } from "../lexer/token-types.ts";
import type {
  ContentDeclaration,
  Declaration,
  Expression,
  File,
  FleetDeclaration,
  FnDeclaration,
  FnParameter,
  ImportModule,
  ImportNames,
  Missing,
  Name,
  Options,
  Path,
  SequenceDeclaration,
  SequenceMember,
  StringLiteral,
  TestDeclaration,
  TestItem,
  TestWhen,
  VariableDeclaration,
  VariableRole,
} from "../syntax/tree.ts";
import { at, landmark } from "./landmarks.ts";
import { loop } from "./recovering-parser.ts";
import { StatementParser, type Braces } from "./statement-parser.ts";

type Alternatives<T> = { ALT: () => T }[];

const declarationWords = [
  ...["import", "const", "type", "fn", "sequence", "extern", "package", "image", "application", "file", "account"],
  ...["collection", "window", "deployment", "test"],
] as (keyof typeof words)[];

export abstract class DeclarationParser extends StatementParser {
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

  private docField(): { doc?: NonNullable<Declaration["doc"]> } {
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

  private readonly initialValue = (): Expression => {
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
    if (outcome === undefined) this.failMissing(syntaxDiagnostics.SEQ1108);
    return { kind: "testWhen", start, end: this.lastEnd(), ...subject, outcome: outcome ?? this.missing() };
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

  // ---- Sequences ------------------------------------------------------------------------------------------------------

  readonly sequence: ParserMethod<[], SequenceDeclaration> = this.RULE("sequence", (): SequenceDeclaration => {
    const doc = this.docField();
    this.CONSUME(words.sequence);
    const start = this.lastStart();
    const name = this.name(1, true);
    const title = this.OPTION(() => this.SUBRULE(this.string));
    const outer = this.statements;
    const { loops } = this;
    const members: SequenceMember[] = (this.statements = []);
    if (this.RECORDING_PHASE || this.startsSequenceBody()) {
      this.loops = loop.statements;
      this.openBrace();
      this.SUBRULE(this.members);
      this.closeBrace();
    }
    for (const variable of this.hoistedVariables.splice(0)) members.push(variable);
    this.statements = outer;
    this.loops = loops;
    return { kind: "sequence", start, end: this.lastEnd(), ...doc, name, ...titled(title), members };
  });

  private startsSequenceBody(): boolean {
    if (this.peek(1) === at.lcurly) return true;
    this.reportExpected(tokens.LCurly);
    const bits = this.landmarks(1);
    return (bits & (landmark.statement | landmark.action | landmark.variable)) !== 0 || this.peek(1) === at.options;
  }

  /** Reads into `this.statements`: recovery also comes here, to read what a "}" too many has cut off. */
  readonly members: ParserMethod<[], void> = this.RULE("members", (): void => {
    do {
      this.MANY(this.memberLoop);
    } while (this.recoverStatement());
  });

  private readonly memberLoop = {
    GATE: (): boolean => this.peek(1) !== at.extern || this.peek(2) !== at.sequence,
    DEF: (): void => {
      const { statements } = this;
      const member = this.OR(this.memberAlternatives);
      if (member !== undefined) statements.push(member);
      this.statements = statements;
    },
  };

  private readonly memberAlternatives: Alternatives<SequenceMember> = [
    { ALT: () => this.SUBRULE(this.options) },
    { ALT: () => this.SUBRULE(this.variable) },
    { ALT: () => this.SUBRULE(this.statement) },
  ];

  readonly options: ParserMethod<[], Options> = this.RULE("options", (): Options => {
    this.CONSUME(words.options);
    const start = this.lastStart();
    const settings = this.SUBRULE(this.record);
    return { kind: "options", start, end: this.lastEnd(), settings };
  });

  readonly variable: ParserMethod<[], VariableDeclaration> = this.RULE("variable", (): VariableDeclaration => {
    const doc = this.docField();
    const start = this.nextStart();
    const role = this.OR(this.roleAlternatives) ?? "var";
    const name = this.name(1);
    this.CONSUME(tokens.Colon);
    const type = this.SUBRULE(this.type);
    const value = this.OPTION(this.initialValue);
    return { kind: "variable", start, end: this.lastEnd(), ...doc, role, name, type, ...valued(value) };
  });

  protected override readVariable(): SequenceMember {
    return this.subrule(9, this.variable);
  }

  private readonly roleAlternatives: Alternatives<VariableRole> = [
    ...(["param", "secret", "output", "var"] as const).map((role) => ({
      ALT: (): VariableRole => {
        this.CONSUME(words[role]);
        return role;
      },
    })),
    { ALT: () => this.globalRole() },
  ];

  private globalRole(): VariableRole {
    const isExtern = !this.RECORDING_PHASE && this.peek(1) === at.extern;
    this.OPTION1(() => {
      this.CONSUME(words.extern);
    });
    this.CONSUME(words.global);
    const isSecret = this.OR2([
      {
        ALT: () => {
          this.CONSUME2(words.var);
          return false;
        },
      },
      {
        ALT: () => {
          this.CONSUME2(words.secret);
          return true;
        },
      },
    ]);
    if (isSecret === undefined) this.reportExpected(words.var);
    if (isSecret === true) return isExtern ? "externGlobalSecret" : "globalSecret";
    return isExtern ? "externGlobalVar" : "globalVar";
  }

  // ---- The file -------------------------------------------------------------------------------------------------------

  readonly file: ParserMethod<[], File> = this.RULE("file", (): File => {
    const declarations: Declaration[] = [];
    do {
      this.MANY(() => {
        this.beginDeclaration();
        const declaration = this.SUBRULE(this.declaration);
        if (this.RECORDING_PHASE) return;
        if (declaration !== undefined) declarations.push(declaration);
        for (const hoisted of this.hoistedDeclarations.splice(0)) declarations.push(hoisted);
      });
    } while (this.recoverDeclaration(declarations));
    this.CONSUME(tokens.EOF);
    return { kind: "file", start: 0, end: this.text.length, declarations };
  });

  private beginDeclaration(): void {
    this.braces = [];
    this.loops = 0;
    this.depth = 0;
    this.head = this.inRecord = false;
  }

  /** Behind the declarations: reads or skips what is none; true when the loop can go on. */
  private recoverDeclaration(declarations: Declaration[]): boolean {
    if (this.RECORDING_PHASE || this.peek(1) === at.eof) return false;
    const { braces } = this;
    this.beginDeclaration();
    if (this.peek(1) === at.rcurly) return this.readExtraBrace(declarations);
    if (this.startsMember(this.currIdx + 1)) return this.readStatementsOutside(declarations, braces);
    if (this.startsMisspeltDeclaration() && this.retagNearest(declarationWords)) return true;
    const before = this.currIdx;
    this.skipJunk("at the top of a file", (index) => this.startsMember(index) && this.breaksLineBefore(index));
    if (this.currIdx === before) this.currIdx++;
    return true;
  }

  private startsMisspeltDeclaration(): boolean {
    return this.peek(1) === at.identifier && (this.landmarks(2) & (landmark.name | landmark.string)) !== 0;
  }

  private startsMember(index: number): boolean {
    const bits = this.landmarksAt(index);
    if ((bits & (landmark.statement | landmark.action | landmark.variable)) !== 0) return true;
    return this.types[index] === at.extern && this.types[index + 1] === at.global;
  }

  /** A "}" too many: what comes behind it is read as the sequence's, and so is the "}" that is left over then. */
  private readExtraBrace(declarations: Declaration[]): boolean {
    const start = this.nextStart();
    const fix = { title: "Remove it", text: "", safe: false };
    this.fail(syntaxDiagnostics.SEQ1113, start, start + 1, {}, fix);
    this.currIdx++;
    this.quiet = true;
    const last = declarations.at(-1);
    if (!this.startsMember(this.currIdx + 1) && !this.startsMemberTail()) return true;
    this.readMoreMembers(last?.kind === "sequence" ? last : undefined, declarations);
    return true;
  }

  private startsMemberTail(): boolean {
    const type = this.peek(1);
    return type === at.finally || (type === at.on && this.peek(2) === at.error);
  }

  /** Statements at the top: a "}" too many has ended their sequence when one stands at a wrong indentation. */
  private readStatementsOutside(declarations: Declaration[], braces: readonly Braces[]): boolean {
    const last = declarations.at(-1);
    const surplus =
      last?.kind === "sequence" ? braces.findLast((pair) => this.standsElsewhere(pair))?.close : undefined;
    if (surplus !== undefined && last?.kind === "sequence") {
      const start = this.starts[surplus] ?? 0;
      this.fail(syntaxDiagnostics.SEQ1113, start, start + 1, {}, { title: "Remove it", text: "", safe: false });
      this.readMoreMembers(last, declarations);
      return true;
    }
    const start = this.nextStart();
    const text = this.nextText();
    this.fail(syntaxDiagnostics.SEQ1114, start, start + text.length, { text });
    this.readMoreMembers(undefined, declarations);
    return true;
  }

  private readMoreMembers(sequence: SequenceDeclaration | undefined, declarations: Declaration[]): void {
    const start = this.nextStart();
    const members: SequenceMember[] = sequence === undefined ? [] : (sequence.members as SequenceMember[]);
    this.statements = members;
    this.loops = loop.statements;
    const braces = { open: this.currIdx, close: undefined };
    this.braces = [braces];
    this.subrule(9, this.members);
    if (this.peek(1) === at.rcurly) {
      this.currIdx++;
      this.quiet = true;
    }
    const end = this.lastEnd();
    if (sequence !== undefined) declarations[declarations.length - 1] = { ...sequence, end, members };
    else declarations.push({ kind: "sequence", start, end, name: { kind: "missing", start, end: start }, members });
    for (const hoisted of this.hoistedDeclarations.splice(0)) declarations.push(hoisted);
    for (const variable of this.hoistedVariables.splice(0)) members.push(variable);
  }
}

function titled(title: StringLiteral | Missing | undefined): { title?: StringLiteral } {
  return title?.kind === "string" ? { title } : {};
}

function valued(value: Expression | undefined): { value?: Expression } {
  return value === undefined ? {} : { value };
}
