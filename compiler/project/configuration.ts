// The configuration that holds for a source file: every sequitur.json from the project's root down to the file's folder,
// merged from outer to inner, with where each value comes from. Reads through the host; what the settings do is elsewhere.
import { createDiagnostic, didYouMean } from "@sequitur/grammar";
import type { Declared, Diagnostic, Severity } from "@sequitur/grammar";
import { folderOf, resolvePath } from "../bind/project-path.ts";
import { contentDiagnostics } from "../diagnostics/content.ts";
import type { CompilerHost } from "../host.ts";
import { configurationSchema } from "./configuration-schema.ts";
import type { SettingSchema } from "./configuration-schema.ts";
import { plainJson, readJson } from "./json-text.ts";
import type { JsonNode, JsonPlace } from "./json-text.ts";

export const configurationFileName = "sequitur.json";

export type RuleSetting = Severity | "off";

/** A rule as configured, and where: for findings about the setting itself. */
export interface ConfiguredRule {
  /** Absent: options alone are set. */
  readonly setting?: RuleSetting;
  /** By name; those of files further in win one by one. */
  readonly options: ReadonlyMap<string, ConfiguredOption>;
  readonly file: string;
  readonly place: JsonPlace;
}

export interface ConfiguredOption {
  /** Plain JSON. */
  readonly value: unknown;
  readonly file: string;
  readonly place: JsonPlace;
  readonly namePlace: JsonPlace;
}

/** A module with rules of the project's own. */
export interface ConfiguredPlugin {
  /** As written. */
  readonly name: string;
  /** The configuration that names it: paths start there, packages are looked for from there. */
  readonly file: string;
  readonly place: JsonPlace;
}

export interface Configuration {
  readonly language: 1;
  /** By code or name, as written. */
  readonly rules: ReadonlyMap<string, ConfiguredRule>;
  /** Paths relative to the host's root, by object: `configmgr:ABC00012`. */
  readonly content: ReadonlyMap<string, string>;
  /** Paths relative to the host's root, outer files first. */
  readonly catalogues: readonly string[];
  readonly targets: readonly ("configmgr" | "mdt")[];
  /** Outer files first. */
  readonly plugins: readonly ConfiguredPlugin[];
}

/** One value of the result: its name (`rules.SEQ8003`), and the file that says it; absent: nothing does, it is the default. */
export interface SettingOrigin {
  readonly name: string;
  readonly value: unknown;
  readonly file?: string;
}

export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly origins: readonly SettingOrigin[];
  /** The files that were read, outer first. */
  readonly files: readonly string[];
  /** Folder of the outermost file that counts: the project's root. `.` where there is none. */
  readonly root: string;
  readonly diagnostics: readonly Diagnostic[];
}

interface Merge {
  readonly rules: Map<string, ConfiguredRule>;
  readonly content: Map<string, string>;
  readonly catalogues: string[];
  targets: readonly ("configmgr" | "mdt")[];
  readonly plugins: ConfiguredPlugin[];
  readonly extended: string[];
  /** Files that were merged on the way here, so that a circle ends. */
  readonly merging: Set<string>;
  /** How many files were asked for by `extends`. */
  asked: number;
  readonly host: CompilerHost;
  readonly origins: Map<string, SettingOrigin>;
  readonly diagnostics: Diagnostic[];
}

/** The configuration for the file (or folder) at `path`. Looks no further out than the host's root. */
export function loadConfiguration(host: CompilerHost, path: string): LoadedConfiguration {
  const merge: Merge = {
    rules: new Map(),
    content: new Map(),
    catalogues: [],
    targets: [],
    plugins: [],
    extended: [],
    merging: new Set(),
    asked: 0,
    host,
    origins: new Map(),
    diagnostics: [],
  };
  for (const [name, setting] of Object.entries(configurationSchema.properties)) {
    if ("default" in setting && name !== "root") merge.origins.set(name, { name, value: setting.default });
  }
  const found = readFiles(host, path, merge.diagnostics);
  for (const { file, root } of found) mergeFile(merge, file, root);
  return {
    configuration: {
      language: 1,
      rules: merge.rules,
      content: merge.content,
      catalogues: merge.catalogues,
      targets: merge.targets,
      plugins: merge.plugins,
    },
    origins: [...merge.origins.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    files: found.map(({ file }) => file),
    root: found[0] === undefined ? "." : folderOf(found[0].file),
    diagnostics: merge.diagnostics,
  };
}

interface ConfigurationFile {
  readonly file: string;
  readonly root: JsonNode;
}

/** From the folder outwards up to the host's root or a file with `root: true`; given back outer first. */
function readFiles(host: CompilerHost, path: string, diagnostics: Diagnostic[]): readonly ConfigurationFile[] {
  const files: ConfigurationFile[] = [];
  const start = host.exists(path) === "folder" ? path : folderOf(path);
  for (let folder = start; !folder.startsWith(".."); folder = folderOf(folder)) {
    const file = folder === "." ? configurationFileName : `${folder}/${configurationFileName}`;
    const read = readFile(host, file, diagnostics);
    if (read !== undefined) files.push(read);
    if (folder === "." || (read !== undefined && isRoot(read.root))) break;
  }
  return files.reverse();
}

function readFile(host: CompilerHost, file: string, diagnostics: Diagnostic[]): ConfigurationFile | undefined {
  const answer = host.readText(file);
  if (answer.kind === "absent" || answer.kind === "folder") return undefined;
  const reading = answer.kind === "text" ? readJson(answer.text) : { why: answer.why, place: { start: 0, end: 0 } };
  if ("root" in reading) {
    checkSettings(file, reading.root, configurationSchema, "", diagnostics);
    return { file, root: reading.root };
  }
  diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7101, { file, ...reading.place }, { why: reading.why }));
  return undefined;
}

