// `commandline '…'`: a command line exactly as Windows gives it to a program. Values may come in, but never as syntax.
import type { Outcome } from "../host.ts";
import { invariant } from "../machine/invariant.ts";
import { limits } from "../plan/limits.ts";
import type { ContentStore } from "../content/content-store.ts";
import type { Environment } from "../process/environment.ts";
import { findProgram } from "../process/program.ts";
import type { Execution } from "./execution.ts";
import { failed } from "./outcome.ts";
import { runCommand, surroundings } from "./run-step.ts";

export async function runCommandLine(execution: Execution, content: ContentStore): Promise<Outcome> {
  const { operands, step } = execution.request;
  invariant(step.action.kind === "commandline", "a command line step");
  const around = await surroundings(execution, content);
  if ("reason" in around) return around;
  const environment = execution.environment(around.variables, around.account);
  const pieces = operands.flatMap(({ role, value }) =>
    role === "commandText" || role === "commandValue"
      ? [{ text: String(value), isValue: role === "commandValue" }]
      : [],
  );
  const line = composeCommandLine(pieces, environment, step.action.unchecked);
  if ("problem" in line) return failed("value", line.problem);
  const found = findProgram(line.program, { ...around, path: environment["Path"] ?? environment["PATH"] ?? "" });
  if ("problem" in found) return failed("start", found.problem);
  return runCommand(execution, { program: found.path, args: [line.rest], verbatim: true, environment, ...around });
}

export interface CommandPiece {
  readonly text: string;
  /** It comes from a value, not from the source. */
  readonly isValue: boolean;
}

const shells = /^(?:cmd|powershell|pwsh|wscript|cscript|mshta|bash|sh)(?:\.exe)?$/i;

/** The program (first word) and the rest of the line, verbatim; or why a value may not stand in it, as a sentence. */
export function composeCommandLine(
  pieces: readonly CommandPiece[],
  environment: Environment,
  unchecked: boolean,
): { readonly program: string; readonly rest: string } | { readonly problem: string } {
  const expanded = pieces.flatMap((piece) => (piece.isValue ? [piece] : expandNames(piece.text, environment)));
  const line = expanded
    .map(({ text }) => text)
    .join("")
    .trimStart();
  if (line.includes("\0")) return { problem: "the command line holds a NUL character" };
  if (line.length > limits.argumentLength) {
    return { problem: `the command line has ${line.length} UTF-16 units; ${limits.argumentLength} is the limit` };
  }
  const match = /^(?:"([^"]*)"|([^\s"]\S*))\s*/.exec(line);
  if (match === null) return { problem: "the command line names no program" };
  const program = match[1] ?? match[2] ?? "";
  if (!unchecked) {
    const shell = shells.test(program.split(/[/\\]/).at(-1) ?? "");
    for (const [i, piece] of expanded.entries()) {
      const problem = piece.isValue ? valueProblem(piece.text, expanded[i + 1]?.text ?? "", shell) : null;
      if (problem !== null) return { problem };
    }
  }
  return { program, rest: line.slice(match[0].length) };
}

/** `%Name%` in one pass; unknown names stay. What is put in is a value and is not looked at again. */
function expandNames(text: string, environment: Environment): readonly CommandPiece[] {
  const values = new Map(Object.entries(environment).map(([name, value]) => [name.toUpperCase(), value]));
  const pieces: CommandPiece[] = [];
  let at = 0;
  for (const match of text.matchAll(/%([^%=]+)%/g)) {
    const value = values.get((match[1] ?? "").toUpperCase());
    if (value === undefined) continue;
    pieces.push({ text: text.slice(at, match.index), isValue: false }, { text: value, isValue: true });
    at = match.index + match[0].length;
  }
  return [...pieces, { text: text.slice(at), isValue: false }];
}

function valueProblem(value: string, next: string, shell: boolean): string | null {
  const shown = JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  const way = "use run, where a value is always one argument, or commandline unchecked";
  if (/["\u0000-\u001f\u007f]/.test(value)) return `the value ${shown} holds a quote or a control character; ${way}`;
  if (value.endsWith("\\") && next.startsWith('"')) return `the value ${shown} ends in \\ before a quote; ${way}`;
  if (shell && /[&|<>^%!();$`]/.test(value)) return `the value ${shown} holds a character that the shell reads; ${way}`;
  return null;
}
