// The grammar of sequences and of the file, with what recovery reads at the top level.
import type { ParserMethod } from "chevrotain";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import { tokens, words } from "../lexer/token-types.ts";
import type {
  Declaration,
  File,
  Options,
  SequenceDeclaration,
  SequenceMember,
  VariableDeclaration,
  VariableRole,
} from "../syntax/tree.ts";
import { DeclarationParser, titled, valued } from "./declaration-parser.ts";
import { at, landmark } from "./landmarks.ts";
import { loop } from "./recovering-parser.ts";
import type { Braces } from "./statement-recovery.ts";

type Alternatives<T> = { ALT: () => T }[];

const declarationWords = [
  ...["import", "const", "type", "fn", "sequence", "extern", "package", "image", "application", "file", "account"],
  ...["collection", "window", "deployment", "test"],
] as (keyof typeof words)[];

export abstract class FileParser extends DeclarationParser {
  // ---- Sequences ------------------------------------------------------------------------------------------------------

  override readonly sequence: ParserMethod<[], SequenceDeclaration> = this.RULE("sequence", (): SequenceDeclaration => {
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