function isRoot(node: JsonNode): boolean {
  return (
    node.kind === "object" &&
    node.members.some(({ name, value }) => name === "root" && value.kind === "boolean" && value.value)
  );
}

// ---- Checking -------------------------------------------------------------------------------------------------------

function checkSettings(
  file: string,
  node: JsonNode,
  schema: SettingSchema,
  name: string,
  diagnostics: Diagnostic[],
): void {
  const report = <A>(declaration: Declared<A>, place: JsonPlace, args: A, hint?: string): void => {
    const location = { file, start: place.start, end: place.end };
    diagnostics.push(createDiagnostic(declaration, location, args, hint === undefined ? {} : { hint }));
  };
  const alternative = schema.anyOf?.find((each) => each.type === jsonTypes[node.kind]) ?? schema.anyOf?.[0];
  if (alternative !== undefined) return checkSettings(file, node, alternative, name, diagnostics);
  const problem = kindProblem(node, schema);
  if (problem !== undefined) {
    return report(contentDiagnostics.SEQ7103, node, {
      name: name === "" ? configurationFileName : name,
      expected: problem,
    });
  }
  if (node.kind === "list" && schema.items !== undefined) {
    for (const item of node.items) checkSettings(file, item, schema.items, name, diagnostics);
  }
  if (node.kind !== "object") return;
  const known = schema.properties ?? {};
  for (const member of node.members) {
    const own = Object.hasOwn(known, member.name) ? known[member.name] : schema.additionalProperties;
    if (own === undefined || own === false) {
      const meant = didYouMean(member.name, Object.keys(known));
      const where = name === "" ? configurationFileName : name;
      const hint = meant === undefined ? undefined : `did you mean "${meant}"?`;
      report(contentDiagnostics.SEQ7102, member.namePlace, { name: member.name, where }, hint);
    } else checkSettings(file, member.value, own, name === "" ? member.name : `${name}.${member.name}`, diagnostics);
  }
}

const jsonTypes: { readonly [K in JsonNode["kind"]]: SettingSchema["type"] } = {
  string: "string",
  number: "integer",
  boolean: "boolean",
  null: undefined,
  list: "array",
  object: "object",
};

/** What the value should be instead; undefined: it is. */
function kindProblem(node: JsonNode, schema: SettingSchema): string | undefined {
  if (schema.enum !== undefined) {
    const value = node.kind === "string" || node.kind === "number" ? node.value : undefined;
    if (value !== undefined && schema.enum.includes(value)) return undefined;
    const words = schema.enum.map((each) => JSON.stringify(each));
    return words.length === 1 ? String(words[0]) : `one of ${words.join(", ")}`;
  }
  switch (schema.type) {
    case "object":
      return node.kind === "object" ? undefined : "an object: `{ … }`";
    case "array":
      return node.kind === "list" ? undefined : "a list: `[ … ]`";
    case "string":
      return node.kind === "string" ? undefined : "a text in double quotes";
    case "integer":
      return node.kind === "number" && Number.isInteger(node.value) ? undefined : "a whole number";
    case "boolean":
      return node.kind === "boolean" ? undefined : "true or false";
    case undefined:
      return undefined;
  }
}

// ---- Merging --------------------------------------------------------------------------------------------------------

/** A value of the wrong kind was reported and counts as not there. */
function mergeFile(merge: Merge, file: string, root: JsonNode): void {
  mergeExtended(merge, file, root);
  for (const { name, value } of root.kind === "object" ? root.members : []) {
    switch (name) {
      case "rules":
        mergeRules(merge, file, value);
        break;
      case "content":
        mergeContent(merge, file, value);
        break;
      case "catalogues":
        for (const path of stringsIn(value)) merge.catalogues.push(resolvePath(file, path));
        note(merge, "catalogues", [...merge.catalogues], file);
        break;
      case "targets":
        merge.targets = stringsIn(value).filter((target) => target === "configmgr" || target === "mdt");
        note(merge, "targets", merge.targets, file);
        break;
      case "plugins":
        for (const item of value.kind === "list" ? value.items : []) {
          if (item.kind === "string") merge.plugins.push({ name: item.value, file, place: item });
        }
        note(
          merge,
          "plugins",
          merge.plugins.map((plugin) => plugin.name),
          file,
        );
        break;
      case "language":
        if (value.kind === "number") note(merge, "language", plainJson(value), file);
        break;
      default:
        break;
    }
  }
}

