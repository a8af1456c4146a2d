// The words of the language, grouped by what they do. The token table, the parser's recovery, completion and the reference
// read these lists; nothing else says which word is reserved.

/** Words that are never a name unless written in backticks; as property and field names they are always allowed. */
export const reservedWords = {
  structure: [
    "import",
    "const",
    "type",
    "fn",
    "sequence",
    "param",
    "secret",
    "output",
    "var",
    "global",
    "extern",
    "step",
    "group",
    "if",
    "then",
    "else",
    "for",
    "finally",
  ],
  actions: [
    "run",
    "commandline",
    "sh",
    "bash",
    "powershell",
    "cmd",
    "python",
    "use",
    "call",
    "set",
    "restart",
    "log",
    "fail",
    "wait",
  ],
  clauses: ["when", "as", "from", "into", "continue", "on"],
  expressions: ["and", "or", "not", "in", "matches", "like", "true", "false"],
} as const;

/** Words that mean something in their place only, and are names everywhere else. */
export const contextualWords = {
  declarations: [
    "package",
    "image",
    "application",
    "file",
    "account",
    "collection",
    "window",
    "deployment",
    "test",
    "of",
  ],
  members: ["options"],
  testItems: ["given", "expect", "assert"],
  clauses: [
    "success",
    "reboots",
    "retry",
    "every",
    "doubling",
    "timeout",
    "workdir",
    "env",
    "args",
    "needs",
    "disabled",
    "foreign",
  ],
  afterWords: [
    "error",
    "interruption",
    "rerun",
    "verify",
    "winpe",
    "fullos",
    "until",
    "to",
    "after",
    "message",
    "unchecked",
  ],
} as const;

type ValuesOf<T extends Readonly<{ [group: string]: readonly string[] }>> = T[keyof T][number];

export type ReservedWord = ValuesOf<typeof reservedWords>;
export type ContextualWord = ValuesOf<typeof contextualWords>;
