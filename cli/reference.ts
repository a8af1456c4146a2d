// The reference page of the command line, written from the command table.
import { argumentUsage, flagsOf } from "./commands/declaration.ts";
import type { CommandDeclaration } from "./commands/declaration.ts";
import { commandNames, commands, commonOptions, optionsOf } from "./commands/table.ts";
import { exitCodeMeaning } from "./exit-code.ts";

/** Markdown for docs/reference/cli.md. */
export function cliReference(): string {
  const rows = commandNames.map(
    (name) => `| [\`${name}\`](#sequitur-${name.replaceAll(" ", "-")}) | ${cell(commands[name].summary)} |`,
  );
  const codes = Object.entries(exitCodeMeaning).map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return [
    "# The `sequitur` command",
    "",
    "Results go to standard output, everything else to standard error. Where a command reads one file, `-` stands for",
    "standard input. Every command has `--help`.",
    "",
    "| command | does |",
    "| --- | --- |",
    ...rows,
    "",
    "Every command takes:",
    "",
    ...Object.entries(commonOptions).map(([name, option]) => `- \`${flagsOf(name, option)}\`: ${option.summary}`),
    "- `-h, --help`: show help",
    "",
    "## Exit codes",
    "",
    "| code | means |",
    "| --- | --- |",
    ...codes,
    "",
    ...commandNames.flatMap((name) => section(name, commands[name])),
  ].join("\n");
}

function section(name: string, declaration: CommandDeclaration): readonly string[] {
  const usage = Object.entries(declaration.arguments).map(
    ([argument, declared]) => ` ${argumentUsage(argument, declared)}`,
  );
  const own = Object.entries(declaration.options);
  const places = Object.entries(declaration.arguments).map(
    ([argument, declared]) => [argumentUsage(argument, declared), declared.summary] as const,
  );
  const options = own.map(([option, declared]) => {
    const choices = declared.kind === "choice" && declared.choices.length > 3 ? `: ${declared.choices.join(", ")}` : "";
    const fallback =
      declared.kind === "choice" && declared.fallback !== undefined ? ` (default: ${declared.fallback})` : "";
    return [flagsOf(option, declared), `${declared.summary}${choices}${fallback}`] as const;
  });
  const rows = [...places, ...options].map(([flags, summary]) => `| \`${cell(flags)}\` | ${cell(summary)} |`);
  return [
    `## \`sequitur ${name}\``,
    "",
    `${declaration.summary.charAt(0).toUpperCase()}${declaration.summary.slice(1)}.${declaration.description === undefined ? "" : ` ${declaration.description}`}`,
    "",
    "```",
    `sequitur ${name}${usage.join("")}${Object.keys(optionsOf(name as keyof typeof commands)).length > 0 ? " [options]" : ""}`,
    "```",
    "",
    ...(rows.length === 0 ? [] : ["| | |", "| --- | --- |", ...rows, ""]),
    ...declaration.examples.flatMap(({ command, does }) => ["```sh", `# ${does}`, command, "```", ""]),
    `Exit codes: ${declaration.exitCodes.join(", ")}.`,
    "",
  ];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
