// What keeps a plan from running, as a value.

/** The verifier's rules; the words for people. */
export const verifierRules = {
  V1: "The plan has the shape of its format, canonical bytes and an honest digest.",
  V2: "Operands are in range and of their kind.",
  V3: "Every address has one stack height and one type for each place, whatever path leads there.",
  V4: "Jumps lead forward to instructions of their sequence; only a loop leads back.",
  V5: "Frames are opened and closed in balance, and alike on every path.",
  V6: "Every variable is set before it is read, also when something failed before.",
  V7: "Calls of sequences are not circular, and not too deep.",
  V8: "Actions, facts, functions and fields are known, and get what they take.",
  V9: "A secret goes only where secrets may go.",
  V10: "Content is in the manifest, with paths that stay inside it.",
  V11: "`error` is read in handlers alone, `pending` in finally blocks alone.",
  V12: "Descriptors of nodes make sense in themselves and fit the code.",
  V13: "Programs of patterns are whole.",
  V14: "No limit is passed.",
  V15: "Every instruction has a place in the source.",
} as const;

export type VerifierRule = keyof typeof verifierRules;

export interface PlanProblem {
  readonly rule: VerifierRule;
  /** Address of the instruction, where the problem has one. */
  readonly instruction?: number;
  readonly message: string;
}
