// The one parser: made on first use and used again for every file. It keeps nothing of a file it has read.
import { lex, type ReportAt } from "../lexer/lexer.ts";
import { allTokenTypes } from "../lexer/token-types.ts";
import type { File } from "../syntax/tree.ts";
import { DeclarationParser } from "./declaration-parser.ts";

export class SequiturParser extends DeclarationParser {
  /** With `validated` chevrotain also looks for ambiguities, which takes long; the tests do that. */
  constructor(validated: boolean) {
    super([...allTokenTypes], {
      recoveryEnabled: false,
      nodeLocationTracking: "none",
      maxLookahead: 2,
      skipValidations: !validated,
    });
    this.performSelfAnalysis();
    this.precedence.clear();
  }

  read(text: string, report: ReportAt): File {
    this.precedence.clear();
    this.statements = [];
    this.hoistedVariables = [];
    this.hoistedDeclarations = [];
    this.braces = [];
    this.begin(text, lex(text, report), report);
    const file = this.file();
    this.finish();
    return file;
  }
}

let shared: SequiturParser | undefined;

/** The parser that everybody shares. */
export function sharedParser(): SequiturParser {
  shared ??= new SequiturParser(false);
  return shared;
}
