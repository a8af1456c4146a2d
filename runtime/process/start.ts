// What starting a program takes and gives, whoever does it: the runtime itself (direct-start.ts) or the resident launcher
// (launcher.ts). Both must behave alike; the tests run both ways.

/** Where the two output streams go. */
export type OutputTarget =
  /** Straight into files, by descriptor; what is there stays, new output is appended. Nothing written: there may be no file. */
  | { readonly kind: "files"; readonly stdout: string; readonly stderr: string }
  /** Through the runtime, for output that must be masked before it touches the disk. */
  | { readonly kind: "streams"; stdout(chunk: Buffer): void; stderr(chunk: Buffer): void };

/** A way to talk to a program that knows of it: what it is told comes on standard input, what it answers on descriptor 3. */
export interface Channel {
  readonly input: string;
  answer(chunk: Buffer): void;
}

export interface StartRequest {
  /** Absolute path of an executable file. */
  readonly program: string;
  /** Each arrives as it stands: nothing is split, expanded or quoted on the way. */
  readonly args: readonly string[];
  /** Absolute. */
  readonly workdir: string;
  /** The whole environment; `PWD` is added. */
  readonly environment: { readonly [name: string]: string };
  readonly output: OutputTarget;
  /** A file that is standard input; absent: it is empty. */
  readonly input?: string;
  /** In place of `input`. */
  readonly channel?: Channel;
  /** Windows: the arguments are the rest of the command line, already quoted. */
  readonly verbatim?: boolean;
}

/** How a process ended. */
export interface ProcessEnding {
  /** Exit code; 128 + n for signal n. */
  readonly code: number;
  /** Number of the signal that killed it; 0: it ended by itself. */
  readonly signal: number;
}

export interface StartedProcess {
  readonly id: number;
  /** POSIX: number of its process group. */
  readonly group: number;
  /** It had ended before its start was told. */
  readonly isOver: boolean;
  /** Resolves when the main process has ended and, with `streams`, its output was taken (at most 2 s later). */
  readonly ended: Promise<ProcessEnding | StartProblem>;
}

/** It could not be started: nothing happened. The text ends a sentence ("… could not be started: `problem`"). */
export interface StartProblem {
  readonly problem: string;
}

export interface ProcessStarter {
  start(request: StartRequest): Promise<StartedProcess | StartProblem>;
  close(): Promise<void>;
}
