// What reads and bundles actions in TypeScript. A part of its own, which the command loads when a program imports one: it
// needs TypeScript and esbuild, and both are large.
import { createTypeScriptFiles } from "@sequitur/compiler/typescript";
import type { CompilerHost, TypeScriptReader } from "@sequitur/compiler";
import { bundleModule } from "./bundle-module.ts";
import { libraryFiles } from "./library-files.ts";

/** What the part offers. `root`: the absolute path at which the host's paths begin. */
export interface TypeScriptPart {
  createTypeScriptReader(host: CompilerHost, root: string): TypeScriptReader;
}

export function createTypeScriptReader(host: CompilerHost, root: string): TypeScriptReader {
  return { ...createTypeScriptFiles(host, libraryFiles()), bundle: (path) => bundleModule(host, root, path) };
}
