// The completion script for Windows PowerShell 5.1 and PowerShell 7.
import type { CompletionCommand, CompletionOption } from "./words.ts";

/** A script to append to $PROFILE. */
export function powershellCompletion(words: readonly CompletionCommand[]): string {
  return `# Completion of sequitur for PowerShell: append it to $PROFILE.
Register-ArgumentCompleter -Native -CommandName sequitur -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${words.map(commandEntry).join("\n")}
  }
  $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $names = @($typed | Select-Object -Skip 1 | Where-Object { $_ -notlike '-*' })
  $name = if ($names.Count -gt 1 -and $names[0] -eq 'runs' -and $names[1] -eq 'show') { 'runs show' } elseif ($names.Count) { $names[0] } else { '' }
  $found = if (-not $name) {
    $commands.Keys | Where-Object { $_ -notlike '* *' } | ForEach-Object { , @($_, $commands[$_].Summary) }
  } elseif ($commands.Contains($name)) {
    $command = $commands[$name]
    $previous = if ($typed.Count) { $typed[-1] } else { '' }
    if ($previous -like '-*' -and $command.Values.ContainsKey($previous)) {
      $command.Values[$previous] | ForEach-Object { , @($_, $_) }
    } elseif ($wordToComplete -like '-*') {
      $command.Options.Keys | ForEach-Object { , @($_, $command.Options[$_]) }
    } else {
      $command.Argument | ForEach-Object { , @($_, $_) }
    }
  }
  $found | Where-Object { $_ -and $_[0] -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
  }
}
`;
}

function commandEntry(command: CompletionCommand): string {
  const options = command.options.map((option) => `${quoted(option.flags[0] ?? "")} = ${quoted(option.summary)}`);
  const values = command.options
    .filter(hasChoices)
    .flatMap((option) => option.flags.map((flag) => `${quoted(flag)} = ${list(option.value)}`));
  const argument = command.name === "runs" ? ["show"] : Array.isArray(command.argument) ? command.argument : [];
  return `    ${quoted(command.name)} = @{
      Summary = ${quoted(command.summary)}
      Options = [ordered]@{ ${options.join("; ")} }
      Values = @{ ${values.join("; ")} }
      Argument = ${list(argument)}
    }`;
}

/** Where a value is a path, PowerShell's own completion of files is left to do it. */
function hasChoices(option: CompletionOption): option is CompletionOption & { readonly value: readonly string[] } {
  return Array.isArray(option.value);
}

function list(values: readonly string[]): string {
  return `@(${values.map(quoted).join(", ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
