// The language server over standard input and output. A part of its own, which `sequitur lsp` alone loads.
import { fileURLToPath, pathToFileURL } from "node:url";
import { dirname, relative, resolve, sep } from "node:path";
import { loadConfiguration } from "@sequitur/compiler";
import type { CheckOptions, CompilerHost } from "@sequitur/compiler";
import { startLanguageServer } from "@sequitur/editor/server";
import type { Disk } from "@sequitur/editor/server";
import { today } from "../lint/check-project.ts";
import { loadPlugins } from "../lint/load-plugins.ts";
import { diskHost } from "../project/disk-host.ts";
import { outermostProject } from "../project/find-root.ts";
import { findSources } from "../project/find-sources.ts";
import type { Surroundings } from "../surroundings.ts";
import { version } from "../version.ts";

export interface LanguageServerPart {
  serve(this: void, loadTypeScript: Surroundings["loadTypeScript"]): void;
}

/** Serves until the client ends the connection, and ends the process then, as the protocol wants it. */
export function serve(loadTypeScript: Surroundings["loadTypeScript"]): void {
  startLanguageServer(process.stdin, process.stdout, diskFor(loadTypeScript), version);
}

function diskFor(loadTypeScript: Surroundings["loadTypeScript"]): Disk {
  return {
    pathOf: (uri) => (uri.startsWith("file:") ? fileURLToPath(uri) : undefined),
    uriOf: (file) => pathToFileURL(file).href,
    rootOf: (file) => outermostProject(dirname(file)) ?? dirname(file),
    within: (root, file) => relative(root, file).split(sep).join("/"),
    file: (root, path) => resolve(root, path),
    host: (root) => diskHost(root, loadTypeScript),
    sources: (root) => findSources([root], root).projects.find((each) => each.root === root)?.paths ?? [],
    options: (root, host) => optionsFor(root, host),
  };
}

/** With the rules of the project's own; a linter outside is too slow to be asked at every key. */
function optionsFor(root: string, host: CompilerHost): CheckOptions {
  const { configuration } = loadConfiguration(host, "all.seq");
  return { today: today(), plugins: loadPlugins(configuration.plugins, root) };
}
