// What may stand in the command of `run` and in a `commandline`: values that are one argument each, and a program that
// is one.
import type { CommandLineAction, Expression, RunAction, StringLiteral } from "@sequitur/grammar";
import { fieldKey } from "../constants/constant-evaluator.ts";
import { clauseDiagnostics } from "../diagnostics/clauses.ts";
import { secretDiagnostics } from "../diagnostics/secrets.ts";
import { errorType, listOf, stringType } from "../types/constructors.ts";
import { holdsSecret } from "../types/holds-secret.ts";
import { relate } from "../types/relation.ts";
import type { Type } from "../types/type.ts";
import { report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import type { Clauses } from "./clauses.ts";
import { splitCommand } from "./command-words.ts";
import type { CommandWord } from "./command-words.ts";
import { checkInterpolations, requireText } from "./interpolation.ts";
import { reportMismatch } from "./mismatch.ts";

/** `run "program …"`. */
export function checkRun(ctx: CheckContext, action: RunAction): void {
  const { command } = action;
  if (command.kind === "missing") return;
  const { words, problem } = splitCommand(command);
  if (problem !== undefined) report(ctx, problem, clauseDiagnostics.SEQ5102, { quote: problem.quote });
  const [program] = words;
  if (program === undefined) report(ctx, command, clauseDiagnostics.SEQ5101, {});
  else checkProgram(ctx, program);
  for (const word of words) checkWord(ctx, word, word === program);
}

function checkWord(ctx: CheckContext, word: CommandWord, isProgram: boolean): void {
  const isAlone = word.pieces.length === 1;
  for (let index = 0; index < word.pieces.length; index++) {
    const piece = word.pieces[index];
    if (piece?.kind !== "value") continue;
    const { expression } = piece;
    const type = ctx.program.checkExpression(ctx, expression);
    if (type.kind !== "list") requireText(ctx, expression, type);
    else if (!isAlone) report(ctx, expression, clauseDiagnostics.SEQ5103, {});
    else if (isProgram) report(ctx, expression, clauseDiagnostics.SEQ5106, {});
    else requireTexts(ctx, expression, type);
  }
}

/** The items of a list are arguments, which are texts. */
function requireTexts(ctx: CheckContext, expression: Expression, from: Type): void {
  const to = listOf(stringType);
  const mismatch = relate(from, to);
  if (mismatch !== undefined) reportMismatch(ctx, expression, from, to, mismatch);
}

/** Files that a shell would read. */
const shellFiles: ReadonlyMap<string, string> = new Map([
  [".cmd", "write its commands as a `cmd` script"],
  [".bat", "write its commands as a `cmd` script"],
  [".ps1", "run it with `powershell file(…)`"],
  [".vbs", 'start it with run "cscript.exe …"'],
]);

/** Semantics 7.2. */
function checkProgram(ctx: CheckContext, word: CommandWord): void {
  const last = word.pieces.at(-1);
  if (last?.kind !== "text") return;
  const extension = /\.[a-z0-9]+$/i.exec(last.text)?.[0];
  const way = extension === undefined ? undefined : shellFiles.get(extension.toLowerCase());
  if (extension !== undefined && way !== undefined) {
    report(ctx, word, clauseDiagnostics.SEQ5104, { extension, way });
  }
}

/** `commandline '…'`. The step's clauses have been checked. */
export function checkCommandLine(ctx: CheckContext, action: CommandLineAction, clauses: Clauses): void {
  const { command } = action;
  if (command.kind === "missing") return;
  checkInterpolations(ctx, command);
  checkReplacedNames(ctx, command, clauses);
  const [first, second] = command.parts;
  const isBlank =
    first === undefined || (second === undefined && first.kind === "stringText" && first.value.trim() === "");
  if (isBlank) report(ctx, command, clauseDiagnostics.SEQ5101, {});
}

/** `%Name%` puts in what the step's `env` says of the name, whatever its case. */
function checkReplacedNames(ctx: CheckContext, command: StringLiteral, clauses: Clauses): void {
  const environment = clauses.get("env");
  if (environment?.kind !== "env" || environment.variables.kind === "missing") return;
  for (const { key, value } of environment.variables.fields) {
    const name = fieldKey(key);
    if (name === undefined || !holdsSecret(ctx.program.types.get(value) ?? errorType)) continue;
    const replaced = `%${name.toUpperCase()}%`;
    for (const part of command.parts) {
      if (part.kind !== "stringText" || !part.value.toUpperCase().includes(replaced)) continue;
      report(ctx, part, secretDiagnostics.SEQ6001, { place: "a command line" });
    }
  }
}
