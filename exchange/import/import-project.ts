// Many files to one project: each sequence a file, what they share in files of their own, the origins beside them, and a report.
// All or nothing: if one file can't be read, nothing comes out.
import { invariant, lineMap, parse, print } from "@sequitur/grammar";
import type { Dialect, ForeignDocument } from "../foreign/model.ts";
import { readDocument } from "../foreign/read-document.ts";
import { originMap } from "../origin/origin-map.ts";
import { decodeXml } from "../xml/decode.ts";
import { encodeXml } from "../xml/decode.ts";
import type { XmlEncoding } from "../xml/decode.ts";
import { importSequence, sequenceDeclaration } from "./import-sequence.ts";
import type { ImportCounts, Preserved } from "./import-sequence.ts";
import { importReport } from "./import-report.ts";
import { ImportNames, Variables } from "./names.ts";
import { redact } from "./redact.ts";
import { docLines, fileNameOf, identifierOf, keyText, literal, nameText } from "./source-text.ts";
import type { FoundSecret, ImportedFile, SequenceImport } from "./step-text.ts";

export interface ImportInput {
  /** As it is shown to people. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ImportProblem {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface PreservedPart extends Omit<Preserved, "offset"> {
  readonly line: number;
}

export interface ImportedSequence {
  /** The file that it came from. */
  readonly from: string;
  /** Its source, in the project. */
  readonly path: string;
  readonly title: string;
  readonly dialect: Dialect;
  readonly counts: ImportCounts;
  readonly preserved: readonly PreservedPart[];
  readonly secrets: readonly FoundSecret[];
  /** Steps whose command looks as if it held a password. */
  readonly suspicious: readonly string[];
}

export interface ProjectFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ImportedProject {
  readonly files: readonly ProjectFile[];
  readonly sequences: readonly ImportedSequence[];
  /** Files that are XML and hold no sequence, with what they are. */
  readonly skipped: readonly { readonly path: string; readonly is: string }[];
  readonly problems: readonly ImportProblem[];
}

interface Source {
  readonly path: string;
  readonly text: string;
  readonly encoding: XmlEncoding;
  readonly document: ForeignDocument;
  readonly secrets: readonly FoundSecret[];
  readonly title: string;
  readonly fileName: string;
  readonly name: string;
}

export function importProject(inputs: readonly ImportInput[]): ImportedProject {
  const problems: ImportProblem[] = [];
  const skipped: { readonly path: string; readonly is: string }[] = [];
  const names = new ImportNames();
  const fileNames = new Set<string>();
  const sources: Source[] = [];
  for (const input of inputs) {
    const read = readInput(input);
    if (read.kind === "problem") problems.push(read.problem);
    else if (read.kind === "other") skipped.push({ path: input.path, is: read.is });
    else sources.push(named(read, names, fileNames));
  }
  if (problems.length > 0 || sources.length === 0) return { files: [], sequences: [], skipped, problems };
  return written(sources, skipped, names);
}

type ReadInput =
  | { readonly kind: "problem"; readonly problem: ImportProblem }
  | { readonly kind: "other"; readonly is: string }
  | ({ readonly kind: "source" } & Omit<Source, "title" | "fileName" | "name">);

function readInput({ path, bytes }: ImportInput): ReadInput {
  const decoded = decodeXml(bytes);
  if (decoded.kind === "problem") return problemAt(path, "", decoded.problem);
  const { text, encoding } = decoded;
  const first = readDocument(text);
  if (first.kind === "problem") return problemAt(path, text, first.problem);
  if (first.kind === "other") return first;
  const redacted = redact(text, first.document.sequence);
  const { secrets } = redacted;
  if (secrets.length === 0) return { kind: "source", path, text, encoding, document: first.document, secrets };
  const again = readDocument(redacted.text);
  invariant(again.kind === "document", "a file without its secrets is a file still");
  return { kind: "source", path, text: redacted.text, encoding, document: again.document, secrets };
}

function problemAt(path: string, text: string, { offset, message }: { offset: number; message: string }): ReadInput {
  const { line, column } = lineMap(text).positionAt(Math.min(offset, text.length));
  return { kind: "problem", problem: { path, line, column, message } };
}

/** MDT keeps each sequence in a folder of its own, always as ts.xml; exports keep them as object.xml. */
function named(read: Extract<ReadInput, { kind: "source" }>, names: ImportNames, fileNames: Set<string>): Source {
  const parts = read.path.replaceAll("\\", "/").split("/");
  const file = (parts.at(-1) ?? "").replace(/\.xml$/i, "");
  const fromPath = /^(ts|object)$/i.test(file) ? (parts.at(-2) ?? file) : file;
  const title = read.document.name ?? fromPath;
  const base = fileNameOf(title, "sequence");
  let fileName = base;
  for (let count = 2; fileNames.has(fileName); count++) fileName = `${base}-${count}`;
  fileNames.add(fileName);
  return { ...read, title, fileName, name: names.unique(identifierOf(title, "sequence")) };
}

interface Drafted {
  readonly source: Source;
  readonly variables: Variables;
  readonly body: string;
  readonly ctx: SequenceImport;
  readonly imported: ImportedSequence;
}

