// The server's way in: streams and a disk are given to it.
export { startLanguageServer } from "./language-server.ts";
export type { Disk } from "./projects.ts";
