// Why each limit of limits.ts is what it is, for the reference page.
import type { limits } from "./limits.ts";

export interface LimitReason {
  readonly unit: string;
  /** A sentence. */
  readonly why: string;
}

export const limitReasons: { readonly [name in keyof typeof limits]: LimitReason } = {
  planBytes: { unit: "bytes of a plan", why: "What the old world could carry in one policy." },
  instructions: { unit: "instructions of a plan", why: "Tables over addresses stay small." },
  frames: { unit: "frames open at once", why: "No recursion exists; deeper than people nest." },
  stack: { unit: "values on the operand stack", why: "No recursion exists; longer than people's calls and records." },
  slots: { unit: "variables of a sequence", why: "More than people write; the proof that they are set stays linear." },
  callDepth: {
    unit: "calls inside each other",
    why: "No recursion exists; deeper than people divide their sequences.",
  },
  listItems: { unit: "items of a list", why: "A loop is as long as its list, and a journal line can hold one." },
  valueDepth: { unit: "lists and records inside each other", why: "Recursion over values stays shallow." },
  typeParts: { unit: "parts of a type", why: "Comparing two types stays cheap." },
  stringLength: { unit: "UTF-16 units of a text", why: "Journal lines stay readable." },
  patternInstructions: { unit: "instructions of a pattern", why: "A match takes text × program." },
  retryCount: { unit: "retries of a step", why: "More is a loop that somebody forgot." },
  duration: { unit: "ms of a time-out or delay", why: "366 days: sums of times stay exact." },
  executions: { unit: "steps, groups and loops executed in a run", why: "Replay stays under a minute." },
  journalBytes: { unit: "bytes of a journal", why: "It is read whole when a run is resumed." },
  recordBytes: { unit: "bytes of a journal record", why: "A line is read whole." },
  instructionsBetweenBoundaries: { unit: "instructions between two steps", why: "About seconds of computing." },
  patternText: { unit: "UTF-16 units that a pattern reads", why: "A match takes text × program." },
  likeComparisons: { unit: "characters compared by a `like`", why: "It takes text × wildcards at worst." },
  outputBytes: { unit: "bytes of captured output", why: "It becomes a value, and a journal line." },
  argumentLength: { unit: "UTF-16 units of an argument", why: "Windows takes no longer command line or variable." },
};
