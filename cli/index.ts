// The command line as a library: what the program, the generate script and tests call.
export { main } from "./main.ts";
export { nodeSurroundings } from "./node-surroundings.ts";
export { cliReference } from "./reference.ts";
export { version } from "./version.ts";
export type { Output, Surroundings } from "./surroundings.ts";
export type { ExitCode } from "./exit-code.ts";
