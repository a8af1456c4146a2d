// What people see of a node in reports: its title, else in a few words what it does (`run setup.exe`, `set Ring`).
import type { Action, Group, Name, Missing, Path, Step, StringLiteral } from "@sequitur/grammar";
import { splitCommand } from "../check/command-words.ts";
import { unreachable } from "../invariant.ts";
import type { Module } from "../model/module.ts";

/** Long commands are cut: a name is read in a tree. */
const longestName = 60;

export function stepName(module: Module, step: Step): string {
  return step.title === undefined ? actionName(module, step.action) : writtenText(module, step.title);
}

export function groupName(module: Module, group: Group): string {
  if (group.title !== undefined) return writtenText(module, group.title);
  return group.label === undefined ? "group" : group.label.text;
}

/** The text of a literal, with interpolations as they are written. */
export function writtenText(module: Module, literal: StringLiteral): string {
  return literal.parts
    .map((part) => (part.kind === "stringText" ? part.value : module.parsed.text.slice(part.start, part.end)))
    .join("");
}

function actionName(module: Module, action: Action): string {
  switch (action.kind) {
    case "run":
      return `run ${firstWord(module, action.command)}`.trim();
    case "commandline":
      return `commandline ${firstWord(module, action.command)}`.trim();
    case "script":
      return action.source.kind === "scriptFile" && action.source.path.kind === "string"
        ? `${action.language} ${cut(writtenText(module, action.source.path))}`
        : `${action.language} script`;
    case "use":
      return `use ${pathText(action.action)}`;
    case "call":
      return `call ${pathText(action.sequence)}`;
    case "set":
      return `set ${cut(action.assignments.map(({ name }) => nameText(name)).join(", "))}`;
    case "restart":
      return action.target === undefined ? "restart" : `restart to ${pathText(action.target)}`;
    case "wait":
      return cut(`wait ${module.parsed.text.slice(action.duration.start, action.duration.end)}`);
    case "waitUntil":
      return "wait until";
    case "log":
    case "fail":
      return action.kind;
    case "missing":
      return "step";
    default:
      return unreachable(action);
  }
}

function firstWord(module: Module, command: StringLiteral | Missing): string {
  if (command.kind === "missing") return "";
  const [word] = splitCommand(command).words;
  const pieces = (word?.pieces ?? []).map((piece) => {
    if (piece.kind === "text") return piece.text;
    return `\${${module.parsed.text.slice(piece.expression.start, piece.expression.end)}}`;
  });
  return cut(pieces.join(""));
}

function pathText(path: Path | Missing): string {
  return path.kind === "missing" ? "" : path.names.map(nameText).join(".");
}

function nameText(name: Name | Missing): string {
  return name.kind === "missing" ? "" : name.text;
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const characters = [...line];
  return characters.length <= longestName ? line : `${characters.slice(0, longestName - 1).join("")}…`;
}
