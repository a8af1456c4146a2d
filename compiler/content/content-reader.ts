// Reads the content that a plan refers to through the host and makes its manifest: files, sizes, hashes, one digest. Each piece
// is read once. Comparing with sequitur.lock is lock.ts.
import { createDiagnostic } from "@sequitur/grammar";
import type { ContentDeclaration, Diagnostic, Span } from "@sequitur/grammar";
import { contentDigestOf, contentPathKey, contentPathProblem, limits, sha256 } from "@sequitur/runtime/plan";
import type { PlanContent, PlanFile, PlanModule } from "@sequitur/runtime/plan";
import { contentAddress, fileNameOf, resolvePath } from "../bind/project-path.ts";
import { contentDiagnostics } from "../diagnostics/content.ts";
import { typescriptDiagnostics } from "../diagnostics/typescript.ts";
import type { CompilerHost, ContentFile } from "../host.ts";
import type { ContentReader } from "../lower/lower-program.ts";
import type { Module } from "../model/module.ts";
import type { ContentSymbol, ScriptActionSymbol } from "../model/symbol.ts";

/** Where an object of another system lies: `configmgr:ABC00012` → a path, from `content` in sequitur.json. */
export type ContentPlaces = ReadonlyMap<string, string>;

/** A piece of content that was hashed, and where it is declared. */
export interface ReadContent {
  readonly content: PlanContent;
  readonly file: string;
  readonly place: Span;
  readonly pinned: boolean;
}

export class HashingContentReader implements ContentReader {
  /** In order of first use. */
  readonly read: ReadContent[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly host: CompilerHost;
  private readonly places: ContentPlaces;
  private readonly files = new Map<string, PlanContent>();
  private readonly isPinned: (symbol: ContentSymbol) => boolean;

  constructor(host: CompilerHost, places: ContentPlaces, isPinned: (symbol: ContentSymbol) => boolean) {
    this.host = host;
    this.places = places;
    this.isPinned = isPinned;
  }

  declared(symbol: ContentSymbol): PlanContent {
    const { node, module } = symbol;
    const place = node.source;
    const written = node.source.kind === "missing" ? "" : node.source.parts.map(textOf).join("");
    const source = this.placeOf(module, written);
    if (source === undefined) return { name: symbol.name, kind: node.contentKind, source: written, files: [] };
    return this.take(module, symbol.name, node.contentKind, source, place, this.isPinned(symbol));
  }

  file(module: Module, path: string, place: Span): PlanContent {
    const source = resolvePath(module.path, path);
    const known = this.files.get(source);
    if (known !== undefined) return known;
    const content = this.take(module, fileNameOf(source), "file", source, place, false);
    this.files.set(source, content);
    return content;
  }

  bundle(path: string, symbol: ScriptActionSymbol): PlanModule {
    const answer = this.host.typescript?.()?.bundle(path) ?? { kind: "failed", why: "nothing here can bundle it" };
    if (answer.kind === "module" && answer.text.length <= limits.stringLength) {
      return { source: path, sha256: sha256(answer.text), text: answer.text };
    }
    const { start, end } = symbol.nameNode ?? symbol.node.source;
    const place = { file: symbol.module.path, start, end };
    this.diagnostics.push(
      answer.kind === "failed"
        ? createDiagnostic(typescriptDiagnostics.SEQ2158, answer.at ?? place, { path, why: answer.why })
        : createDiagnostic(typescriptDiagnostics.SEQ2159, place, { path, length: answer.text.length }),
    );
    return { source: path, sha256: sha256(""), text: "" };
  }

  /** Where the bytes are, as the host finds them; undefined: in another system, out of reach. */
  private placeOf(module: Module, written: string): string | undefined {
    const mapped = this.places.get(written);
    if (mapped !== undefined) return mapped;
    const address = contentAddress(module.path, written);
    if (address.kind === "object") return undefined;
    return address.kind === "local" ? address.path : address.text;
  }

  private take(
    module: Module,
    name: string,
    kind: ContentDeclaration["contentKind"],
    source: string,
    place: Span,
    pinned: boolean,
  ): PlanContent {
    const nothing: PlanContent = { name, kind, source, files: [] };
    const at = { file: module.path, start: place.start, end: place.end };
    const answer = this.host.readContent(source);
    if (answer.kind === "absent") {
      this.diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7001, at, { kind, name, path: source }));
      return nothing;
    }
    const why = answer.kind === "unreadable" ? answer.why : unfit(kind, answer.kind);
    if (why !== undefined) {
      this.diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7002, at, { kind, name, why }));
      return nothing;
    }
    const files = answer.kind === "file" ? [answer.file] : answer.kind === "folder" ? answer.files : [];
    const manifest = manifestOf(files);
    for (const { path, problem } of pathProblems(manifest)) {
      this.diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7003, at, { name, path, problem }));
    }
    const content = { ...nothing, digest: contentDigestOf(manifest), files: manifest };
    this.read.push({ content, file: module.path, place, pinned });
    return content;
  }
}

function textOf(
  part: { readonly kind: "stringText"; readonly value: string } | { readonly kind: "interpolation" },
): string {
  return part.kind === "stringText" ? part.value : "";
}

/** A package and an application are folders, a file is a file; an image may be either. */
function unfit(kind: ContentDeclaration["contentKind"], found: "folder" | "file"): string | undefined {
  if ((kind === "package" || kind === "application") && found === "file")
    return `a file lies there, and a ${kind} is a folder`;
  return kind === "file" && found === "folder" ? "a folder lies there" : undefined;
}

/** The same list whatever order the host gives. */
function manifestOf(files: readonly ContentFile[]): readonly PlanFile[] {
  return files
    .map(({ path, size, sha256, executable }) => ({ path, size, sha256, executable }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function pathProblems(files: readonly PlanFile[]): readonly { readonly path: string; readonly problem: string }[] {
  const problems: { path: string; problem: string }[] = [];
  const keys = new Map<string, string>();
  for (const { path } of files) {
    const problem = contentPathProblem(path);
    const twin = keys.get(contentPathKey(path));
    if (problem !== null) problems.push({ path, problem });
    else if (twin !== undefined) problems.push({ path, problem: `differs from "${twin}" in case only` });
    keys.set(contentPathKey(path), path);
  }
  return problems;
}
