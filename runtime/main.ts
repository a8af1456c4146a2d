// The command line of the runtime that goes to targets: `runtime.mjs run|resume|cancel|runs|verify`.
import { parseArgs } from "node:util";
import { cancel } from "./commands/cancel.ts";
import type { Call, Command } from "./commands/command.ts";
import { resume } from "./commands/resume.ts";
import { run } from "./commands/run.ts";
import { runs } from "./commands/runs.ts";
import { exitCode, type ExitCode } from "./run/exit-code.ts";
import { UsageError, type Surroundings } from "./commands/surroundings.ts";
import { verify } from "./commands/verify.ts";

const commands: { readonly [name: string]: Command } = { run, resume, cancel, runs, verify };
const program = "runtime.mjs";

/** Does what the arguments say and gives the exit code. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { stdout, stderr, version } = surroundings;
  const [name, ...rest] = args;
  if (name === "--version") {
    stdout.write(`${version}\n`);
    return exitCode.done;
  }
  if (name === "--help" || name === "help") {
    stdout.write(overview());
    return exitCode.done;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    stderr.write(name === undefined ? overview() : `There is no command "${name}".\n\n${overview()}`);
    return exitCode.usage;
  }
  if (rest.includes("--help")) {
    stdout.write(helpOf(command));
    return exitCode.done;
  }
  try {
    return await command.run(parseCall(command, rest), surroundings);
  } catch (error) {
    if (error instanceof UsageError) {
      stderr.write(`${error.message}\n\nusage: ${program} ${command.usage}\n`);
      return exitCode.usage;
    }
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    stderr.write(`Sequitur itself is wrong here (version ${version}, ${name ?? ""}). Please report this:\n${what}\n`);
    return exitCode.defect;
  }
}

function parseCall(command: Command, args: readonly string[]): Call {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, multiple }]) => [name, { type, multiple: multiple ?? false }]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return {
      positionals,
      text: (option) => (typeof values[option] === "string" ? values[option] : undefined),
      flag: (option) => values[option] === true,
      list: (option) => (Array.isArray(values[option]) ? values[option].map(String) : []),
    };
  } catch (error) {
    // What is wrong with the call stands in the message; the parser throws nothing else.
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function overview(): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  const lines = Object.values(commands).map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}\n`);
  return `usage: ${program} COMMAND\n\n${lines.join("")}\n${program} COMMAND --help tells more.\n`;
}

function helpOf({ usage, summary, example, options }: Command): string {
  const named = Object.entries(options).map(([name, { value, help }]) => {
    return [`--${name}${value === undefined ? "" : ` ${value}`}`, help] as const;
  });
  const width = Math.max(0, ...named.map(([option]) => option.length));
  const lines = named.map(([option, help]) => `  ${option.padEnd(width)}  ${help}\n`);
  const codes = "exit codes: 0 done, 1 failed or refused, 2 wrong call, 3 restart due, 4 does not verify, 70 defect\n";
  return `usage: ${program} ${usage}\n\n${summary}\n\n${lines.join("")}\nexample: ${program} ${example}\n${codes}`;
}
