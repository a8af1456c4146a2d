// Calls the command line in process: arguments in, exit code and what was written out.
import { main } from "../main.ts";
import type { Output, Surroundings } from "../surroundings.ts";

export interface CalledCli {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CallSettings {
  /** The current folder. */
  readonly folder?: string;
  readonly input?: string | Uint8Array;
  readonly environment?: { readonly [name: string]: string };
  /** Cells in a line of the terminal that standard output and error are; without it they are none. */
  readonly columns?: number;
  /** What a person answers when asked; without it nobody is there. */
  readonly answer?: string;
  /** Loads TypeScript, which takes a second: for commands over programs with actions in TypeScript. */
  readonly typescript?: boolean;
  readonly onSurroundings?: (controls: Controls) => void;
}

/** What a test may do while the command runs. */
export interface Controls {
  interrupt(): void;
  readonly hasLeft: () => boolean;
}

/** A stream that keeps what is written to it. */
export function keepingOutput(columns?: number): Output & { text(): string; resize(columns: number): void } {
  let kept = "";
  let width = columns;
  const listeners = new Set<() => void>();
  return {
    write: (text) => {
      kept += text;
    },
    isTerminal: columns !== undefined,
    columns: () => width,
    onResize(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    text: () => kept,
    resize(to) {
      width = to;
      for (const listener of listeners) listener();
    },
  };
}

/** Surroundings in which nothing is heard and nobody is there. */
export function silentSurroundings(): Surroundings {
  return surroundingsOf({}, keepingOutput(), keepingOutput(), new Set(), () => undefined);
}

export async function callCli(args: readonly string[], settings: CallSettings = {}): Promise<CalledCli> {
  const stdout = keepingOutput(settings.columns);
  const stderr = keepingOutput(settings.columns);
  const listeners = new Set<() => void>();
  let left = false;
  const surroundings = surroundingsOf(settings, stdout, stderr, listeners, () => {
    left = true;
  });
  settings.onSurroundings?.({ interrupt: () => listeners.forEach((listener) => listener()), hasLeft: () => left });
  const part = settings.typescript === true ? await import("../typescript/typescript-part.ts") : undefined;
  const code = await main(args, { ...surroundings, loadTypeScript: () => part });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function surroundingsOf(
  settings: CallSettings,
  stdout: Output,
  stderr: Output,
  listeners: Set<() => void>,
  leave: () => void,
): Surroundings {
  const { input } = settings;
  return {
    stdout,
    stderr,
    readInput: async () => (typeof input === "string" ? new TextEncoder().encode(input) : (input ?? new Uint8Array())),
    ask: async (question) => {
      if (settings.answer !== undefined) stderr.write(question);
      return settings.answer;
    },
    folder: settings.folder ?? process.cwd(),
    environment: { LANG: "C.UTF-8", ...settings.environment },
    platform: process.platform,
    isRoot: false,
    homeFolder: settings.folder ?? "/nowhere",
    loadTypeScript: () => undefined,
    loadLanguageServer: () => undefined,
    onInterrupt(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    leave,
  };
}
