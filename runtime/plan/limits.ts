// All limits of plans and runs. The reason for each stands in limit-reasons.ts, which the shipped runtime leaves out.

export const limits = {
  // ---- Past one of these a plan does not verify.
  planBytes: 32 * 1024 * 1024,
  instructions: 1_000_000,
  frames: 256,
  stack: 256,
  /** Variables of one sequence. */
  slots: 4096,
  /** Calls of calls. */
  callDepth: 32,
  listItems: 10_000,
  valueDepth: 32,
  /** Lists, fields and names in one type. */
  typeParts: 1_000,
  /** UTF-16 units. */
  stringLength: 1024 * 1024,
  patternInstructions: 2_000,
  retryCount: 100,
  /** Milliseconds. */
  duration: 366 * 24 * 3_600_000,

  // ---- Past one of these a run ends with a failure `value` or a stop `limit`.
  /** Steps, groups and loops executed in a run. */
  executions: 100_000,
  journalBytes: 1024 * 1024 * 1024,
  recordBytes: 4 * 1024 * 1024,
  /** Pure instructions between two boundaries. */
  instructionsBetweenBoundaries: 50_000_000,
  /** UTF-16 units of a text that a pattern reads. */
  patternText: 64 * 1024,
  /** Characters compared by one `like`. */
  likeComparisons: 16 * 1024 * 1024,
  /** Bytes of captured output. */
  outputBytes: 1024 * 1024,
  /** UTF-16 units of one argument or environment variable, and of a command line on Windows. */
  argumentLength: 32_000,
} as const;
