// Reads `// sequitur-ignore CODE until DATE: why` comments: what each silences, and where. Does not know what was found.
import { childrenOf, createDiagnostic, didYouMean } from "@sequitur/grammar";
import type { Declared, Diagnostic, DiagnosticCatalogue, Node, NodeKind, ParsedFile, Span } from "@sequitur/grammar";
import { suppressionDiagnostics } from "../diagnostics/suppressions.ts";

/** One code of one comment. */
export interface Suppression {
  readonly file: string;
  readonly code: string;
  /** As it was written: code or name. */
  readonly written: string;
  /** Where that stands. */
  readonly place: Span;
  /** The declaration, step or group: what lies in it is silent. */
  readonly covers: Span;
  /** Last day on which it counts, as 2027-01-31. */
  readonly until?: string;
  readonly reason: string;
  /** What to delete to be rid of it: the comment's whole line, or the code and its comma. */
  readonly removal: Span;
}

export interface ReadSuppressions {
  readonly suppressions: readonly Suppression[];
  readonly diagnostics: readonly Diagnostic[];
}

const marker = "sequitur-ignore";
const none: ReadSuppressions = { suppressions: [], diagnostics: [] };

/** All of one file; `catalogue`: every finding that there is. Costs a search in the text where there is none. */
export function readSuppressions(parsed: ParsedFile, catalogue: DiagnosticCatalogue): ReadSuppressions {
  if (!parsed.text.includes(marker)) return none;
  const comments: Span[] = [];
  /** Where the token behind each comment starts. */
  const followers: (number | undefined)[] = [];
  for (const token of parsed.tokens()) {
    if (token.kind === "whitespace" || token.kind === "newline") continue;
    if (token.kind === "comment" || token.kind === "docComment") {
      if (markerStart.test(parsed.text.slice(token.start, token.start + 200))) comments.push(token);
      continue;
    }
    while (followers.length < comments.length) followers.push(token.start);
  }
  if (comments.length === 0) return none;
  const covered = coverable(parsed);
  const reader: Reader = { parsed, codes: codesOf(catalogue), catalogue, suppressions: [], diagnostics: [] };
  for (const [index, comment] of comments.entries()) {
    const follower = followers[index];
    readComment(reader, comment, follower === undefined ? undefined : covered.get(follower));
  }
  return reader;
}

const markerStart = /^\/[/*]+\s*sequitur-ignore(?![\w-])/;

interface Reader {
  readonly parsed: ParsedFile;
  readonly codes: ReadonlyMap<string, string>;
  readonly catalogue: DiagnosticCatalogue;
  readonly suppressions: Suppression[];
  readonly diagnostics: Diagnostic[];
}

function readComment(reader: Reader, comment: Span, covers: Span | undefined): void {
  const { text } = reader.parsed;
  const written = text.slice(comment.start, comment.end);
  const why = misplaced(text, comment, written, covers);
  if (why !== undefined || covers === undefined) return malformed(reader, comment, why ?? "nothing stands below it");
  const start = (markerStart.exec(written)?.[0] ?? "").length;
  const colon = written.indexOf(":", start);
  const head = written.slice(start, colon < 0 ? undefined : colon);
  const reason = colon < 0 ? "" : written.slice(colon + 1).trim();
  const match = /^([^:]*?)(?:\suntil\s+(\S+))?\s*$/.exec(head);
  const until = match?.[2];
  const names = [...(match?.[1] ?? "").matchAll(/[^\s,]+/g)];
  if (names.length === 0) return malformed(reader, comment, "it names no finding");
  if (until !== undefined && !isDay(until))
    return malformed(reader, comment, `"${until}" is no day such as 2027-01-31`);
  if (reason === "") return malformed(reader, comment, "it gives no reason; write one behind a colon");
  for (const [index, name] of names.entries()) {
    const place = placeIn(comment, start + name.index, name[0].length);
    const next = names[index + 1];
    const removal =
      names.length === 1
        ? wholeLine(text, comment)
        : next !== undefined
          ? { start: place.start, end: comment.start + start + next.index }
          : {
              start: comment.start + start + (names[index - 1]?.index ?? 0) + (names[index - 1]?.[0].length ?? 0),
              end: place.end,
            };
    addCode(reader, name[0], { place, covers, reason, removal, ...(until === undefined ? {} : { until }) });
  }
}

function addCode(
  reader: Reader,
  written: string,
  rest: Pick<Suppression, "place" | "covers" | "reason" | "removal" | "until">,
): void {
  const { diagnostics, parsed, codes, catalogue } = reader;
  const at = { file: parsed.path, start: rest.place.start, end: rest.place.end };
  const code = codes.get(written);
  if (code === undefined) {
    const meant = didYouMean(written, codes.keys());
    const hint = meant === undefined ? {} : { hint: `did you mean "${meant}"?` };
    diagnostics.push(createDiagnostic(suppressionDiagnostics.SEQ7302, at, { name: written }, hint));
  } else if (catalogue[code]?.severity === "error") {
    diagnostics.push(createDiagnostic(suppressionDiagnostics.SEQ7305, at, { name: written }));
  } else reader.suppressions.push({ file: parsed.path, code, written, ...rest });
}

function malformed(reader: Reader, comment: Span, why: string): void {
  const at = { file: reader.parsed.path, start: comment.start, end: comment.end };
  const declaration: Declared<{ why: string }> = suppressionDiagnostics.SEQ7301;
  reader.diagnostics.push(createDiagnostic(declaration, at, { why }));
}

function misplaced(text: string, comment: Span, written: string, covers: Span | undefined): string | undefined {
  if (!/^\/\/(?!\/)/.test(written)) return "write it as a comment with two slashes";
  const lineStart = text.lastIndexOf("\n", comment.start - 1) + 1;
  if (text.slice(lineStart, comment.start).trim() !== "") return "put it on a line of its own above the step";
  return covers === undefined ? "put it above a declaration, step or group" : undefined;
}

/** The day exists. */
function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function placeIn(comment: Span, at: number, length: number): Span {
  return { start: comment.start + at, end: comment.start + at + length };
}

function wholeLine(text: string, comment: Span): Span {
  const end = text.indexOf("\n", comment.end);
  return { start: text.lastIndexOf("\n", comment.start - 1) + 1, end: end < 0 ? text.length : end + 1 };
}

function codesOf(catalogue: DiagnosticCatalogue): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  for (const [code, { name }] of Object.entries(catalogue)) codes.set(code, code).set(name, code);
  return codes;
}

// ---- What a comment can stand above -------------------------------------------------------------------------------

const entered: ReadonlySet<NodeKind> = new Set(["file", "sequence", "group", "if", "for", "block"]);

/** Declarations, variables and statements by where they start; the outermost where several start in one place. */
function coverable(parsed: ParsedFile): ReadonlyMap<number, Span> {
  const found = new Map<number, Span>();
  const waiting: Node[] = [parsed.tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind !== "file" && node.kind !== "block" && !found.has(node.start)) found.set(node.start, node);
    if (!entered.has(node.kind)) continue;
    for (const child of childrenOf(node)) if (isCoverable(child) || child.kind === "block") waiting.push(child);
  }
  return found;
}

const coverableKinds: ReadonlySet<NodeKind> = new Set([
  ...["importModule", "importNames", "const", "typeDeclaration", "fn", "content", "account", "fleet"],
  ...["deployment", "test", "sequence", "externSequence", "variable", "options", "step", "group", "if", "for"],
] as NodeKind[]);

function isCoverable(node: Node): boolean {
  return coverableKinds.has(node.kind);
}
