#!/usr/bin/env node
// The program. Answers `--version` by itself, since that must load nothing else.
import { version } from "./version.ts";

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  process.stdout.write(`${version}\n`);
} else {
  const { main } = await import("./main.ts");
  const { nodeSurroundings } = await import("./node-surroundings.ts");
  process.exitCode = await main(args, nodeSurroundings());
}
