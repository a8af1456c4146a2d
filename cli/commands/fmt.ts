// `sequitur fmt`: lays files out as the printer does, or says which ones are not. It says nothing about mistakes but that there
// are some: finding them is the work of `check`.
import { join, resolve } from "node:path";
import { parse, print, printRange } from "@sequitur/grammar";
import { lineMap } from "@sequitur/grammar/line-map";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { decodeText, hasByteOrderMark } from "../project/decode.ts";
import { textCap } from "../project/disk-host.ts";
import { readWhole } from "../project/disk-read.ts";
import { displayPath, inputName } from "../project/display-paths.ts";
import { findSources } from "../project/find-sources.ts";
import { writeWhole } from "../project/write-file.ts";
import { printable } from "../render/printable.ts";
import { counted } from "../render/summary.ts";
import { unifiedDiff } from "../render/unified-diff.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

/** Lines counted from 1, both included. */
interface Lines {
  readonly first: number;
  readonly last: number;
}

interface Tally {
  changed: number;
  same: number;
  failed: boolean;
}

export async function formatFiles(call: Call<"fmt">): Promise<ExitCode> {
  const { options, surroundings } = call;
  const named = call.arguments.paths.length === 0 ? ["."] : call.arguments.paths;
  const lines = options.lines === undefined ? undefined : readLines(options.lines);
  if (lines === "wrong") {
    return wrongCall(surroundings, `--lines takes two line numbers such as 10-20, not "${options.lines ?? ""}".`);
  }
  if (named.includes("-")) {
    if (named.length > 1) return wrongCall(surroundings, "- is standard input, and can't stand beside other files.");
    return formatInput(call, lines);
  }
  if (options.stdinName !== undefined) return wrongCall(surroundings, "--stdin-name names what comes in through -.");
  const { projects, problems } = findSources(named, surroundings.folder);
  const foreign = projects.flatMap(({ paths }) => paths).find((path) => !path.endsWith(".seq"));
  if (foreign !== undefined) return wrongCall(surroundings, `${foreign} is no .seq file, so it is left as it is.`);
  for (const problem of problems) wrongCall(surroundings, `${problem}.`);
  if (problems.length > 0) return exitCode.usage;
  const files = projects.flatMap(({ root, paths }) => paths.map((path) => resolve(join(root, path))));
  if (files.length === 0) return wrongCall(surroundings, `there are no .seq files in ${named.join(", ")}.`);
  if (lines !== undefined && files.length > 1) return wrongCall(surroundings, "--lines needs one file.");
  const tally: Tally = { changed: 0, same: 0, failed: false };
  for (const file of files) await formatFile(file, lines, call, tally);
  surroundings.stderr.write(`${summary(tally, call)}\n`);
  return verdict(tally, call);
}

async function formatFile(file: string, lines: Lines | undefined, call: Call<"fmt">, tally: Tally): Promise<void> {
  const { options, surroundings } = call;
  const name = displayPath(file, "/", surroundings.folder);
  const fail = (why: string): void => {
    wrongCall(surroundings, why);
    tally.failed = true;
  };
  const answer = readWhole(file, textCap);
  if (answer.kind !== "bytes") return fail(`can't read ${name}: ${whyNot(answer)}.`);
  const before = textOf(answer.bytes);
  if (before === undefined) return fail(`${name} is not valid UTF-8.`);
  const after = formatText(before, name, lines, call);
  if (after === before) {
    tally.same++;
    return;
  }
  if (!options.check && !options.diff) {
    const problem = await writeWhole(file, after);
    if (problem !== undefined) return fail(`can't write ${name}: ${problem}.`);
  }
  tally.changed++;
  report(name, before, after, call);
}

async function formatInput(call: Call<"fmt">, lines: Lines | undefined): Promise<ExitCode> {
  const { options, surroundings } = call;
  const before = textOf(await surroundings.readInput());
  if (before === undefined) return wrongCall(surroundings, "standard input is not valid UTF-8.");
  const name = options.stdinName ?? inputName;
  const after = formatText(before, name, lines, call);
  if (!options.check && !options.diff) {
    surroundings.stdout.write(after);
    return exitCode.done;
  }
  if (after !== before) report(name, before, after, call);
  return verdict({ changed: after === before ? 0 : 1, same: 0, failed: false }, call);
}

/** The text laid out. That it has mistakes is said on standard error. */
function formatText(text: string, name: string, lines: Lines | undefined, call: Call<"fmt">): string {
  const parsed = parse(text, name);
  const mistake = parsed.diagnostics.find((diagnostic) => diagnostic.severity === "error");
  const map = lineMap(text);
  if (mistake !== undefined) {
    const { line, column } = map.positionAt(mistake.start);
    const what = `${name}:${line}:${column}: ${mistake.message}`;
    call.surroundings.stderr.write(`sequitur: ${printable(what)}; what is broken stays as it was written.\n`);
  }
  if (lines === undefined) return print(parsed);
  const start = map.offsetAt({ line: lines.first, column: 1 });
  const end = map.offsetAt({ line: lines.last, column: Infinity });
  const found = printRange(parsed, { start, end });
  return found === undefined ? text : text.slice(0, found.start) + found.text + text.slice(found.end);
}

function report(name: string, before: string, after: string, call: Call<"fmt">): void {
  const { options, surroundings } = call;
  const { stdout } = surroundings;
  if (!options.diff) return stdout.write(`${printable(name)}\n`);
  const diff = unifiedDiff(name, before, after);
  if (!stdout.isTerminal) return stdout.write(diff);
  const shown = diff.split("\n").map((line) => printable(line));
  stdout.write(shown.join("\n"));
}

function summary({ changed, same }: Tally, { options }: Call<"fmt">): string {
  const rest = same === 0 ? "" : `, ${counted(same, "file")} already in the layout`;
  const done = options.check || options.diff ? "not in the layout" : "laid out anew";
  return changed === 0
    ? `${counted(same, "file")} already in the layout`
    : `${counted(changed, "file")} ${done}${rest}`;
}

function verdict({ changed, failed }: Tally, { options }: Call<"fmt">): ExitCode {
  if (failed) return exitCode.usage;
  return changed > 0 && (options.check || options.diff) ? exitCode.problem : exitCode.done;
}

function readLines(text: string): Lines | "wrong" {
  const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text);
  if (match === null) return "wrong";
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  return first >= 1 && last >= first ? { first, last } : "wrong";
}

/** With its byte order mark, which stays where it is. Undefined when it is not UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  const decoded = decodeText(bytes);
  if (decoded.kind === "wrong") return undefined;
  return hasByteOrderMark(bytes) ? `\uFEFF${decoded.text}` : decoded.text;
}

function whyNot(answer: Exclude<ReturnType<typeof readWhole>, { readonly kind: "bytes" }>): string {
  switch (answer.kind) {
    case "absent":
      return "it is not there";
    case "folder":
      return "it is a folder";
    case "unreadable":
      return answer.why;
  }
}
