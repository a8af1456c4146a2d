// A command as data: its options for parsing and for help, and what it does.
import type { ExitCode } from "../run/exit-code.ts";
import type { Surroundings } from "./surroundings.ts";

export interface OptionDeclaration {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  /** What stands for its value in the help. */
  readonly value?: string;
  readonly help: string;
}

/** What a call gave; options that the command does not have are never asked for. */
export interface Call {
  readonly positionals: readonly string[];
  text(option: string): string | undefined;
  flag(option: string): boolean;
  list(option: string): readonly string[];
}

export interface Command {
  readonly usage: string;
  readonly summary: string;
  readonly example: string;
  readonly options: { readonly [name: string]: OptionDeclaration };
  run(call: Call, surroundings: Surroundings): Promise<ExitCode>;
}
