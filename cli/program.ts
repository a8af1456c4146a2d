// Turns arguments into a call of a command with commander, which is set up from the command table. Usage mistakes and
// `--help` are answered here.
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { argumentUsage, flagsOf, longFlag } from "./commands/declaration.ts";
import type { CommandDeclaration, OptionDeclaration } from "./commands/declaration.ts";
import { commandNames, commands, optionsOf } from "./commands/table.ts";
import type { Call, CommandName } from "./commands/table.ts";
import { exitCode, exitCodeMeaning } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Output, Surroundings } from "./surroundings.ts";
import { version } from "./version.ts";

export type Parsed =
  { readonly kind: "call"; readonly call: Call<CommandName> } | { readonly kind: "ended"; readonly code: ExitCode };

/** Reads the arguments after the program's name. What is wrong with them, and help, has been written when it returns. */
export function parseArguments(args: readonly string[], surroundings: Surroundings): Parsed {
  let parsed: Parsed = { kind: "ended", code: exitCode.usage };
  const program = createProgram(surroundings, (call) => {
    parsed = { kind: "call", call };
  });
  try {
    program.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: "ended", code: error.exitCode === 0 ? exitCode.done : exitCode.usage };
  }
  return parsed;
}

function createProgram(surroundings: Surroundings, onCall: (call: Call<CommandName>) => void): Command {
  const program = prepare(new Command("sequitur"), surroundings)
    .description("Task sequences as code: checked before they run, compiled to a plan, run by a small runtime.")
    .version(version, "-V, --version", "print the version")
    .helpCommand("help [command]", "show the help of a command");
  for (const name of commandNames) {
    const words = name.split(" ");
    const own = words.pop() ?? name;
    const parent = words.reduce(
      (above, word) => above.commands.find((known) => known.name() === word) ?? above,
      program,
    );
    addCommand(parent, own, name, surroundings, onCall);
  }
  return program;
}

function addCommand(
  parent: Command,
  ownName: string,
  name: CommandName,
  surroundings: Surroundings,
  onCall: (call: Call<CommandName>) => void,
): void {
  const declaration: CommandDeclaration = commands[name];
  const command = prepare(parent.command(ownName), surroundings)
    .summary(declaration.summary)
    .description(
      sentence(declaration.summary) + (declaration.description === undefined ? "" : ` ${declaration.description}`),
    )
    .allowExcessArguments(false)
    .helpCommand(false)
    .addHelpText("after", helpTail(declaration).trimEnd());
  for (const [argumentName, argument] of Object.entries(declaration.arguments)) {
    command.addArgument(new Argument(argumentUsage(argumentName, argument), argument.summary));
  }
  const options = optionsOf(name);
  const readers = Object.entries(options).map(([optionName, option]) => {
    const added = createOption(optionName, option);
    command.addOption(added);
    return [optionName, option, added.attributeName()] as const;
  });
  command.action((...given: unknown[]) => {
    const argumentNames = Object.keys(declaration.arguments);
    const call = {
      command: name,
      arguments: Object.fromEntries(argumentNames.map((argumentName, index) => [argumentName, given[index]])),
      options: Object.fromEntries(
        readers.map(([optionName, option, attribute]) => [
          optionName,
          readOption(optionName, option, givenValue(command, attribute)),
        ]),
      ),
      surroundings,
    };
    // Its shape follows from the same table that the type is made from.
    onCall(call as unknown as Call<CommandName>);
  });
}

function createOption(name: string, declaration: OptionDeclaration): Option {
  const option = new Option(flagsOf(name, declaration), declaration.summary);
  switch (declaration.kind) {
    case "flag":
    case "text":
      return option;
    case "texts":
      return option.default([], "none").argParser((value: string, before: readonly string[]) => [...before, value]);
    case "count":
      return option.argParser(readCount);
    case "choice":
      option.choices(declaration.choices);
      return declaration.fallback === undefined ? option : option.default(declaration.fallback);
  }
}

/** `runs --state X show` means the same as `runs show --state X`: a command takes what was said before its name. */
function givenValue(command: Command, attribute: string): unknown {
  const { parent } = command;
  const isInherited =
    command.getOptionValueSource(attribute) !== "cli" && parent?.getOptionValueSource(attribute) === "cli";
  return isInherited ? parent?.getOptionValue(attribute) : command.getOptionValue(attribute);
}

/** Commander keeps `--no-restart` as `restart: false`; here it is `noRestart: true`. */
function readOption(name: string, declaration: OptionDeclaration, value: unknown): unknown {
  if (declaration.kind !== "flag") return value;
  return longFlag(name).startsWith("--no-") ? value === false : value === true;
}

function readCount(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError("It takes a whole number from 0.");
  return Number(value);
}

function prepare(command: Command, surroundings: Surroundings): Command {
  return command
    .exitOverride()
    .enablePositionalOptions()
    .helpOption("-h, --help", "show this help")
    .configureHelp({
      sortSubcommands: false,
      subcommandTerm: (sub) => [sub.name(), ...sub.registeredArguments.map((each) => argumentTerm(each))].join(" "),
    })
    .configureOutput({
      writeOut: (text) => surroundings.stdout.write(text),
      writeErr: (text) => surroundings.stderr.write(text),
      getOutHelpWidth: () => helpWidth(surroundings.stdout),
      getErrHelpWidth: () => helpWidth(surroundings.stderr),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text, write) => write(usageError(text, command)),
    });
}

function argumentTerm(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? "..." : "");
  return argument.required ? `<${name}>` : `[${name}]`;
}

function helpWidth(output: Output): number {
  return Math.min(output.columns() ?? 100, 120);
}

/** Commander writes `error: unknown option '--x'`; people get a sentence and the way out. */
function usageError(text: string, command: Command): string {
  const names: string[] = [];
  for (let each: Command | null = command; each !== null; each = each.parent) names.unshift(each.name());
  const lines = text
    .trimEnd()
    .replace(/^error: /, "")
    .split("\n");
  return `sequitur: ${lines.join("\n  ")}\n  "${names.join(" ")} --help" shows how it is called.\n`;
}

function helpTail(declaration: CommandDeclaration): string {
  const examples = declaration.examples.map(({ command, does }) => `  $ ${command}\n      ${does}`);
  const codes = declaration.exitCodes.map((code) => `  ${String(code).padEnd(3)} ${exitCodeMeaning[code]}`);
  return `\n${examples.length === 1 ? "Example" : "Examples"}:\n${examples.join("\n")}\n\nExit codes:\n${codes.join("\n")}\n`;
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
