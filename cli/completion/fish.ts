// The completion script for fish.
import type { CompletionCommand, CompletionOption } from "./words.ts";

/** A script for ~/.config/fish/completions/sequitur.fish. */
export function fishCompletion(words: readonly CompletionCommand[]): string {
  const top = words.filter((command) => !command.name.includes(" "));
  const lines = [
    "# Completion of sequitur for fish: write it to ~/.config/fish/completions/sequitur.fish.",
    "complete -c sequitur -f",
    ...top.map(
      (command) => `complete -c sequitur -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.summary)}`,
    ),
    "complete -c sequitur -n __fish_use_subcommand -l version -s V -d 'print the version'",
    `complete -c sequitur -n '__fish_seen_subcommand_from help' -a ${quoted(top.map((command) => command.name).join(" "))}`,
    ...words.flatMap(commandLines),
    "",
  ];
  return lines.join("\n");
}

function commandLines(command: CompletionCommand): readonly string[] {
  const condition = quoted(conditionOf(command.name));
  const argument =
    command.name === "runs"
      ? ["complete -c sequitur -n '__fish_seen_subcommand_from runs; and not __fish_seen_subcommand_from show' -a show"]
      : argumentLines(command, condition);
  return [...argument, ...command.options.map((option) => optionLine(option, condition))];
}

function conditionOf(name: string): string {
  const [first = name, second] = name.split(" ");
  const seen = `__fish_seen_subcommand_from ${first}`;
  if (second !== undefined) return `${seen}; and __fish_seen_subcommand_from ${second}`;
  return first === "runs" ? `${seen}; and not __fish_seen_subcommand_from show` : seen;
}

function argumentLines(command: CompletionCommand, condition: string): readonly string[] {
  const values = valuesOf(command.argument);
  return values === undefined ? [] : [`complete -c sequitur -n ${condition} -a ${quoted(values)}`];
}

function optionLine(option: CompletionOption, condition: string): string {
  const names = option.flags
    .map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
    .join(" ");
  const values = valuesOf(option.value);
  const value = option.value === "none" ? "" : values === undefined ? " -x" : ` -x -a ${quoted(values)}`;
  return `complete -c sequitur -n ${condition} ${names}${value} -d ${quoted(option.summary)}`;
}

function valuesOf(value: CompletionOption["value"]): string | undefined {
  switch (value) {
    case "none":
    case "text":
      return undefined;
    case "folder":
      return "(__fish_complete_directories)";
    case "file":
      return "(__fish_complete_path)";
    case "sequence":
      return "(__fish_complete_suffix .seq; __fish_complete_suffix .json)";
    case "plan":
      return "(__fish_complete_suffix .json)";
    default:
      return value.join(" ");
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
