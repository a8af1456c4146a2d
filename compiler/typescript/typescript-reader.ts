// Reads TypeScript files of a project: what they export as actions, and what TypeScript itself finds in them. They are always
// read strictly: what may be left out is decided by the types, and without strictness every type may.
import { Project, ts } from "ts-morph";
import type { SourceFile } from "ts-morph";
import { createDiagnostic } from "@sequitur/grammar";
import type { Diagnostic } from "@sequitur/grammar";
import { typescriptDiagnostics } from "../diagnostics/typescript.ts";
import type { CompilerHost, TypeScriptReader } from "../host.ts";
import type { ScriptExport, ScriptFile } from "../model/project-action.ts";
import { hostPath, isOfPackage, libraryRoot, ProjectFiles, typescriptPath, withOwnPaths } from "./project-files.ts";
import type { LibraryFiles } from "./project-files.ts";
import { readExport } from "./read-action.ts";

/** Findings of TypeScript beyond these are left out, of each file: most are echoes of the first. */
const mostErrors = 20;

/** Answers are kept: a file is read once. */
export function createTypeScriptFiles(host: CompilerHost, library: LibraryFiles): Pick<TypeScriptReader, "read"> {
  const read = new Map<string, ScriptFile>();
  const reported = new Set<string>();
  let project: Project | undefined;
  return {
    read(path) {
      const known = read.get(path);
      if (known !== undefined) return known;
      project ??= openProject(host, library);
      const file = readFile(project, path, reported);
      read.set(path, file);
      return file;
    },
  };
}

function openProject(host: CompilerHost, library: LibraryFiles): Project {
  // The project's own types of Node.js, where it has some: two versions would contradict each other.
  const hasTypes = host.exists("node_modules/@types/node/index.d.ts") === "file";
  return new Project({
    fileSystem: new ProjectFiles(host, library),
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      lib: ["lib.es2023.d.ts"],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      esModuleInterop: true,
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      types: ["node"],
      typeRoots: hasTypes ? [typescriptPath("node_modules/@types")] : [`${libraryRoot}/@types`],
      paths: {
        "@sequitur/sdk": [`${libraryRoot}/@sequitur/sdk/index.ts`],
        "@sequitur/sdk/testing": [`${libraryRoot}/@sequitur/sdk/testing.ts`],
      },
    },
  });
}

function readFile(project: Project, path: string, reported: Set<string>): ScriptFile {
  const file = project.addSourceFileAtPath(typescriptPath(path));
  const diagnostics: Diagnostic[] = [];
  for (const part of filesOf(file)) {
    if (reported.has(part.getFilePath())) continue;
    reported.add(part.getFilePath());
    diagnostics.push(...outsideImports(part), ...errorsIn(project, part));
  }
  const exports = new Map<string, ScriptExport>();
  // What TypeScript has errors for has no types to rely on.
  const isRead = diagnostics.length === 0;
  for (const symbol of file.getExportSymbols()) {
    const found = isRead ? readExport(path, file, symbol) : ({ kind: "unfit", diagnostics: [] } as const);
    if (found !== undefined && symbol.getName() !== "default") exports.set(symbol.getName(), found);
  }
  return { exports, diagnostics };
}

/** The file and all that it imports of the project, in the order of the imports. */
function filesOf(entry: SourceFile): readonly SourceFile[] {
  const files = new Set<SourceFile>([entry]);
  for (const file of files) {
    for (const imported of importsOf(file)) {
      if (imported.file !== undefined && isOfProject(imported.file)) files.add(imported.file);
    }
  }
  return [...files];
}

interface Import {
  readonly file: SourceFile | undefined;
  readonly start: number;
  readonly end: number;
}

function importsOf(file: SourceFile): readonly Import[] {
  const declarations = [...file.getImportDeclarations(), ...file.getExportDeclarations()];
  return declarations.flatMap((declaration) => {
    const specifier = declaration.getModuleSpecifier();
    if (specifier === undefined) return [];
    const place = { start: specifier.getStart(), end: specifier.getEnd() };
    return [{ file: declaration.getModuleSpecifierSourceFile(), ...place }];
  });
}

function isOfProject(file: SourceFile): boolean {
  const path = hostPath(file.getFilePath());
  return path !== undefined && !path.startsWith("../") && !isOfPackage(file.getFilePath());
}

function outsideImports(file: SourceFile): readonly Diagnostic[] {
  const inside = hostPath(file.getFilePath()) ?? "";
  return importsOf(file).flatMap(({ file: imported, start, end }) => {
    if (imported === undefined || isOfPackage(imported.getFilePath()) || isOfProject(imported)) return [];
    const path = hostPath(imported.getFilePath()) ?? imported.getBaseName();
    return [createDiagnostic(typescriptDiagnostics.SEQ2155, { file: inside, start, end }, { path })];
  });
}

function errorsIn(project: Project, file: SourceFile): readonly Diagnostic[] {
  const path = hostPath(file.getFilePath()) ?? "";
  const program = project.getProgram().compilerObject;
  const found = [
    ...program.getSyntacticDiagnostics(file.compilerNode),
    ...program.getSemanticDiagnostics(file.compilerNode),
  ];
  return found.slice(0, mostErrors).map(({ start = 0, length = 0, messageText }) => {
    const lines = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n").slice(0, 3);
    const message = withOwnPaths(lines.map((line) => line.trim().replace(/\.$/, "")).join("; "));
    return createDiagnostic(typescriptDiagnostics.SEQ2150, { file: path, start, end: start + length }, { message });
  });
}
