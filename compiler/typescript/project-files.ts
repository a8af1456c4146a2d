// TypeScript's view of a project: the compiler's host for all that is the project's, and beside it what Sequitur brings (the
// SDK, the types of Node.js). Nothing else is there to be found, and nothing is ever written.
import { InMemoryFileSystemHost } from "ts-morph";
import type { CompilerHost } from "../host.ts";

/** Files that Sequitur brings, by paths such as `@types/node/index.d.ts`. */
export interface LibraryFiles {
  /** Undefined: there is no such file. */
  readText(path: string): string | undefined;
  exists(path: string): "file" | "folder" | "absent";
}

/** Folders above the project, in which packages may lie too, have places in TypeScript's view; so far up, and no further. */
const levels = ["1", "2", "3", "4", "5", "6", "7", "8"] as const;
const above = `/above/${levels.join("/")}`;
const projectRoot = `${above}/project`;

/** Where TypeScript sees the packages that Sequitur brings. */
export const libraryRoot = "/sequitur/node_modules";

/** The path that TypeScript knows a file of the project by. */
export function typescriptPath(path: string): string {
  return `${projectRoot}/${path}`;
}

/** A path of TypeScript as the host knows it; undefined: it is none of the project's and none above it. */
export function hostPath(path: string): string | undefined {
  if (path === projectRoot) return ".";
  if (path.startsWith(`${projectRoot}/`)) return path.slice(projectRoot.length + 1);
  let folder = above;
  for (let climb = "../"; folder !== "/above"; climb += "../") {
    if (path === folder) return climb.slice(0, -1);
    if (path.startsWith(`${folder}/`)) return climb + path.slice(folder.length + 1);
    folder = folder.slice(0, folder.lastIndexOf("/"));
  }
  return undefined;
}

/** A message of TypeScript with paths as the author knows them. */
export function withOwnPaths(message: string): string {
  return message.replaceAll(`${projectRoot}/`, "").replaceAll(`${libraryRoot}/`, "");
}

/** Is it a file of a package, or of Sequitur or TypeScript itself? Those are not the author's. */
export function isOfPackage(path: string): boolean {
  return path.includes("/node_modules/");
}

export class ProjectFiles extends InMemoryFileSystemHost {
  readonly #host: CompilerHost;
  readonly #library: LibraryFiles;

  constructor(host: CompilerHost, library: LibraryFiles) {
    super();
    this.#host = host;
    this.#library = library;
  }

  override fileExistsSync(path: string): boolean {
    return this.#exists(path) === "file";
  }

  override directoryExistsSync(path: string): boolean {
    return this.#exists(path) === "folder";
  }

  override fileExists(path: string): Promise<boolean> {
    return Promise.resolve(this.fileExistsSync(path));
  }

  override directoryExists(path: string): Promise<boolean> {
    return Promise.resolve(this.directoryExistsSync(path));
  }

  override readFileSync(path: string): string {
    // TypeScript says of an empty file that it is no module, at the import of it.
    return this.#text(path) ?? "";
  }

  override readFile(path: string): Promise<string> {
    return Promise.resolve(this.readFileSync(path));
  }

  override readDirSync(): ReturnType<InMemoryFileSystemHost["readDirSync"]> {
    return [];
  }

  override realpathSync(path: string): string {
    return path;
  }

  override getCurrentDirectory(): string {
    return projectRoot;
  }

  #exists(path: string): "file" | "folder" | "absent" {
    if (path.startsWith(`${libraryRoot}/`)) return this.#library.exists(path.slice(libraryRoot.length + 1));
    const known = hostPath(path);
    return known === undefined ? "absent" : this.#host.exists(known);
  }

  #text(path: string): string | undefined {
    if (path.startsWith(`${libraryRoot}/`)) return this.#library.readText(path.slice(libraryRoot.length + 1));
    const known = hostPath(path);
    const answer = known === undefined ? undefined : this.#host.readText(known);
    return answer?.kind === "text" ? answer.text : undefined;
  }
}
