// The functions and properties in words. Those that an operator stands for are told with the operators in docs/language.md.
import type { FunctionName } from "@sequitur/runtime/plan";

/** What an author reaches by name. */
export type NamedFunction = Exclude<
  FunctionName,
  `text.${string}` | `extent.${string}` | "equalsFolded" | "like" | "in" | "inVersions" | "nonEmpty"
>;

export interface FunctionText {
  /** One sentence: what it gives. */
  readonly summary: string;
  /** For calls: each argument in order, by a name for people, with a sentence. */
  readonly parameters?: readonly (readonly [name: string, meaning: string])[];
  readonly notes?: readonly string[];
  /** Expressions with their values, which are constants.  */
  readonly examples: readonly (readonly [expression: string, value: string])[];
}

const text = ["text", "The text to look at."] as const;
const wholeUnits = "Whole ones: what is left over is dropped.";

export const functionTexts: { readonly [Name in NamedFunction]: FunctionText } = {
  contains: {
    summary: "Does one text stand anywhere in another?",
    parameters: [text, ["part", "What to look for, letter for letter."]],
    examples: [['contains("Latitude 5440", "5440")', "true"]],
  },
  startsWith: {
    summary: "Does a text begin with another?",
    parameters: [text, ["start", "What to look for, letter for letter."]],
    examples: [['startsWith("srv-17", "srv-")', "true"]],
  },
  endsWith: {
    summary: "Does a text end with another?",
    parameters: [text, ["end", "What to look for, letter for letter."]],
    examples: [['endsWith("setup.MSI", ".msi")', "false"]],
  },
  lower: {
    summary: "The text in small letters, the same on every machine.",
    parameters: [["text", "The text to change."]],
    examples: [['lower("PC-17")', '"pc-17"']],
  },
  upper: {
    summary: "The text in capital letters, the same on every machine.",
    parameters: [["text", "The text to change."]],
    examples: [['upper("ams")', '"AMS"']],
  },
  trim: {
    summary: "The text without blanks and line ends at its start and end.",
    parameters: [["text", "The text to change."]],
    examples: [['trim("  17 ")', '"17"']],
  },
  replace: {
    summary: "The text with every occurrence of one text replaced by another.",
    parameters: [
      ["text", "The text to change."],
      ["part", "What to look for, letter for letter. An empty one fails."],
      ["by", "What to put there."],
    ],
    examples: [['replace("a b c", " ", "-")', '"a-b-c"']],
  },
  split: {
    summary: "The parts of a text between separators.",
    parameters: [
      ["text", "The text to cut."],
      ["separator", "Where to cut. An empty one fails."],
    ],
    notes: ["There is always at least one part, and parts may be empty."],
    examples: [['split("AMS,RTM", ",")', '["AMS", "RTM"]']],
  },
  lines: {
    summary: "The lines of a text, whichever way they end.",
    parameters: [["text", "The text to cut."]],
    notes: ["A line end at the very end begins no further line."],
    examples: [['lines("one\\ntwo\\n")', '["one", "two"]']],
  },
  join: {
    summary: "The items of a list as one text.",
    parameters: [
      ["items", "The texts to join."],
      ["separator", "What to put between them."],
    ],
    examples: [['join(["AMS", "RTM"], ", ")', '"AMS, RTM"']],
  },
  int: {
    summary: "The whole number that a text spells; absent if it spells none.",
    parameters: [["text", "Decimal digits, with a `-` in front for negative numbers."]],
    examples: [
      ['int("17") ?? 0', "17"],
      ['int("many") ?? 0', "0"],
    ],
  },
  version: {
    summary: "The version that a text spells; absent if it spells none.",
    parameters: [["text", "One to eight numbers with dots between them."]],
    examples: [['(version("2.10") ?? "0") > "2.9"', "true"]],
  },
  reveal: {
    summary: "A secret as ordinary text, which may then go anywhere.",
    parameters: [["secret", "The secret."]],
    notes: [
      "What it gives is text like any other and shows on the screen of the run. Use it where a program takes the secret in no other way than as an argument; `env` needs no `reveal`.",
    ],
    examples: [],
  },
  "string.length": {
    summary: "How many characters a text has; a character outside the basic plane counts as one.",
    examples: [['"PC-17".length', "5"]],
  },
  "list.length": { summary: "How many items a list has.", examples: [["[8, 9, 10].length", "3"]] },
  "duration.milliseconds": { summary: "A duration in milliseconds.", examples: [["2s.milliseconds", "2000"]] },
  "duration.seconds": { summary: "A duration in seconds.", notes: [wholeUnits], examples: [["2m.seconds", "120"]] },
  "duration.minutes": { summary: "A duration in minutes.", notes: [wholeUnits], examples: [["90s.minutes", "1"]] },
  "duration.hours": { summary: "A duration in hours.", notes: [wholeUnits], examples: [["1d.hours", "24"]] },
  "size.bytes": { summary: "A size in bytes.", examples: [["1KB.bytes", "1024"]] },
  "size.kilobytes": {
    summary: "A size in units of 1024 bytes.",
    notes: [wholeUnits],
    examples: [["1MB.kilobytes", "1024"]],
  },
  "size.megabytes": {
    summary: "A size in megabytes of 1024² bytes.",
    notes: [wholeUnits],
    examples: [["1GB.megabytes", "1024"]],
  },
  "size.gigabytes": {
    summary: "A size in gigabytes of 1024³ bytes.",
    notes: [wholeUnits],
    examples: [["1536MB.gigabytes", "1"]],
  },
};
