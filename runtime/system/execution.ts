// One attempt of one execution of a step: its marks, files, environment and folders, and the one way to run programs in it.
// Steps, scripts and built-in actions all go through here.
import { appendFileSync, chmodSync, chownSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Cancellation, EffectProgress, EffectRequest } from "../host.ts";
import type { Plan } from "../plan/format.ts";
import type { Masker } from "../secrets/masker.ts";
import { asAccount, type SystemAccount } from "../process/account.ts";
import { baseEnvironment, type Environment, layered } from "../process/environment.ts";
import { maskedOutput } from "../process/masked-output.ts";
import { type ProcessResult, runProcess } from "../process/run-process.ts";
import type { Channel, OutputTarget, ProcessStarter } from "../process/start.ts";
import type { EmptyFolders } from "./empty-folder.ts";
import { watchOutput } from "../process/watch-output.ts";

/** What the executions of a run share. */
export interface RunContext {
  readonly plan: Plan;
  readonly id: string;
  readonly folder: string;
  /** What the plan reads of it, and the passwords of its accounts, as they were when the run began. */
  readonly environment: { readonly [name: string]: string };
  /** Where other accounts can get to: their work folders lie here. */
  readonly openFolder: string;
  readonly emptyFolders: EmptyFolders;
  readonly masker: Masker;
  /** Output goes through the masker: the plan has secrets. */
  readonly masked: boolean;
  /** The launcher, or the direct way. */
  readonly starter: ProcessStarter;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly workdir: string;
  readonly environment: Environment;
  readonly verbatim?: boolean;
  /** A file that is standard input; absent: it is empty. */
  readonly input?: string;
  /** In place of `input`. */
  readonly channel?: Channel;
  readonly account?: SystemAccount;
  /** Takes standard output in place of the step's file. */
  readonly capture?: (chunk: Buffer) => void;
  readonly uncuttable?: boolean;
}

export class Execution {
  readonly run: RunContext;
  readonly request: EffectRequest;
  readonly cancellation: Cancellation;
  readonly #progress: EffectProgress;
  readonly stdout: string;
  readonly stderr: string;
  /** Where this attempt's output begins in the file: earlier attempts' stands before it. */
  readonly outputStart: number;
  /** Milliseconds on the monotonic clock at which the first process of this attempt started. */
  #started: number | null = null;
  #isOutputCut = false;
  #work: string | null = null;
  #empty: string | null = null;

  constructor(run: RunContext, request: EffectRequest, progress: EffectProgress, cancellation: Cancellation) {
    this.run = run;
    this.request = request;
    this.cancellation = cancellation;
    this.#progress = progress;
    this.stdout = join(run.folder, "out", `${request.execution}.stdout`);
    this.stderr = join(run.folder, "out", `${request.execution}.stderr`);
    this.outputStart = request.attempt === 1 ? 0 : sizeOf(this.stdout);
  }

  /** Some of its output is lost: it wrote more than a file may hold. */
  get isOutputCut(): boolean {
    return this.#isOutputCut;
  }

  /** `NAME=value` that marks every process of this execution. */
  get mark(): string {
    return `SEQUITUR_EXECUTION=${this.run.id}/${this.request.execution}`;
  }

  /** The base, the account's own, globals, the step's variables and the mark, later ones over earlier ones. */
  environment(step: Environment, account?: SystemAccount): Environment {
    const own = account === undefined ? {} : { HOME: account.home, USER: account.user };
    const mark = { SEQUITUR_EXECUTION: `${this.run.id}/${this.request.execution}` };
    const set = Object.fromEntries(Object.entries(this.request.globals).filter(([, value]) => value !== ""));
    return layered(baseEnvironment(), own, set, step, mark);
  }

  /** The execution's own folder, made at first use, for the account's eyes alone; gone after the attempt. */
  workFolder(account?: SystemAccount): string {
    if (this.#work !== null) return this.#work;
    const name = account === undefined ? String(this.request.execution) : `${this.run.id}-${this.request.execution}`;
    const path = join(account === undefined ? join(this.run.folder, "work") : this.run.openFolder, name);
    makeFolder(path);
    if (account !== undefined) {
      // The account must get there, but need not see what else is there.
      for (const above of [dirname(path), dirname(dirname(path))]) chmodSync(above, 0o711);
      this.give(path, account);
    }
    this.#work = path;
    return path;
  }

  /** An empty folder to run in, until the attempt ends. */
  emptyFolder(account?: SystemAccount): string {
    if (account === undefined) return (this.#empty ??= this.run.emptyFolders.take(`${this.request.execution}-empty`));
    const path = join(this.workFolder(account), "folder");
    if (this.#empty === path) return path;
    mkdirSync(path, { mode: 0o700 });
    this.give(path, account);
    this.#empty = path;
    return path;
  }

  /** Makes a file or folder of this execution the account's. */
  give(path: string, account: SystemAccount | undefined): void {
    if (account !== undefined) chownSync(path, account.userId, account.groupId);
  }

  /** Runs a program within this attempt's bounds. */
  async start(command: Command): Promise<ProcessResult> {
    const { account } = command;
    const { program, args } = account === undefined ? command : asAccount(account, command.program, command.args);
    const output = this.#output(command.capture);
    const { timeout } = this.request.step;
    this.#started ??= performance.now();
    const remaining = timeout === undefined ? undefined : Math.max(0, timeout - (performance.now() - this.#started));
    const watch = watchOutput(this, {
      output: (stream, text) => this.#progress.output(stream, this.run.masker.mask(text)),
      progress: (text) => this.progress(text),
    });
    try {
      const { workdir, environment, input, channel } = command;
      const request = {
        ...{ program, args, workdir, environment, output: output.target, verbatim: command.verbatim ?? false },
        ...(input === undefined ? {} : { input }),
        ...(channel === undefined ? {} : { channel }),
      };
      return await runProcess(this.run.starter, request, this.mark, {
        ...(remaining === undefined ? {} : { timeout: remaining }),
        cancellation: this.cancellation,
        uncuttable: command.uncuttable ?? false,
        spawned: (process) => this.#progress.spawned(process),
      });
    } finally {
      output.close();
      watch.stop();
      this.#isOutputCut ||= watch.isCut;
    }
  }

  /** A line for people about what goes on. */
  progress(text: string): void {
    this.#progress.progress(this.run.masker.mask(text));
  }

  /** A line in the step's output, by an action that runs within the runtime. */
  note(text: string): void {
    appendFileSync(this.stdout, `${this.run.masker.mask(text)}\n`, { mode: 0o600 });
  }

  /** Takes away what this attempt leaves in its folders. */
  close(): void {
    if (this.#empty !== null && !this.#empty.startsWith(this.#work ?? "\0"))
      this.run.emptyFolders.giveBack(this.#empty);
    if (this.#work !== null) rmSync(this.#work, { recursive: true, force: true, maxRetries: 3 });
    this.#empty = null;
    this.#work = null;
  }

  #output(capture: ((chunk: Buffer) => void) | undefined): { readonly target: OutputTarget; close(): void } {
    if (capture === undefined && !this.run.masked) {
      return { target: { kind: "files", stdout: this.stdout, stderr: this.stderr }, close: () => undefined };
    }
    const files = maskedOutput(this.run.masker, this.stdout, this.stderr);
    const { target } = files;
    return { target: capture === undefined ? target : { ...target, stdout: capture }, close: files.close };
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch {
    // Either a folder above is not there yet, or an earlier attempt left this one: it must be empty and ours.
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { mode: 0o700, recursive: true });
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
