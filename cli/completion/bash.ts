// The completion script for bash. Needs nothing but bash itself.
import type { CompletionCommand } from "./words.ts";

/** A script to source, or to put into bash's folder of completions. */
export function bashCompletion(words: readonly CompletionCommand[]): string {
  const top = words.filter((command) => !command.name.includes(" ")).map((command) => command.name);
  return `# Completion of sequitur for bash. Source it, or write it to /etc/bash_completion.d/sequitur.
_sequitur() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="" command="" word index
  (( COMP_CWORD > 0 )) && previous="\${COMP_WORDS[COMP_CWORD-1]}"
  for (( index = 1; index < COMP_CWORD; index++ )); do
    word="\${COMP_WORDS[index]}"
    [[ $word == -* ]] && continue
    if [[ -z $command ]]; then command="$word"
    elif [[ "$command $word" == "runs show" ]]; then command="runs show"; break
    else break
    fi
  done
  COMPREPLY=()
  case "$command" in
    "") COMPREPLY=( $(compgen -W "${[...top, "help", "--help", "--version"].join(" ")}" -- "$current") ); return ;;
${words.map(commandCase).join("\n")}
    help) COMPREPLY=( $(compgen -W "${top.join(" ")}" -- "$current") ); return ;;
  esac
}
complete -o filenames -F _sequitur sequitur
`;
}

function commandCase(command: CompletionCommand): string {
  const values = command.options
    .filter((option) => option.value !== "none")
    .map((option) => `        ${option.flags.join("|")}) ${reply(option.value)} return ;;`);
  const flags = command.options.flatMap((option) => option.flags).join(" ");
  const argument = command.name === "runs" ? reply(["show"]) : reply(command.argument);
  return `    "${command.name}")
      case "$previous" in
${values.join("\n")}
      esac
      if [[ $current == -* ]]; then COMPREPLY=( $(compgen -W "${flags}" -- "$current") )
      else ${argument} :
      fi ;;`;
}

function reply(value: CompletionCommand["argument"]): string {
  switch (value) {
    case "none":
    case "text":
      return "";
    case "folder":
      return `mapfile -t COMPREPLY < <(compgen -d -- "$current");`;
    case "file":
      return `mapfile -t COMPREPLY < <(compgen -f -- "$current");`;
    case "sequence":
      return `mapfile -t COMPREPLY < <(compgen -d -- "$current"; compgen -f -X '!*.@(seq|json)' -- "$current");`;
    case "plan":
      return `mapfile -t COMPREPLY < <(compgen -d -- "$current"; compgen -f -X '!*.json' -- "$current");`;
    default:
      return `COMPREPLY=( $(compgen -W "${value.join(" ")}" -- "$current") );`;
  }
}
