// Starting a program from the runtime's own process: the way that works everywhere. Its cost grows with the runtime's memory
// on Linux, which is why there is a launcher besides.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { constants as systemConstants } from "node:os";
import { Readable } from "node:stream";
import { errorText } from "../system/error-text.ts";
import type {
  Channel,
  OutputTarget,
  ProcessEnding,
  ProcessStarter,
  StartedProcess,
  StartProblem,
  StartRequest,
} from "./start.ts";

/** How long output that is still in the pipe is waited for once the main process has ended, in milliseconds. */
const drainTime = 2000;

/** A starter without a life of its own. */
export function createDirectStarter(): ProcessStarter {
  return { start: startDirectly, close: () => Promise.resolve() };
}

async function startDirectly(request: StartRequest): Promise<StartedProcess | StartProblem> {
  const files = openFiles(request);
  if ("problem" in files) return files;
  let child: ChildProcess;
  try {
    child = spawn(request.program, [...request.args], {
      cwd: request.workdir,
      env: { ...request.environment, ...(process.platform === "win32" ? {} : { PWD: request.workdir }) },
      stdio: [...files.stdio],
      detached: process.platform !== "win32",
      windowsHide: true,
      windowsVerbatimArguments: request.verbatim ?? false,
    });
  } catch (error) {
    return { problem: errorText(error) };
  } finally {
    for (const descriptor of files.opened) closeSync(descriptor);
  }
  const drained = takeStreams(child, request);
  // A program that ends before it has read everything is no error of ours.
  child.stdin?.on("error", () => undefined).end(request.channel?.input);
  const ended = endingOf(child, drained);
  if (child.pid === undefined) {
    const ending = await ended;
    return "problem" in ending ? ending : { problem: "it ended before it began" };
  }
  return { id: child.pid, group: child.pid, isOver: false, ended };
}

interface OpenedFiles {
  readonly opened: readonly number[];
  readonly stdio: readonly (number | "pipe" | "ignore")[];
}

function openFiles({ output, input, channel }: StartRequest): OpenedFiles | StartProblem {
  const opened: number[] = [];
  const open = (path: string, flags: "a" | "r"): number => {
    const descriptor = openSync(path, flags, 0o600);
    opened.push(descriptor);
    return descriptor;
  };
  try {
    const first = channel !== undefined ? "pipe" : input === undefined ? "ignore" : open(input, "r");
    const fourth = channel === undefined ? [] : (["pipe"] as const);
    if (output.kind === "streams") return { opened, stdio: [first, "pipe", "pipe", ...fourth] };
    return { opened, stdio: [first, open(output.stdout, "a"), open(output.stderr, "a"), ...fourth] };
  } catch (error) {
    for (const descriptor of opened) closeSync(descriptor);
    return { problem: errorText(error) };
  }
}

/** Resolves when all streams are at their end. What comes after the drain time is read and dropped: nobody dies of SIGPIPE. */
function takeStreams(child: ChildProcess, { output, channel }: StartRequest): Promise<void> {
  const streams = streamsOf(child, output, channel);
  if (streams.length === 0) return Promise.resolve();
  let exited = false;
  child.once("exit", () => setTimeout(() => (exited = true), drainTime).unref());
  const ends = streams.map(
    ([stream, take]) =>
      new Promise<void>((resolve) => {
        stream.on("data", (chunk: Buffer) => {
          if (!exited) take(chunk);
        });
        stream.once("close", resolve);
        stream.once("error", () => resolve());
      }),
  );
  return Promise.all(ends).then(() => undefined);
}

type TakenStream = readonly [stream: Readable, take: (chunk: Buffer) => void];

function streamsOf(child: ChildProcess, output: OutputTarget, channel: Channel | undefined): readonly TakenStream[] {
  const streams: TakenStream[] = [];
  if (output.kind === "streams" && child.stdout !== null) streams.push([child.stdout, output.stdout]);
  if (output.kind === "streams" && child.stderr !== null) streams.push([child.stderr, output.stderr]);
  const fourth = child.stdio[3];
  if (channel !== undefined && fourth instanceof Readable) streams.push([fourth, (chunk) => channel.answer(chunk)]);
  return streams;
}

function endingOf(child: ChildProcess, drained: Promise<void>): Promise<ProcessEnding | StartProblem> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      if (child.pid === undefined) resolve({ problem: errorText(error) });
    });
    child.once("exit", (code, signal) => {
      const number = signal === null ? 0 : systemConstants.signals[signal];
      const ending = { code: signal === null ? (code ?? 0) >>> 0 : 128 + number, signal: number };
      const timer = setTimeout(() => {
        // A service that was left behind holds the pipe: the runtime need not stay up for it.
        for (const stream of [child.stdout, child.stderr, child.stdio[3] ?? null])
          if (stream !== null && "unref" in stream) unrefStream(stream);
        resolve(ending);
      }, drainTime);
      void drained.then(() => {
        clearTimeout(timer);
        resolve(ending);
      });
    });
  });
}

function unrefStream(stream: object): void {
  if ("unref" in stream && typeof stream.unref === "function") stream.unref();
}
