#!/usr/bin/env node
// The program that goes to targets: the command line of main.ts on this process and this machine.
import { homedir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { main } from "./main.ts";
import { defaultStateFolder } from "./run/default-state-folder.ts";
import { createSystemHost } from "./system/system-host.ts";

declare const __SEQUITUR_VERSION__: string | undefined;

const version = typeof __SEQUITUR_VERSION__ === "string" ? __SEQUITUR_VERSION__ : "development";

// A run waits for programs, which need the processors more than its own code being optimised early does: a fifth less of
// CPU time for 1,000 steps. Measured on Node.js 20; V8 complains aloud about a setting that it does not know.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--interrupt-budget=2000000");

// Who reads the lines may have gone; a run goes on all the same.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

void main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  folder: process.cwd(),
  stateFolder: defaultStateFolder({
    platform: process.platform,
    isRoot: process.geteuid?.() === 0,
    environment: process.env,
    homeFolder: homedir(),
  }),
  version,
  createHost: ({ plan, contentFolder, stateFolder: state }) =>
    createSystemHost({ plan, contentRoot: contentFolder, cacheFolder: join(state, "cache") }),
  onInterrupt(listener) {
    process.on("SIGINT", listener);
    return () => process.off("SIGINT", listener);
  },
  leave: () => process.exit(130),
}).then((code) => {
  process.exitCode = code;
});
