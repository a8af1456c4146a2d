// The resident launcher: one small process a run that starts the programs. The price of a start does not grow with the
// runtime's memory then, and when the runtime dies, what runs is ended. Where there is no Perl, and for what must go through
// the runtime, programs are started directly; the launcher still watches them.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants as systemConstants } from "node:os";
import type { Readable, Writable } from "node:stream";
import { errorText } from "../system/error-text.ts";
import { endTree } from "./end-tree.ts";
import { baseEnvironment } from "./environment.ts";
import { launcherScript } from "./launcher-script.ts";
import type { ProcessEnding, ProcessStarter, StartedProcess, StartProblem, StartRequest } from "./start.ts";

const perlPaths = ["/usr/bin/perl", "/bin/perl"] as const;

/**
 * A starter over the launcher, which comes up with the first program; the direct one where there can be none. An output file
 * comes into being when something is written or the program does not end at once: until then spare files in `spareFolder`
 * stand in for it, which must lie on the same file system.
 */
export function createLauncher(direct: ProcessStarter, spareFolder: string): ProcessStarter {
  const perl = process.platform === "linux" ? perlPaths.find((path) => existsSync(path)) : undefined;
  return perl === undefined ? direct : new Launcher(perl, direct, spareFolder);
}

interface Waiting {
  readonly mark: string;
  started(result: StartedProcess | StartProblem): void;
  ended: ((ending: ProcessEnding) => void) | null;
  id: number;
}

class Launcher implements ProcessStarter {
  readonly #perl: string;
  readonly #direct: ProcessStarter;
  readonly #spareFolder: string;
  #process: ChildProcessByStdio<Writable, Readable, null> | null = null;
  #waiting: Waiting | null = null;
  #heard = "";

  constructor(perl: string, direct: ProcessStarter, spareFolder: string) {
    this.#perl = perl;
    this.#direct = direct;
    this.#spareFolder = spareFolder;
  }

  /** One after the other: a step has one process at a time. */
  async start(request: StartRequest): Promise<StartedProcess | StartProblem> {
    const { output, input, channel } = request;
    if (output.kind === "streams" || input !== undefined || channel !== undefined) return this.#startWatched(request);
    const { stdout, stderr } = output;
    const environment = Object.entries({ ...request.environment, PWD: request.workdir });
    const mark = `SEQUITUR_EXECUTION=${request.environment["SEQUITUR_EXECUTION"] ?? ""}`;
    const variables = environment.map(([name, value]) => `${name}=${value}`);
    const fields = ["start", stdout, stderr, request.workdir, mark, String(variables.length), ...variables];
    return new Promise((resolve) => {
      this.#waiting = { mark, started: resolve, ended: null, id: 0 };
      this.#hold(true);
      this.#send([...fields, request.program, ...request.args]);
    });
  }

  close(): Promise<void> {
    const launcher = this.#process;
    this.#process = null;
    if (launcher === null) return Promise.resolve();
    return new Promise((resolve) => {
      launcher.ref();
      launcher.once("exit", () => resolve());
      launcher.stdin.end();
    });
  }

  async #startWatched(request: StartRequest): Promise<StartedProcess | StartProblem> {
    const started = await this.#direct.start(request);
    if ("problem" in started) return started;
    this.#send(["watch", String(started.id), `SEQUITUR_EXECUTION=${request.environment["SEQUITUR_EXECUTION"] ?? ""}`]);
    void started.ended.then(() => this.#send(["watch", "0", ""]));
    return started;
  }

  #send(fields: readonly string[]): void {
    const body = Buffer.from(fields.map((field) => `${field}\0`).join(""), "utf8");
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    this.#launcher().stdin.write(Buffer.concat([length, body]));
  }

  #launcher(): ChildProcessByStdio<Writable, Readable, null> {
    if (this.#process !== null) return this.#process;
    const launcher = spawn(this.#perl, ["-e", launcherScript, this.#spareFolder], {
      ...{ cwd: "/", env: { ...baseEnvironment() }, detached: true },
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.#process = launcher;
    this.#heard = "";
    launcher.stdout.setEncoding("latin1");
    launcher.stdout.on("data", (text: string) => this.#hear(text));
    // A write to a launcher that has just died: its end is told below.
    launcher.stdin.on("error", () => undefined);
    launcher.once("error", (error) => this.#lost(launcher, errorText(error)));
    launcher.once("close", () => this.#lost(launcher, "the launcher has died"));
    this.#hold(this.#waiting !== null);
    return launcher;
  }

  /** An idle launcher does not keep the runtime up. */
  #hold(busy: boolean): void {
    const launcher = this.#process;
    if (launcher === null) return;
    for (const handle of [launcher, launcher.stdin, launcher.stdout]) {
      if (!("ref" in handle) || !("unref" in handle)) continue;
      const { ref, unref } = handle as { ref(): void; unref(): void };
      (busy ? ref : unref).call(handle);
    }
  }

  #hear(text: string): void {
    const lines = (this.#heard + text).split("\n");
    this.#heard = lines.pop() ?? "";
    for (const [i, line] of lines.entries()) {
      this.#answer(line[0] ?? "", Number(line.slice(2)), i + 1 < lines.length);
    }
  }

  #answer(kind: string, number: number, isOver: boolean): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    if (kind === "S") {
      waiting.id = number;
      const ended = new Promise<ProcessEnding>((resolve) => (waiting.ended = resolve));
      waiting.started({ id: number, group: number, isOver, ended });
      return;
    }
    this.#waiting = null;
    this.#hold(false);
    if (kind === "F") waiting.started({ problem: problemOf(number) });
    const signal = number & 0x7f;
    waiting.ended?.(signal === 0 ? { code: number >> 8, signal } : { code: 128 + signal, signal });
  }

  /** Somebody killed it: what ran is ended, and the next start brings up a new one. */
  #lost(launcher: object, problem: string): void {
    if (this.#process === launcher) this.#process = null;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting === null) return;
    const { mark, id, started, ended } = waiting;
    // It may have started the program and died before it could tell.
    void endTree({ id: id === 0 ? -1 : id, group: id === 0 ? -1 : id, mark }).then(() => {
      if (ended === null) started({ problem });
      else ended({ code: 137, signal: 9 });
    });
  }
}

function problemOf(number: number): string {
  const name = Object.entries(systemConstants.errno).find(([, value]) => value === number)?.[0] ?? `error ${number}`;
  return errorText(Object.assign(new Error(name), { code: name }));
}
