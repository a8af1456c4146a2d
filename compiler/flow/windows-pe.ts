// Does a program have to do with Windows PE at all? Most have not, and then no step can be in the wrong phase. Asked of the
// texts, which costs less than a walk through the trees; a word in a comment only means a walk for nothing.
import type { ProgramContext } from "../check/program-context.ts";
import type { Module } from "../model/module.ts";
import { windowsPeActions } from "./step-phases.ts";

const answers = new WeakMap<Module, boolean>();

/** False: nothing in the program leads to Windows PE, needs it or asks for it. */
export function mentionsWindowsPe(program: ProgramContext): boolean {
  for (const module of program.modules.values()) {
    const known = answers.get(module) ?? isMentionedIn(module);
    answers.set(module, known);
    if (known) return true;
  }
  // Actions of catalogues have any names, and are known only where they are used.
  for (const resolution of program.paths.values()) {
    if (resolution.kind === "catalogueAction" && !resolution.action.declaration.phases.includes("fullos")) return true;
  }
  return false;
}

/** `winpe`, `os.phase`, `restart to …`, and the last words of actions that are at home there. */
const words = new RegExp(
  `\\b(?:winpe|phase|restart\\s+to|${windowsPeActions()
    .map((name) => name.slice(name.lastIndexOf(".") + 1))
    .join("|")})\\b|\\brestart\\s*/`,
);

function isMentionedIn(module: Module): boolean {
  if (words.test(module.parsed.text)) return true;
  for (const symbol of module.scope.values()) {
    if (symbol.kind === "scriptAction" && symbol.action?.phases.includes("fullos") === false) return true;
  }
  return false;
}
