// The instruction table, read by compiler, verifier, interpreter, disassembler and the format's documentation.
// An instruction is a JSON array: its name, then its operands. Stack effects in `meaning` are written (before → after).

/** What an operand of an instruction is. Indices are into the named section of the plan. */
export type OperandKind =
  | "constant"
  | "slot"
  | "global"
  | "node"
  | "part"
  | "pattern"
  | "address"
  | "count"
  /** Field name of a record. */
  | "field"
  /** JSON list of field names. */
  | "fields"
  /** Name in stateFields, stepFields, facts, functions. */
  | "state"
  | "stepField"
  | "fact"
  | "function"
  | "arithmetic"
  | "comparison"
  | "comparedType";

/** Where control goes after an instruction. `next`: the following one; `targets`: the addresses among its operands too;
 *  `descriptor`: only where its node's descriptor says; `none`: it raises or ends. Any that may fail also raises. */
export type Control = "next" | "targets" | "jump" | "descriptor" | "none";

export interface InstructionDeclaration {
  readonly operands: readonly OperandKind[];
  readonly control: Control;
  /** May raise a failure. */
  readonly fails: boolean;
  /** Kinds of journal records it may write. */
  readonly journals: readonly string[];
  readonly meaning: string;
}

const declare = <T extends { readonly [name: string]: InstructionDeclaration }>(table: T): T => table;

