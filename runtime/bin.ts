#!/usr/bin/env node
// The program that goes to targets: the command line of main.ts on this process and this machine.
import { homedir } from "node:os";
import { join } from "node:path";
import { main } from "./main.ts";
import { defaultStateFolder } from "./run/default-state-folder.ts";
import { createSystemHost } from "./system/system-host.ts";

declare const __SEQUITUR_VERSION__: string | undefined;

const version = typeof __SEQUITUR_VERSION__ === "string" ? __SEQUITUR_VERSION__ : "development";

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
