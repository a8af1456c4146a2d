// The projects that an editor has files open of: which file belongs where, and what the disk and the editor say of it.
import type { CheckOptions, CompilerHost } from "@sequitur/compiler";
import { Workspace } from "@sequitur/compiler";
import { lineMap } from "@sequitur/grammar";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { EditorProject } from "../document.ts";

/** What the server needs of the machine. Paths of files are absolute; those of sources are relative to a root. */
export interface Disk {
  /** Undefined: it names no file on this machine. */
  pathOf(this: void, uri: string): string | undefined;
  uriOf(this: void, file: string): string;
  /** The folder that the file's project starts at. */
  rootOf(this: void, file: string): string;
  /** The path of a file relative to a root, with forward slashes. */
  within(this: void, root: string, file: string): string;
  /** The file that a path relative to a root means. */
  file(this: void, root: string, path: string): string;
  /** A host that reads everything anew. */
  host(this: void, root: string): CompilerHost;
  /** All sources of the project. */
  sources(this: void, root: string): readonly string[];
  options(this: void, root: string, host: CompilerHost): CheckOptions;
}

/** A file of a project, by its place in there. */
export interface Place {
  readonly project: OpenProject;
  readonly path: string;
}

export interface OpenProject extends EditorProject {
  readonly root: string;
  /** Files that the editor has open, with the names that it gave them. */
  readonly open: Map<string, string>;
  /** Reads everything on the disk again. */
  refresh(this: void): void;
}

export class Projects {
  readonly #disk: Disk;
  readonly #byRoot = new Map<string, OpenProject>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  all(): Iterable<OpenProject> {
    return this.#byRoot.values();
  }

  /** Where the file with this name belongs; its project is opened with the first of its files. */
  placeOf(uri: string): Place | undefined {
    const file = this.#disk.pathOf(uri);
    if (file === undefined || !file.endsWith(".seq")) return undefined;
    const root = this.#disk.rootOf(file);
    const project = this.#byRoot.get(root) ?? this.#openProject(root);
    return { project, path: this.#disk.within(root, file) };
  }

  #openProject(root: string): OpenProject {
    const disk = this.#disk;
    let current = disk.host(root);
    const host: CompilerHost = {
      readText: (path) => current.readText(path),
      exists: (path) => current.exists(path),
      readContent: (path) => current.readContent(path),
      list: (folder) => current.list(folder),
      typescript: () => current.typescript?.(),
    };
    const workspace = new Workspace(host, disk.options(root, host));
    workspace.include(disk.sources(root));
    const open = new Map<string, string>();
    const project: OpenProject = {
      root,
      workspace,
      host,
      open,
      uriOf: (path) => open.get(path) ?? disk.uriOf(disk.file(root, path)),
      refresh: () => {
        current = disk.host(root);
        workspace.hostChanged();
        workspace.include(disk.sources(root));
      },
    };
    this.#byRoot.set(root, project);
    return project;
  }
}

/** Opens a document under the name that the editor gave it. */
export function openDocument({ project, path }: Place, uri: string, text: string, version: number): void {
  project.open.set(path, uri);
  project.workspace.open(path, text, version);
}

/** Each change counts on the text that the ones before it have left. */
export function changeDocument(
  { project, path }: Place,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): void {
  const { workspace } = project;
  for (const change of changes) {
    const text = workspace.document(path)?.text;
    if (text === undefined) return;
    if (!("range" in change)) {
      workspace.change(path, [{ start: 0, end: text.length, text: change.text }], version);
      continue;
    }
    const lines = lineMap(text);
    const offset = ({ line, character }: { readonly line: number; readonly character: number }): number =>
      lines.offsetAt({ line: line + 1, column: character + 1 });
    const { start, end } = change.range;
    workspace.change(path, [{ start: offset(start), end: offset(end), text: change.text }], version);
  }
}

export function closeDocument({ project, path }: Place): void {
  project.workspace.close(path);
  project.open.delete(path);
}
