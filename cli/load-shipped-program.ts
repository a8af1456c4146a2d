// Loads the program of the shipped command: one script, with the bytecode that V8 made of it at build time. It does not
// know what the program does. See docs/decisions/0006-code-cache.md.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import type * as ShippedProgram from "./shipped-program.ts";

/** What the build makes of shipped-program.ts: an expression whose value is this. */
type ProgramFactory = (require: NodeJS.Require, module: { exports: unknown }, importMetaUrl: string) => void;

export interface LoadedScript {
  readonly script: Script;
  readonly program: typeof ShippedProgram;
}

/** `cacheUrl` may be absent, or made by another version of Node.js: then V8 compiles what it needs, which takes longer. */
export function loadShippedProgram(scriptUrl: URL, cacheUrl: URL): LoadedScript {
  const cachedData = readCache(cacheUrl);
  const script = new Script(readFileSync(scriptUrl, "latin1"), {
    filename: fileURLToPath(scriptUrl),
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const factory = script.runInThisContext() as ProgramFactory;
  const module = { exports: {} };
  factory(createRequire(scriptUrl), module, scriptUrl.href);
  return { script, program: module.exports as typeof ShippedProgram };
}

function readCache(url: URL): Buffer | undefined {
  try {
    return readFileSync(url);
  } catch {
    // It only saves time.
    return undefined;
  }
}
