#!/usr/bin/env node
// The program. Answers `--version` by itself, since that must load nothing else.
import { version } from "./version.ts";

/** What the build calls the program's script and its cache. */
declare const __SEQUITUR_PROGRAM__: string;

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  process.stdout.write(`${version}\n`);
} else {
  const { loadShippedProgram } = await import("./load-shipped-program.ts");
  const place = (extension: string) => new URL(`./parts/${__SEQUITUR_PROGRAM__}.${extension}`, import.meta.url);
  const { program } = loadShippedProgram(place("js"), place("cache"));
  // After loading, since V8 refuses a code cache that was made with other flags.
  if (process.versions.node.startsWith("20.")) await fitV8();
  process.exitCode = await program.main(args, program.nodeSurroundings());
}

/** V8 is set up for programs that run for long; see docs/decisions/0006-code-cache.md. */
async function fitV8(): Promise<void> {
  const { setFlagsFromString } = await import("node:v8");
  setFlagsFromString("--semi-space-growth-factor=16");
  setFlagsFromString("--interrupt-budget=264000");
}
