#!/usr/bin/env node
// The program that goes to targets: the command line of main.ts on this process and this machine.
import { homedir } from "node:os";
import { join } from "node:path";
import { main } from "./main.ts";
import { createSystemHost } from "./system/system-host.ts";

declare const __SEQUITUR_VERSION__: string | undefined;

const version = typeof __SEQUITUR_VERSION__ === "string" ? __SEQUITUR_VERSION__ : "development";

/** The machine's state folder for root, else the user's (XDG Base Directory Specification). */
function stateFolder(): string {
  if (process.platform === "win32") return join(process.env["ProgramData"] ?? "C:\\ProgramData", "Sequitur");
  if (process.geteuid?.() === 0) return "/var/lib/sequitur";
  const home = process.env["XDG_STATE_HOME"] ?? "";
  return join(home.startsWith("/") ? home : join(homedir(), ".local", "state"), "sequitur");
}

// Who reads the lines may have gone; a run goes on all the same.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

void main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  folder: process.cwd(),
  stateFolder: stateFolder(),
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
