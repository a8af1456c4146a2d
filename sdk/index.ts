// What an action in TypeScript may say in its types beyond what TypeScript has, and what it is given when it runs. An
// action is a function that a file exports:
//
//   /** Writes a label into a file. @repeatable */
//   export async function writeLabel(input: { path: string; keep?: Duration }, context: ActionContext): Promise<void>
//
// This file imports nothing: what an action uses of it is bundled with the action.

/** A value that is more than it looks. The field is never there: it tells TypeScript, and Sequitur, what the value means. */
type Marked<T, Mark extends string> = T & { readonly "~sequitur": Mark };

/** A length of time in milliseconds: `90s`, `5m` in a sequence. */
export type Duration = Marked<number, "duration">;
/** A number of bytes: `300MB` in a sequence. */
export type Size = Marked<number, "size">;
/** A version such as `10.0.1`. */
export type Version = Marked<string, "version">;
/** A text that must not be shown: masked in output, sealed in the journal. */
export type Secret = Marked<string, "secret">;
/** The absolute path of the folder in which a package's verified files lie. They must not be changed. */
export type PackageFolder = Marked<string, "package">;
/** The same for an application. */
export type ApplicationFolder = Marked<string, "application">;
/** The absolute path of a verified file. */
export type ContentFile = Marked<string, "file">;
/** The absolute path of an image: of its file, or of its folder if it has several. */
export type ImagePath = Marked<string, "image">;

/** What an action is given beside its parameters. */
export interface ActionContext {
  /** What the machine is in. */
  readonly phase: "winpe" | "fullos";
  readonly platform: "linux" | "windows" | "macos";
  /**
   * Aborted when the time of the step is up or the run is cancelled. An action that looks at it has ten seconds to end by
   * itself; one that does not is ended at once. Not on Windows, where it is always ended at once.
   */
  readonly signal: AbortSignal;
  /** Writes a line to the output of the step, and shows it. */
  log(line: string): void;
  /** Shows a line while the step runs; it is kept nowhere. */
  progress(line: string): void;
}

/** Thrown to fail the step with a number of one's own, from 1 to 4294967295. Any other error fails it with 1. */
export class ActionFailure extends Error {
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.name = "ActionFailure";
    this.code = code;
  }
}

/** A duration to return. */
export function milliseconds(count: number): Duration {
  return count as Duration;
}

/** A size to return. */
export function bytes(count: number): Size {
  return count as Size;
}

/** A version to return. */
export function version(text: string): Version {
  return text as Version;
}

/** A text to return that must not be shown. */
export function secret(text: string): Secret {
  return text as Secret;
}
