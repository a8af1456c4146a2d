// Exit codes: what scripts and CI may rely on. The reference page and every `--help` are written from this table.

export const exitCode = { done: 0, problem: 1, usage: 2, restartDue: 3, unverified: 4, defect: 70 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** What each code means, for people. */
export const exitCodeMeaning: { readonly [K in ExitCode]: string } = {
  0: "done and clean",
  1: "the work found a problem",
  2: "the call was wrong: an unknown option, a missing file",
  3: "a restart is due",
  4: "a plan or its content did not verify",
  70: "a defect in Sequitur itself",
};
