// Refactorings that make something new of a part of a sequence: a sequence of its own out of steps, a file out of a script.
import { plainText, printType } from "@sequitur/compiler/model";
import type { ScriptAction, Span, Statement, VariableDeclaration } from "@sequitur/grammar";
import { nodeAt } from "@sequitur/grammar";
import type { CodeAction } from "vscode-languageserver-types";
import { typeOfSymbol } from "../describe.ts";
import { rangeOf } from "../document.ts";
import type { Document } from "../document.ts";
import { occurrencesIn } from "../occurrences.ts";
import type { Occurrence } from "../occurrences.ts";
import { relativePath } from "./rename.ts";

/** Puts whole lines of steps into a new sequence, which is called in their place. Undefined where that would not mean the same. */
export function extractSequence(document: Document, lines: Span, chosen: readonly Statement[]): CodeAction | undefined {
  const { text } = document.parsed;
  const owner = ownerOf(document, chosen);
  if (owner?.kind !== "sequence") return undefined;
  const needed = neededInside(document, lines);
  if (needed === undefined) return undefined;
  const name = freeName(document, "extracted");
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const body = text.slice(lines.start, lines.end);
  const indent = /^[ \t]*/.exec(body)?.[0] ?? "";
  const inner = body.split(lineEnd).map((line) => (line.startsWith(indent) ? `  ${line.slice(indent.length)}` : line));
  const given = needed.map(({ name: each }) => `${each}: ${each}`).join(", ");
  const call = `${indent}step "Extracted" call ${name}${given === "" ? "" : ` { ${given} }`}`;
  const declared = needed.map(({ declaration }) => `  ${declaration}`);
  const separator = declared.length === 0 ? [] : [""];
  const made = ["", "", `sequence ${name} {`, ...declared, ...separator, ...inner, "}"].join(lineEnd);
  const edits = [
    { range: rangeOf(document, lines), newText: call },
    { range: rangeOf(document, { start: owner.end, end: owner.end }), newText: made },
  ];
  const edit = { changes: { [document.project.uriOf(document.path)]: edits } };
  return { title: "Extract to a sequence of its own", kind: "refactor.extract", edit };
}

function ownerOf(document: Document, chosen: readonly Statement[]): ReturnType<typeof nodeAt>[number] | undefined {
  const [first] = chosen;
  if (first === undefined) return undefined;
  return nodeAt(document.parsed.tree, first.start).find(({ kind }) => kind === "sequence");
}

interface Needed {
  readonly name: string;
  /** As a parameter of the new sequence. */
  readonly declaration: string;
}

/** Where a name of the sequence stands. */
interface Places {
  readonly inside: Occurrence[];
  isOutside: boolean;
}

/** What the steps read of the sequence around them; undefined: they set something in it, or labels reach across. */
function neededInside(document: Document, lines: Span): readonly Needed[] | undefined {
  const bySymbol = new Map<unknown, Places>();
  for (const occurrence of occurrencesIn(document)) {
    const { symbol } = occurrence;
    if (!localKinds.has(symbol.kind)) continue;
    const key = symbol.kind === "global" ? symbol.name : symbol.nameNode;
    const places = bySymbol.get(key) ?? { inside: [], isOutside: false };
    bySymbol.set(key, places);
    if (lines.start <= occurrence.start && occurrence.end <= lines.end) places.inside.push(occurrence);
    else places.isOutside = true;
  }
  const needed: Needed[] = [];
  for (const { inside, isOutside } of bySymbol.values()) {
    const [first] = inside;
    if (first === undefined || !isOutside) continue;
    const declaration = parameterFor(document, first, inside);
    if (declaration === undefined) return undefined;
    needed.push({ name: first.symbol.name, declaration });
  }
  return needed;
}

const localKinds: ReadonlySet<string> = new Set(["label", "loopVariable", "variable", "global"]);

function parameterFor(document: Document, { symbol }: Occurrence, inside: readonly Occurrence[]): string | undefined {
  if (inside.some(({ role }) => role === "write")) return undefined;
  switch (symbol.kind) {
    case "variable": {
      const node: VariableDeclaration = symbol.node;
      const role = node.role === "secret" ? "secret" : "param";
      return `${role} ${symbol.name}: ${document.parsed.text.slice(node.type.start, node.type.end)}`;
    }
    case "loopVariable": {
      const type = typeOfSymbol(symbol, document.program);
      return type === undefined || type.kind === "error" ? undefined : `param ${symbol.name}: ${printType(type)}`;
    }
    default:
      return undefined;
  }
}

function freeName(document: Document, wanted: string): string {
  const isTaken = (name: string): boolean =>
    document.module.scope.has(name) || occurrencesIn(document).some(({ symbol }) => symbol.name === name);
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}${number}`;
    if (!isTaken(name)) return name;
  }
}

const endings = { sh: "sh", bash: "bash", powershell: "ps1", cmd: "cmd", python: "py" } as const;

/** Puts the text of a script into a file beside the source. Undefined: values are put into the text, which a file can't have. */
export function extractScript(document: Document, { language, source }: ScriptAction): CodeAction | undefined {
  if (source.kind !== "string") return undefined;
  const text = plainText(source);
  if (text === undefined) return undefined;
  const { project, path } = document;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const target = freeFile(document, `${folder}scripts/script`, endings[language]);
  const uri = project.uriOf(target);
  const start = { line: 0, character: 0 };
  const whole = text.endsWith("\n") ? text : `${text}\n`;
  const newText = `file("${relativePath(path, target)}")`;
  return {
    title: `Put this script into ${relativePath(path, target)}`,
    kind: "refactor.extract",
    edit: {
      documentChanges: [
        { kind: "create", uri, options: { overwrite: false, ignoreIfExists: false } },
        { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: whole }] },
        {
          textDocument: { uri: project.uriOf(path), version: project.workspace.document(path)?.version ?? null },
          edits: [{ range: rangeOf(document, source), newText }],
        },
      ],
    },
  };
}

function freeFile({ project }: Document, wanted: string, ending: string): string {
  for (let number = 1; ; number++) {
    const path = `${wanted}${number === 1 ? "" : number}.${ending}`;
    if (project.host.exists(path) === "absent") return path;
  }
}
