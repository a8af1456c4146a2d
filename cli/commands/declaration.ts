// How a command is declared: data that the argument parser, `--help`, the completion scripts and the reference page are
// all derived from. What a command does stands in its own file, which is loaded when it is called.
import type { ExitCode } from "../exit-code.ts";

interface OptionBase {
  /** One letter, offered as `-o` beside the long form. */
  readonly short?: string;
  /** What it does, without a full stop. */
  readonly summary: string;
}

/** What a shell may offer in the place of a value. */
export type Completion = "file" | "sequence" | "plan" | "folder" | readonly string[];

export type OptionDeclaration =
  | (OptionBase & { readonly kind: "flag" })
  | (OptionBase & { readonly kind: "text"; readonly placeholder: string; readonly completes?: Completion })
  /** May be given more than once. */
  | (OptionBase & { readonly kind: "texts"; readonly placeholder: string })
  /** A whole number from 0. */
  | (OptionBase & { readonly kind: "count"; readonly placeholder: string })
  | (OptionBase & { readonly kind: "choice"; readonly choices: readonly string[]; readonly fallback?: string });

export interface ArgumentDeclaration {
  /** `many`: none, one or more. */
  readonly kind: "one" | "optional" | "many";
  readonly summary: string;
  readonly completes?: Completion;
}

export interface CommandDeclaration {
  /** One line, without a full stop. */
  readonly summary: string;
  /** Sentences for the reference page and `--help`, where the summary leaves a question. */
  readonly description?: string;
  /** By the name of its place, in order. */
  readonly arguments: { readonly [name: string]: ArgumentDeclaration };
  /** By name; `maxWarnings` is `--max-warnings`. */
  readonly options: { readonly [name: string]: OptionDeclaration };
  readonly examples: readonly { readonly command: string; readonly does: string }[];
  readonly exitCodes: readonly ExitCode[];
}

/** What a command gets for an option. */
export type OptionValue<O> = O extends { kind: "flag" }
  ? boolean
  : O extends { kind: "texts" }
    ? readonly string[]
    : O extends { kind: "count" }
      ? number | undefined
      : O extends { kind: "choice"; choices: readonly (infer C)[] }
        ? O extends { fallback: string }
          ? C
          : C | undefined
        : string | undefined;

/** What a command gets for an argument. */
export type ArgumentValue<A> = A extends { kind: "one" }
  ? string
  : A extends { kind: "many" }
    ? readonly string[]
    : string | undefined;

/** `maxWarnings` → `--max-warnings`. */
export function longFlag(name: string): string {
  return "--" + name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The flags of an option with its value's place: `-o, --output <file>`. */
export function flagsOf(name: string, option: OptionDeclaration): string {
  const short = option.short === undefined ? "" : `-${option.short}, `;
  return `${short}${longFlag(name)}${placeholderOf(option)}`;
}

function placeholderOf(option: OptionDeclaration): string {
  switch (option.kind) {
    case "flag":
      return "";
    case "choice":
      return ` <${option.choices.length <= 3 ? option.choices.join("|") : "name"}>`;
    case "text":
    case "texts":
    case "count":
      return ` <${option.placeholder}>`;
  }
}

/** How an argument stands in a usage line: `<file>`, `[folder]`, `[paths...]`. */
export function argumentUsage(name: string, argument: ArgumentDeclaration): string {
  switch (argument.kind) {
    case "one":
      return `<${name}>`;
    case "optional":
      return `[${name}]`;
    case "many":
      return `[${name}...]`;
  }
}
