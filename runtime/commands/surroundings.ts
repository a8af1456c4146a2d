// What a command sees of the process it runs in, so that tests call it in process, and the host that its run gets.
import type { Host } from "../host.ts";
import type { Plan } from "../plan/format.ts";

export interface Output {
  write(text: string): void;
}

export interface HostChoices {
  readonly plan: Plan;
  readonly contentFolder: string;
  readonly stateFolder: string;
}

export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Absolute path of the current folder. */
  readonly folder: string;
  /** The machine's state folder for root, else the user's. */
  readonly stateFolder: string;
  readonly version: string;
  createHost(choices: HostChoices): Host;
  /** Calls the listener at every interrupt instead of ending, until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process at once; the run stays as after a crash. */
  leave(): void;
}

/** A command's answer to a wrong call. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
