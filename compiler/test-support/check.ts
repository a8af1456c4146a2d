// The one way in for tests of the checker: text in, findings out. Nothing else in the tests knows the API.
import type { Diagnostic } from "@sequitur/grammar";
import { loadProgram } from "../bind/load-program.ts";
import { checkProgram } from "../check/check-program.ts";
import type { ExampleHost } from "../explain.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import { memoryHost } from "../memory-host.ts";

/** Texts by path. */
export interface Files {
  readonly [path: string]: string;
}

/** What a line of comment below a line of source says: `//  ^^^^ SEQ2101 the message begins like this`. */
interface Marked {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly code: string;
  readonly text: string;
}

/** Checks `main.seq`, or the first of several files; further files lie beside it. */
export function checkFiles(source: string | Files, hostOf: ExampleHost = memoryHost): CheckedProgram {
  const files = typeof source === "string" ? { "main.seq": source } : source;
  const host = hostOf(files);
  const entry = "main.seq" in files ? "main.seq" : (Object.keys(files)[0] ?? "main.seq");
  return checkProgram(loadProgram(host, [entry]), host);
}

/** The findings as `main.seq:3:7 ^^^^ SEQ2101 message`. */
export function findings(source: string | Files, hostOf: ExampleHost = memoryHost): readonly string[] {
  const program = checkFiles(source, hostOf);
  return program.diagnostics.map((diagnostic) => describe(program, diagnostic));
}

/**
 * Compares the findings with what the comments of the files mark: gives two lists that a test expects to be equal. A
 * mark stands in a comment on a line below the source, with carets under the span, the code, and the start of the
 * message.
 */
export function check(source: string | Files): {
  readonly found: readonly string[];
  readonly marked: readonly string[];
} {
  const files = typeof source === "string" ? { "main.seq": source } : source;
  const program = checkFiles(files);
  const marks = Object.entries(files).flatMap(([file, text]) => marksOf(file, text));
  const marked = marks.map(
    (mark) => `${mark.file}:${mark.line}:${mark.column} ${"^".repeat(mark.length)} ${mark.code} ${mark.text}`,
  );
  const found = program.diagnostics.map((diagnostic) => {
    const text = describe(program, diagnostic);
    const mark = marked.find((candidate) => text.startsWith(candidate));
    return mark ?? text;
  });
  return { found: [...found].sort(), marked: [...marked].sort() };
}

function marksOf(file: string, text: string): readonly Marked[] {
  const marks: Marked[] = [];
  let line = 0;
  for (const [index, content] of text.split("\n").entries()) {
    const mark = /^(\s*\/\/.*?)(\^+) (SEQ\d+)(?: (.*))?$/.exec(content);
    if (mark === null) {
      line = index + 1;
      continue;
    }
    const [, before = "", carets = "", code = "", words = ""] = mark;
    marks.push({ file, line, column: before.length + 1, length: carets.length, code, text: words });
  }
  return marks;
}

function describe(program: CheckedProgram, diagnostic: Diagnostic): string {
  const text = program.modules.get(diagnostic.file)?.parsed.text ?? "";
  const before = text.slice(0, diagnostic.start);
  const line = before.split("\n").length;
  const column = diagnostic.start - (before.lastIndexOf("\n") + 1) + 1;
  const carets = "^".repeat(diagnostic.end - diagnostic.start);
  return `${diagnostic.file}:${line}:${column} ${carets} ${diagnostic.code} ${diagnostic.message}`;
}
