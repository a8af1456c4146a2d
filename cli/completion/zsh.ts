// The completion script for zsh.
import type { CompletionCommand, CompletionOption } from "./words.ts";

/** A script for a folder of $fpath, under the name _sequitur. */
export function zshCompletion(words: readonly CompletionCommand[]): string {
  const top = words.filter((command) => !command.name.includes(" "));
  const list = top.map((command) => `    ${quoted(`${command.name}:${command.summary}`)}`).join("\n");
  return `#compdef sequitur
# Completion of sequitur for zsh: write it to a folder of $fpath as _sequitur.
_sequitur() {
  local -a commands
  commands=(
${list}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands 'command' commands
    return
  fi
  local command="\${words[2]}"
  if [[ "$command" == runs && "\${words[3]}" == show && CURRENT -gt 3 ]]; then
    command="runs show"
    shift words; (( CURRENT-- ))
  fi
  shift words; (( CURRENT-- ))
  case "$command" in
${words.map(commandCase).join("\n")}
    help) _describe -t commands 'command' commands ;;
  esac
}
if [[ "\${funcstack[1]}" == _sequitur ]]; then _sequitur "$@"; else compdef _sequitur sequitur; fi
`;
}

function commandCase(command: CompletionCommand): string {
  const specs = command.options.map(optionSpec);
  const action = command.name === "runs" ? "(show)" : valueAction(command.argument);
  const argument =
    action === undefined ? [] : [quoted(`*:${command.name === "runs" ? "command" : "argument"}:${action}`)];
  return `    ${quoted(command.name)})\n      _arguments ${[...specs, ...argument].join(" \\\n        ")} ;;`;
}

function optionSpec(option: CompletionOption): string {
  const explained = `[${option.summary.replace(/[[\]\\]/g, "\\$&")}]`;
  const action = valueAction(option.value);
  const value = option.value === "none" ? "" : `:value:${action ?? " "}`;
  const [long = "", short] = option.flags;
  if (short === undefined) return quoted(`*${long}${explained}${value}`);
  return `${quoted(`(${long} ${short})`)}{${long},${short}}${quoted(`${explained}${value}`)}`;
}

function valueAction(value: CompletionOption["value"]): string | undefined {
  switch (value) {
    case "none":
      return undefined;
    case "text":
      return " ";
    case "folder":
      return "_files -/";
    case "file":
      return "_files";
    case "sequence":
      return '_files -g "*.(seq|json)"';
    case "plan":
      return '_files -g "*.json"';
    default:
      return `(${value.join(" ")})`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
