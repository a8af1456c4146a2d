// What can be completed, derived from the command table: the one form that all shells' scripts are written from.
import { longFlag } from "../commands/declaration.ts";
import type { CommandDeclaration, Completion, OptionDeclaration } from "../commands/declaration.ts";
import { commandNames, commands, optionsOf } from "../commands/table.ts";

export interface CompletionOption {
  /** `--output`, and `-o` where it has one. */
  readonly flags: readonly string[];
  readonly summary: string;
  /** What its value may be; `none`: it takes no value. */
  readonly value: Completion | "none" | "text";
}

export interface CompletionCommand {
  /** `runs show`. */
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletionOption[];
  /** What its first argument may be; `none`: it takes none. */
  readonly argument: Completion | "none" | "text";
}

/** Every command with its options; names of one word first. */
export function completionWords(): readonly CompletionCommand[] {
  return commandNames.map((name) => {
    const declaration: CommandDeclaration = commands[name];
    const first = Object.values(declaration.arguments)[0];
    return {
      name,
      summary: declaration.summary,
      options: [
        ...Object.entries(optionsOf(name)).map(([option, declared]) => completionOption(option, declared)),
        { flags: ["--help", "-h"], summary: "show help", value: "none" as const },
      ],
      argument: first === undefined ? "none" : (first.completes ?? "text"),
    };
  });
}

function completionOption(name: string, option: OptionDeclaration): CompletionOption {
  const flags = [longFlag(name), ...(option.short === undefined ? [] : [`-${option.short}`])];
  switch (option.kind) {
    case "flag":
      return { flags, summary: option.summary, value: "none" };
    case "choice":
      return { flags, summary: option.summary, value: option.choices };
    case "text":
      return { flags, summary: option.summary, value: option.completes ?? "text" };
    case "texts":
    case "count":
      return { flags, summary: option.summary, value: "text" };
  }
}
