// The catalogues that a project's configuration names, by the file whose uses are looked up. Read at first need, each once.
import { createDiagnostic } from "@sequitur/grammar";
import type { Diagnostic } from "@sequitur/grammar";
import { folderOf } from "../bind/project-path.ts";
import { catalogueDiagnostics } from "../diagnostics/catalogues.ts";
import type { CompilerHost, FileAnswer } from "../host.ts";
import { loadConfiguration } from "../project/configuration.ts";
import type { CatalogueAction } from "./catalogue-action.ts";
import { readCatalogue } from "./catalogue-file.ts";
import { foreignActions } from "./foreign-actions.ts";

export interface ProjectCatalogue {
  readonly actions: ReadonlyMap<string, CatalogueAction>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads catalogues by their paths; an action that two of them declare is the first one's. */
export function readCatalogues(host: CompilerHost, paths: readonly string[]): ProjectCatalogue {
  const actions = new Map<string, CatalogueAction>();
  const diagnostics: Diagnostic[] = [];
  for (const path of new Set(paths)) {
    const answer = readOf(host, path);
    if (answer.kind !== "text") {
      const why =
        answer.kind === "absent" ? "there is no such file" : answer.kind === "folder" ? "it is a folder" : answer.why;
      const place = { file: path, start: 0, end: 0 };
      diagnostics.push(createDiagnostic(catalogueDiagnostics.SEQ7401, place, { path, why }));
      continue;
    }
    const read = readCatalogue(path, answer.text);
    diagnostics.push(...read.diagnostics);
    for (const action of read.actions) {
      const first = actions.get(action.name);
      if (first === undefined) actions.set(action.name, action);
      else if (action.at !== undefined) {
        const args = { name: action.name, why: `"${first.at?.file ?? ""}" declares it, too` };
        diagnostics.push(createDiagnostic(catalogueDiagnostics.SEQ7404, action.at, args));
      }
    }
  }
  return { actions, diagnostics };
}

/** A finding shows lines of the file that it is about: what is no catalogue by its name is not read. */
function readOf(host: CompilerHost, path: string): FileAnswer {
  return path.endsWith(".json") ? host.readText(path) : { kind: "unreadable", why: "its name must end in .json" };
}

/** Looks actions up that are not built in. */
export class Catalogues {
  readonly #host: CompilerHost;
  readonly #byFolder = new Map<string, ProjectCatalogue>();

  constructor(host: CompilerHost) {
    this.#host = host;
  }

  /** The action that a use in this file means; undefined: no catalogue has one. */
  find(file: string, name: string): CatalogueAction | undefined {
    return foreignActions.get(name) ?? this.#of(file).actions.get(name);
  }

  /** Could some catalogue of the file's project not be read? Then what it declares is unknown, which was reported. */
  isIncomplete(file: string): boolean {
    return this.#of(file).diagnostics.some(({ code }) => code === "SEQ7401");
  }

  /** All names that a use in this file could mean beside the built-in ones. */
  names(file: string): readonly string[] {
    return [...foreignActions.keys(), ...this.#of(file).actions.keys()];
  }

  #of(file: string): ProjectCatalogue {
    const folder = folderOf(file);
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const { configuration } = loadConfiguration(this.#host, file);
    const read = readCatalogues(this.#host, configuration.catalogues);
    this.#byFolder.set(folder, read);
    return read;
  }
}