function note(merge: Merge, name: string, value: unknown, file: string): void {
  merge.origins.set(name, { name, value, file });
}

/** So many files may come before a configuration: two that are extended twice each, and so on, would soon be too many. */
const mostExtended = 100;

/** What a file extends comes before it. */
function mergeExtended(merge: Merge, file: string, root: JsonNode): void {
  const member = root.kind === "object" ? root.members.findLast(({ name }) => name === "extends") : undefined;
  if (member?.value.kind !== "list") return;
  merge.merging.add(file);
  for (const item of member.value.items) {
    if (item.kind !== "string" || merge.asked > mostExtended) continue;
    const place = { file, start: item.start, end: item.end };
    if (++merge.asked > mostExtended) {
      const why = `more than ${mostExtended} files are extended, one after another`;
      merge.diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7101, place, { why }));
      continue;
    }
    const found = extendedFile(merge.host, file, item.value);
    const read = found === undefined ? undefined : readFile(merge.host, found, merge.diagnostics);
    if (found === undefined) {
      merge.diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7106, place, { name: item.value }));
    } else if (merge.merging.has(found)) {
      merge.diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7107, place, { name: item.value }));
    } else if (read !== undefined) {
      mergeFile(merge, found, read.root);
      merge.extended.push(found);
      note(merge, "extends", [...merge.extended], file);
    }
  }
  merge.merging.delete(file);
}

/** How far out packages are looked for above the project. */
const outermost = 16;

/** A path, or the sequitur.json of a package in the nearest node_modules; undefined: nothing lies there. */
function extendedFile(host: CompilerHost, file: string, name: string): string | undefined {
  if (/^\.\.?\//.test(name)) {
    const path = resolvePath(file, name);
    if (host.exists(path) === "folder") return existing(host, `${path}/${configurationFileName}`);
    return existing(host, path);
  }
  let folder = folderOf(file);
  for (let level = 0; level < outermost; level++) {
    const path = resolvePath(`${folder}/x`, `./node_modules/${name}/${configurationFileName}`);
    if (host.exists(path) === "file") return path;
    folder = folder === "." || folder.endsWith("..") ? resolvePath(`${folder}/x`, "..") : folderOf(folder);
  }
  return undefined;
}

function existing(host: CompilerHost, path: string): string | undefined {
  return host.exists(path) === "absent" ? undefined : path;
}

function mergeRules(merge: Merge, file: string, node: JsonNode): void {
  for (const { name, namePlace, value } of node.kind === "object" ? node.members : []) {
    const before = merge.rules.get(name);
    const member = (wanted: string): JsonNode | undefined =>
      value.kind === "object" ? value.members.findLast((each) => each.name === wanted)?.value : undefined;
    const setting = severityIn(value.kind === "string" ? value : member("severity"));
    const options = new Map(before?.options);
    const given = member("options");
    for (const option of given?.kind === "object" ? given.members : []) {
      const configured = { value: plainJson(option.value), file, place: option.value, namePlace: option.namePlace };
      options.set(option.name, configured);
      note(merge, `rules.${name}.options.${option.name}`, configured.value, file);
    }
    const kept = setting ?? before?.setting;
    // Deleted first: what is set last stands last, so that it wins over the same rule under its other name.
    merge.rules.delete(name);
    merge.rules.set(name, { ...(kept === undefined ? {} : { setting: kept }), options, file, place: namePlace });
    if (setting === undefined) continue;
    merge.origins.delete("rules");
    note(merge, `rules.${name}`, setting, file);
  }
}

function severityIn(node: JsonNode | undefined): RuleSetting | undefined {
  const text = node?.kind === "string" ? node.value : "";
  return text === "off" || text === "info" || text === "warning" || text === "error" ? text : undefined;
}

function mergeContent(merge: Merge, file: string, node: JsonNode): void {
  for (const { name, value } of node.kind === "object" ? node.members : []) {
    if (value.kind !== "string") continue;
    const path = resolvePath(file, value.value);
    merge.content.set(name, path);
    merge.origins.delete("content");
    note(merge, `content.${name}`, path, file);
  }
}

function stringsIn(node: JsonNode): readonly string[] {
  if (node.kind !== "list") return [];
  return node.items.flatMap((item) => (item.kind === "string" ? [item.value] : []));
}