export const instructions = declare({
  // ---- values
  PUSH: { operands: ["constant"], control: "next", fails: false, journals: [], meaning: "( → v) push constants[k]" },
  ABSENT: { operands: [], control: "next", fails: false, journals: [], meaning: "( → absent) push absent" },
  LOAD: { operands: ["slot"], control: "next", fails: false, journals: [], meaning: "( → v) push the slot" },
  STORE: { operands: ["slot"], control: "next", fails: true, journals: ["set"], meaning: "(v → ) set the slot" },
  GLOAD: {
    operands: ["global"],
    control: "next",
    fails: false,
    journals: [],
    meaning: '( → string) push the global; unset is ""',
  },
  GSTORE: {
    operands: ["global"],
    control: "next",
    fails: true,
    journals: ["set"],
    meaning: '(string → ) set the global; "" unsets it',
  },
  GDEFINED: {
    operands: ["global"],
    control: "next",
    fails: false,
    journals: [],
    meaning: "( → bool) is the global set?",
  },
  GIVEN: {
    operands: ["slot", "address"],
    control: "targets",
    fails: false,
    journals: [],
    meaning: "( → ) go to a if the parameter was given",
  },
  STATE: {
    operands: ["state"],
    control: "next",
    fails: false,
    journals: [],
    meaning: "( → v) push a field of last, error or run",
  },
  STEP: {
    operands: ["node", "stepField"],
    control: "next",
    fails: false,
    journals: [],
    meaning: "( → v?) push a field of the node's latest execution in this call; absent if it did not end",
  },
  FACT: {
    operands: ["fact", "count"],
    control: "next",
    fails: true,
    journals: ["read"],
    meaning: "(a×n → v) ask the world",
  },
  LIST: { operands: ["count"], control: "next", fails: false, journals: [], meaning: "(v×n → list) make a list" },
  APPEND: { operands: [], control: "next", fails: true, journals: [], meaning: "(list v → list) add an item" },
  RECORD: {
    operands: ["fields"],
    control: "next",
    fails: false,
    journals: [],
    meaning: "(v×n → record) make a record; absent fields are left out",
  },
  FIELD: {
    operands: ["field"],
    control: "next",
    fails: false,
    journals: [],
    meaning: "(record → v) take a field; absent if it was left out",
  },
  CONCAT: {
    operands: ["count"],
    control: "next",
    fails: true,
    journals: [],
    meaning: "(string×n → string) join texts",
  },
  ARITH: {
    operands: ["arithmetic"],
    control: "next",
    fails: true,
    journals: [],
    meaning: "(a b → c) checked integer arithmetic",
  },
  CMP: {
    operands: ["comparison", "comparedType"],
    control: "next",
    fails: false,
    journals: [],
    meaning: "(a b → bool) typed comparison; an absent a gives false, true for !=",
  },
  NOT: { operands: [], control: "next", fails: false, journals: [], meaning: "(bool → bool) negate" },
  MATCH: {
    operands: ["pattern"],
    control: "next",
    fails: true,
    journals: [],
    meaning: "(string? → bool) does the pattern find a match? absent: false",
  },
  BUILTIN: {
    operands: ["function", "count"],
    control: "next",
    fails: true,
    journals: [],
    meaning: "(a×n → v) a pure function",
  },
  POP: { operands: [], control: "next", fails: false, journals: [], meaning: "(v → ) drop" },
  NOTE: {
    operands: ["part"],
    control: "next",
    fails: false,
    journals: [],
    meaning: "(v → v) remember the top as the value of a part, for decide",
  },
  // ---- control
  JUMP: { operands: ["address"], control: "jump", fails: false, journals: [], meaning: "( → ) go to a" },
  JFALSE: {
    operands: ["address"],
    control: "targets",
    fails: false,
    journals: [],
    meaning: "(bool → ) go to a if false",
  },
  JABSENT: {
    operands: ["address"],
    control: "targets",
    fails: false,
    journals: [],
    meaning: "(v? → v) go to a, keeping absent, if absent",
  },
  JPRESENT: {
    operands: ["address"],
    control: "targets",
    fails: false,
    journals: [],
    meaning: "(v? → ; v at a) go to a, keeping v, if present; else drop absent",
  },
  DECIDE: {
    operands: ["node", "address"],
    control: "targets",
    fails: false,
    journals: ["decide", "skip"],
    meaning: "(bool → ) journal the decision; false: skip the node, close its frame if it has one, go to a",
  },
  ITER: {
    operands: ["node"],
    control: "next",
    fails: true,
    journals: [],
    meaning: "(list → ) open a loop frame over the list",
  },
  NEXT: {
    operands: ["node", "slot", "address"],
    control: "targets",
    fails: false,
    journals: ["enter", "leave"],
    meaning: "( → ) next item into the slot; none left: close the loop frame and go to a",
  },
  // ---- frames
  OPEN: {
    operands: ["node"],
    control: "next",
    fails: false,
    journals: ["signal"],
    meaning: "( → ) step boundary: take cancel and deadlines; open the frame of a step or group",
  },
  BODY: {
    operands: ["node"],
    control: "next",
    fails: false,
    journals: ["enter"],
    meaning: "( → ) arm the group's handler and finally, start its deadline",
  },
  LEAVE: {
    operands: ["node"],
    control: "descriptor",
    fails: false,
    journals: ["leave"],
    meaning: "( → ) body done: to finally, or close and go to end",
  },
  HANDLED: {
    operands: ["node"],
    control: "descriptor",
    fails: false,
    journals: ["leave"],
    meaning: "( → ) handler done: the failure is over; to finally, or close and go to end",
  },
  RESUME: {
    operands: ["node"],
    control: "descriptor",
    fails: true,
    journals: ["leave"],
    meaning: "( → ) finally done: close, let what is pending go on, else go to end",
  },
  DONE: {
    operands: ["node"],
    control: "descriptor",
    fails: true,
    journals: ["done"],
    meaning: "( → ) close the step frame, do a restart that is due, go to end",
  },
  DISABLED: {
    operands: ["node"],
    control: "next",
    fails: false,
    journals: ["skip"],
    meaning: "( → ) note that the node is disabled",
  },
  // ---- effects
  ACT: {
    operands: ["node"],
    control: "next",
    fails: true,
    journals: ["begin", "spawned", "end"],
    meaning: "(operands → output?) the step's one effect, retries included",
  },
  VERIFIED: {
    operands: ["node"],
    control: "descriptor",
    fails: true,
    journals: ["verdict"],
    meaning:
      "(bool → ) end of the region that recovery alone enters; true: close the step, go to end; false: ACT again",
  },
  POLL: {
    operands: ["node"],
    control: "next",
    fails: false,
    journals: ["wait"],
    meaning: "( → ) start of a condition that is asked again and again",
  },
  POLLED: {
    operands: ["node"],
    control: "next",
    fails: true,
    journals: ["waited"],
    meaning: "(bool → ) true: go on; false: wait and go back to after POLL; time is up: failure timeout",
  },
  LOG: {
    operands: ["node"],
    control: "next",
    fails: false,
    journals: ["log"],
    meaning: "(string → ) write to the log",
  },
  FAIL: {
    operands: ["node"],
    control: "none",
    fails: true,
    journals: [],
    meaning: "(string → ) raise a failure with this message",
  },
  FAILAGAIN: {
    operands: ["node"],
    control: "none",
    fails: true,
    journals: [],
    meaning: "( → ) raise the failure being handled again",
  },
  CALL: {
    operands: ["node"],
    control: "next",
    fails: true,
    journals: ["enter"],
    meaning: "(operands → output?) run a child with fresh slots; its one output, or a record of several",
  },
  RETURN: {
    operands: ["count"],
    control: "none",
    fails: false,
    journals: ["leave", "close"],
    meaning: "(outputs → ) end of the sequence: to the caller, or the end of the run",
  },
});

export type Opcode = keyof typeof instructions;

/** `[opcode, operand…]`. Operands as the table says; checked by the verifier, so the type is loose here. */
export type Instruction = readonly [Opcode, ...(string | number | readonly string[])[]];

export const arithmeticOperators = ["+", "-", "*", "/"] as const;
export type ArithmeticOperator = (typeof arithmeticOperators)[number];

export const comparisonOperators = ["==", "!=", "<", "<=", ">", ">="] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

/** Ordered types; `value` compares lists, records, handles and booleans by structure, with == and != alone. */
export const comparedTypes = ["string", "int", "duration", "size", "version", "value"] as const;
export type ComparedType = (typeof comparedTypes)[number];
