// The surroundings of a real process.
import { createRequire } from "node:module";
import { homedir } from "node:os";
import type { WriteStream } from "node:tty";
import { exitCode } from "./exit-code.ts";
import { errorCode, systemReason } from "./project/disk-read.ts";
import type { Output, Surroundings } from "./surroundings.ts";
import type { LanguageServerPart } from "./language-server/language-server-part.ts";
import type { TypeScriptPart } from "./typescript/typescript-part.ts";

/** What the running process offers. A closed pipe is no error: what can't be delivered is dropped. */
export function nodeSurroundings(): Surroundings {
  return {
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    readInput,
    ask,
    folder: process.cwd(),
    environment: process.env,
    platform: process.platform,
    isRoot: process.geteuid?.() === 0,
    homeFolder: homedir(),
    loadTypeScript: () => loadPart<TypeScriptPart>("./typescript.cjs"),
    loadLanguageServer: () => loadPart<LanguageServerPart>("./language-server.cjs"),
    onInterrupt(listener) {
      process.on("SIGINT", listener);
      return () => process.off("SIGINT", listener);
    },
    leave() {
      process.removeAllListeners("SIGINT");
      process.kill(process.pid, "SIGINT");
    },
  };
}

/** The build lays the parts beside the program. */
function loadPart<Part>(file: string): Part | undefined {
  try {
    return createRequire(import.meta.url)(file) as Part;
  } catch (error) {
    if (errorCode(error) === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

function outputTo(stream: WriteStream): Output {
  let closed = false;
  stream.on("error", (error) => {
    closed = true;
    // A reader that has gone has read enough; a full disk has lost what was asked for.
    if (errorCode(error) !== "EPIPE") failAtExit(`output is lost: ${systemReason(error)}`);
  });
  return {
    write(text) {
      if (!closed) stream.write(text);
    },
    isTerminal: stream.isTTY === true,
    columns: () => (stream.isTTY === true && stream.columns > 0 ? stream.columns : undefined),
    onResize(listener) {
      stream.on("resize", listener);
      return () => stream.off("resize", listener);
    },
  };
}

function failAtExit(why: string): void {
  process.once("exit", (code) => {
    if (code === exitCode.done) process.exitCode = exitCode.problem;
  });
  process.stderr.write(`sequitur: ${why}\n`, () => undefined);
}

async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

async function ask(question: string): Promise<string | undefined> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return undefined;
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.on("close", () => resolve(undefined));
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
