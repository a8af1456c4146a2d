// How the compiler reads the world: a small synchronous interface, so that it runs the same over a disk, over memory in
// tests and over open documents in an editor. Paths are relative to the project's root with forward slashes, normalised;
// one that leaves the root starts with `../`.

import type { Location } from "@sequitur/grammar";
import type { ScriptFile } from "./model/project-action.ts";

export type FileAnswer =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "absent" }
  | { readonly kind: "folder" }
  /** `why` is a clause: `permission denied`, `it is not valid UTF-8 (byte 17)`. */
  | { readonly kind: "unreadable"; readonly why: string };

export interface ContentFile {
  /** Relative to the content, forward slashes; the file's own name for a single file. */
  readonly path: string;
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly executable: boolean;
}

export type ContentAnswer =
  | { readonly kind: "folder"; readonly files: readonly ContentFile[] }
  | { readonly kind: "file"; readonly file: ContentFile }
  | { readonly kind: "absent" }
  | { readonly kind: "unreadable"; readonly why: string };

/** The code of a TypeScript file with all that it imports, as one module of JavaScript. */
export type BundleAnswer =
  | { readonly kind: "module"; readonly text: string }
  /** `why` is a clause; `path`, `start` and `end` say where, when that is known. */
  | { readonly kind: "failed"; readonly why: string; readonly at?: Location };

/** Reads actions that are written in TypeScript. */
export interface TypeScriptReader {
  /** What a file exports, and what is wrong in it. */
  read(path: string): ScriptFile;
  bundle(path: string): BundleAnswer;
}

export interface CompilerHost {
  readText(path: string): FileAnswer;
  /** Does a file or folder lie there? Cheap: reads and hashes nothing. */
  exists(path: string): "file" | "folder" | "absent";
  /** Hashes a file, or all files below a folder; links are not followed and make it unreadable. */
  readContent(path: string): ContentAnswer;
  /** Names in a folder, for suggestions; empty when it can't be read. */
  list(folder: string): readonly string[];
  /** Asked only by a program that imports a TypeScript file; undefined: there is nothing here that can read one. */
  typescript?(): TypeScriptReader | undefined;
}