function written(sources: readonly Source[], skipped: ImportedProject["skipped"], names: ImportNames): ImportedProject {
  const externs = new Map<string, { readonly name: string; readonly title: string }>();
  const byId = new Map(
    sources.flatMap(({ document, name }) => (document.id === undefined ? [] : [[document.id, name]])),
  );
  const callable = (id: string, title: string): string => {
    const own = byId.get(id);
    if (own !== undefined) return own;
    const known = externs.get(id);
    if (known !== undefined) return known.name;
    const name = names.unique(identifierOf(title, "child"));
    externs.set(id, { name, title });
    return name;
  };
  // Variables keep their names, so they are known before anything gets one of ours.
  for (const { document } of sources) for (const name of variableNames(document)) names.take(name);
  const drafted = sources.map((source) => draft(source, names, callable));
  const paths = new Map(sources.map(({ name, fileName }) => [name, `./${fileName}.seq`]));
  const files: ProjectFile[] = [];
  const add = (path: string, text: string): void => void files.push({ path, bytes: new TextEncoder().encode(text) });
  for (const { source, ctx, body, variables, imported } of drafted) {
    const text = printed(imported.path, sequenceFile(source, ctx, variables, body, paths));
    add(imported.path, text);
    for (const file of ctx.files) add(file.path, file.text);
    files.push({ path: `origin/${source.fileName}.xml`, bytes: encodeXml(source.text, source.encoding) });
    const scripts = new Map(ctx.files.map((file) => [`../${file.path}`, file.text]));
    add(
      `origin/${source.fileName}.json`,
      `${JSON.stringify(originMap(parse(text, imported.path).tree, scripts), null, 1)}\n`,
    );
  }
  const content = contentFile(names, externs);
  if (content !== "") add("content.seq", printed("content.seq", content));
  const sequences = drafted.map(({ imported }) => imported);
  add("sequitur.json", "{}\n");
  add("import-report.md", importReport(sequences, skipped));
  return { files, sequences, skipped, problems: [] };
}

function draft(source: Source, names: ImportNames, callable: SequenceImport["callable"]): Drafted {
  const variables = new Variables(names);
  const ctx: SequenceImport = {
    names,
    variables,
    fileName: source.fileName,
    files: [],
    used: { contents: new Set(), accounts: new Set(), sequences: new Set() },
    secrets: new Map(),
    callable,
  };
  const { body, preserved, counts } = importSequence(source.document, ctx);
  const lines = lineMap(source.text);
  const imported: ImportedSequence = {
    from: source.path,
    path: `sequences/${source.fileName}.seq`,
    title: source.title,
    dialect: source.document.sequence.dialect,
    counts,
    preserved: preserved.map(({ kind, name, offset, why }) => ({
      kind,
      name,
      why,
      line: lines.positionAt(offset).line,
    })),
    secrets: source.secrets,
    suspicious: suspiciousSteps(source.document),
  };
  return { source, variables, body, ctx, imported };
}

function sequenceFile(
  source: Source,
  ctx: SequenceImport,
  variables: Variables,
  body: string,
  paths: ReadonlyMap<string, string>,
): string {
  const { contents, accounts, sequences } = ctx.used;
  const own = [...sequences].filter((name) => paths.has(name) && name !== source.name);
  const shared = [...contents, ...accounts, ...[...sequences].filter((name) => !paths.has(name))].sort();
  const imports = [
    ...(shared.length === 0 ? [] : [`import { ${shared.map(nameText).join(", ")} } from "../content.seq"`]),
    ...own.map((name) => `import { ${nameText(name)} } from ${literal(paths.get(name) ?? "")}`),
  ];
  const head = [
    ...[...ctx.secrets.keys()].map((name) => `secret ${nameText(name)}: string`),
    ...variables.declarations(),
  ];
  const declaration = sequenceDeclaration(source.name, source.title, head, body);
  return `${imports.join("\n")}\n\n${docLines(source.document.description)}${declaration}\n`;
}

function contentFile(names: ImportNames, externs: ReadonlyMap<string, { name: string; title: string }>): string {
  const contents = [...names.contents.values()].map(
    ({ kind, name, id }) => `${kind} ${nameText(name)} ${literal(`configmgr:${id}`)}`,
  );
  const accounts = [...names.accounts.values()].map(
    ({ name, user, environment }) =>
      `account ${nameText(name)} { ${keyText("user")}: ${literal(user)}, password: env(${literal(environment)}) }`,
  );
  const children = [...externs].map(
    ([id, { name, title }]) => `${docLines(title)}extern sequence ${nameText(name)} ${literal(`configmgr:${id}`)}`,
  );
  return [...contents, ...accounts, ...children].join("\n");
}

function printed(path: string, text: string): string {
  const parsed = parse(text, path);
  const [problem] = parsed.diagnostics.filter(({ severity }) => severity === "error");
  invariant(
    problem === undefined,
    `imported text can be parsed: ${problem?.message ?? ""} ${text.slice(Math.max(0, (problem?.start ?? 0) - 80), (problem?.start ?? 0) + 80)}`,
  );
  return print(parsed);
}

/** Every name that occurs where a variable can, whether it is one or not. */
function* variableNames({ sequence }: ForeignDocument): Iterable<string> {
  const waiting = [sequence.element];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    for (const child of element.children) {
      if (child.kind === "element") waiting.push(child);
      else if (child.kind === "text") {
        for (const [, name] of child.value.matchAll(/%(\w+)%/g)) if (name !== undefined) yield name;
        if (/^\w{1,100}$/.test(child.value)) yield child.value;
        for (const [, name] of child.value.matchAll(/\bName="(\w+)"/g)) if (name !== undefined) yield name;
        for (const [, name] of child.value.matchAll(/name="Variable"[^>]*>(\w+)</g)) if (name !== undefined) yield name;
      }
    }
  }
}

/** A password in a command can't be told from other text: what looks like one is for people to judge. */
function suspiciousSteps({ sequence }: ForeignDocument): readonly string[] {
  const found: string[] = [];
  const waiting = [...sequence.children].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "group") waiting.push(...[...node.children].reverse());
    else if (!/^OSDBitLocker/i.test(node.action) && /(password|passwd|pwd)\s*[=:\s]\s*"?[^\s"%$]/i.test(node.action))
      found.push(node.name);
  }
  return found;
}

export type { ImportedFile };
