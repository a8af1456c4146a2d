// The way to actions in TypeScript, apart from the rest of the compiler: it loads TypeScript, which nobody else needs.
export type { LibraryFiles } from "./project-files.ts";
export { createTypeScriptFiles } from "./typescript-reader.ts";
