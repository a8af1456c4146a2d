// All limits of plans and runs, each with its reason. Past one of the first block a plan does not verify; past one of the
// second the run ends with a failure `value` or a stop `limit`.

export const limits = {
  /** What the old world could carry in one policy. */
  planBytes: 32 * 1024 * 1024,
  /** Address tables stay small. */
  instructions: 1_000_000,
  /** No recursion exists; deeper than people nest. */
  frames: 256,
  stack: 256,
  /** Variables of one sequence: more than people write, and the proof that they are set stays linear. */
  slots: 4096,
  /** Calls of calls. */
  callDepth: 32,
  listItems: 10_000,
  valueDepth: 32,
  /** Lists, fields and names in one type: comparing two types stays cheap. */
  typeParts: 1_000,
  /** UTF-16 units. Journal lines stay readable. */
  stringLength: 1024 * 1024,
  patternInstructions: 2_000,
  retryCount: 100,
  /** Milliseconds: 366 days, so that sums of times stay exact. */
  duration: 366 * 24 * 3_600_000,

  /** Steps, groups and loops executed in a run: replay stays under a minute. */
  executions: 100_000,
  journalBytes: 1024 * 1024 * 1024,
  recordBytes: 4 * 1024 * 1024,
  /** Pure instructions between two boundaries: about seconds. */
  instructionsBetweenBoundaries: 50_000_000,
  /** UTF-16 units of a text that a pattern reads. */
  patternText: 64 * 1024,
  /** Bytes of captured output. */
  outputBytes: 1024 * 1024,
  /** UTF-16 units of one argument or environment variable, and of a command line on Windows. */
  argumentLength: 32_000,
} as const;
