// The one parser: made on first use and used again for every file. It keeps nothing of a file it has read.
import type { ISerializedGast } from "chevrotain";
import { lex, type LexedText, type ReportAt } from "../lexer/lexer.ts";
import { allTokenTypes } from "../lexer/token-types.ts";
import type { File } from "../syntax/tree.ts";
import { FileParser } from "./file-parser.ts";
import { lookaheadTable } from "./lookahead-table.ts";
import type { Production } from "./lookahead.ts";

export class SequiturParser extends FileParser {
  /**
   * `ready` takes the decisions from the table, at once. `analysed` lets chevrotain record, validate and analyse the grammar
   * instead, which takes long: the table, the EBNF and the tests are made of that.
   */
  constructor(mode: "ready" | "analysed") {
    super([...allTokenTypes], {
      recoveryEnabled: false,
      nodeLocationTracking: "none",
      maxLookahead: 2,
      skipValidations: mode === "ready",
    });
    if (mode === "analysed") this.performSelfAnalysis();
    this.takeDecisions(lookaheadTable);
    this.precedence.clear();
  }

  /** Reads a file's text into its tree. */
  read(text: string, report: ReportAt): File {
    return this.readTokens(text, lex(text, report), report);
  }

  /** The same of a text whose tokens are there; their types may be changed in place. */
  protected readTokens(text: string, lexed: LexedText, report: ReportAt): File {
    this.precedence.clear();
    this.statements = [];
    this.hoistedVariables = [];
    this.hoistedDeclarations = [];
    this.braces = [];
    this.begin(text, lexed, report);
    const file = this.readRule(this.file);
    this.finish();
    return file;
  }

  /** The rules as data; of an analysed parser only. */
  recordedRules(): readonly Production[] {
    return this.getSerializedGastProductions().map((rule: ISerializedGast): Production => rule);
  }
}

let shared: SequiturParser | undefined;

/** The parser that everybody shares. */
export function sharedParser(): SequiturParser {
  shared ??= new SequiturParser("ready");
  return shared;
}
