// `sequitur export FILE`: an imported sequence back to where it came from. With the origin beside it, what nobody changed keeps its
// bytes.
import { basename, dirname, join, relative, resolve } from "node:path";
import { exportSequence, readOriginMap, xmlLimits } from "@sequitur/exchange";
import type { ExportInput } from "@sequitur/exchange";
import { parse, walk } from "@sequitur/grammar";
import type { File, StringLiteral } from "@sequitur/grammar";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { decodeText } from "../project/decode.ts";
import { readWhole } from "../project/disk-read.ts";
import { writeBytes } from "../project/write-bytes.ts";
import { printable } from "../render/printable.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

export async function exportFile(call: Call<"export">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const path = resolve(surroundings.folder, call.arguments.file);
  const shown = relative(surroundings.folder, path);
  if (options.output === undefined) return wrongCall(surroundings, "name the file to write, with --output.");
  const text = textAt(path);
  if (text === undefined) return wrongCall(surroundings, `can't read ${shown}.`);
  const origin = originBeside(path);
  if (origin === "damaged") {
    return wrongCall(
      surroundings,
      `the origin of ${shown} can't be read.`,
      "Import it again, or delete both files of the origin.",
    );
  }
  if (origin === undefined && options.to === undefined) {
    return wrongCall(
      surroundings,
      `${shown} has no origin beside it.`,
      "Say which system it is for: --to configmgr or --to mdt.",
    );
  }
  const { tree } = parse(text, shown);
  const exported = exportSequence({
    path: shown,
    text,
    scripts: scriptsOf(tree, dirname(path)),
    contents: contentsOf(tree, dirname(path)),
    ...(origin === undefined ? {} : { origin }),
    ...(options.to === undefined ? {} : { dialect: options.to }),
  });
  if (exported.kind === "problems") {
    for (const { line, column, message } of exported.problems) {
      surroundings.stderr.write(`${printable(shown)}:${line}:${column}: ${printable(message)}\n`);
    }
    surroundings.stderr.write(`sequitur: ${shown} can't be exported, so nothing was written\n`);
    return exitCode.problem;
  }
  const target = resolve(surroundings.folder, options.output);
  const problem = await writeBytes(target, exported.bytes);
  if (problem !== undefined) return wrongCall(surroundings, `can't write ${options.output}: ${problem}.`);
  surroundings.stderr.write(
    `exported ${shown}: ${exported.kept} of its steps and groups as they were, ${exported.changed} changed\n`,
  );
  return exitCode.done;
}

function textAt(path: string): string | undefined {
  const answer = readWhole(path, xmlLimits.bytes);
  if (answer.kind !== "bytes") return undefined;
  const decoded = decodeText(answer.bytes);
  return decoded.kind === "wrong" ? undefined : decoded.text;
}

/** Undefined: there is none. */
function originBeside(path: string): ExportInput["origin"] | "damaged" {
  const base = join(dirname(path), "..", "origin", basename(path).replace(/\.seq$/, ""));
  const xml = readWhole(`${base}.xml`, xmlLimits.bytes);
  const mapText = textAt(`${base}.json`);
  if (xml.kind === "absent" && mapText === undefined) return undefined;
  const map = mapText === undefined ? undefined : readOriginMap(mapText);
  return xml.kind === "bytes" && map !== undefined ? { xml: xml.bytes, map } : "damaged";
}

function scriptsOf(tree: File, folder: string): ReadonlyMap<string, string> {
  const scripts = new Map<string, string>();
  walk(tree, (node) => {
    if (node.kind !== "scriptFile" || node.path.kind === "missing") return;
    const name = plain(node.path);
    const text = textAt(join(folder, name));
    if (text !== undefined) scripts.set(name, text);
  });
  return scripts;
}

/** What content is called in the other system: `"configmgr:ABC00012"` in a file that this one imports, or in itself. */
function contentsOf(tree: File, folder: string): ReadonlyMap<string, string> {
  const contents = new Map<string, string>();
  const read = (file: File): void => {
    for (const declaration of file.declarations) {
      if (declaration.kind !== "content" || declaration.name.kind === "missing") continue;
      if (declaration.source.kind === "missing") continue;
      const [, id] = /^configmgr:(.+)$/.exec(plain(declaration.source)) ?? [];
      if (id !== undefined) contents.set(declaration.name.text, id);
    }
  };
  read(tree);
  for (const declaration of tree.declarations) {
    if (declaration.kind !== "importNames" || declaration.source.kind === "missing") continue;
    const path = join(folder, plain(declaration.source));
    const text = textAt(path);
    if (text !== undefined) read(parse(text, path).tree);
  }
  return contents;
}

function plain(literal: StringLiteral): string {
  return literal.parts.map((part) => (part.kind === "stringText" ? part.value : "")).join("");
}
