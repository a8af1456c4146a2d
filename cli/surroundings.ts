// What a command sees of the process it runs in: its streams, folder, environment and interrupts. Commands take nothing
// from `process`, so that tests call them in process with streams of their own.

import type { LanguageServerPart } from "./language-server/language-server-part.ts";
import type { TypeScriptPart } from "./typescript/typescript-part.ts";

/** Somewhere to write text to. Writing never fails: when the reader has gone, what is written is dropped. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Cells in a line; undefined when it is no terminal or does not say. */
  columns(): number | undefined;
  /** Calls the listener when the terminal's size changes, until the returned function is called. */
  onResize(listener: () => void): () => void;
}

export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  /** All of standard input. */
  readInput(): Promise<Uint8Array>;
  /** Asks on the terminal and gives the answer without its line break; undefined where nobody can answer. */
  ask(question: string): Promise<string | undefined>;
  /** Absolute path of the current folder. */
  readonly folder: string;
  readonly environment: { readonly [name: string]: string | undefined };
  readonly platform: NodeJS.Platform;
  /** The user may do everything on this machine (root on POSIX). */
  readonly isRoot: boolean;
  readonly homeFolder: string;
  /** Loads what reads actions in TypeScript; undefined: the packages that it needs are not installed. */
  loadTypeScript(this: void): TypeScriptPart | undefined;
  /** Loads the language server; undefined: it does not lie beside the program. */
  loadLanguageServer(this: void): LanguageServerPart | undefined;
  /** Calls the listener at every interrupt (Ctrl-C) instead of ending, until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process as an interrupt does by default. In a test it only notes that it was called. */
  leave(): void;
}
