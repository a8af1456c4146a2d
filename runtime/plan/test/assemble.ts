// A small assembler, so that tests of verifier, disassembler and interpreter are text: plan text → plan. Not for the
// product. A line is a declaration, a label (`L:`), or an instruction with names for its operands; `#7` is a bare number.
//
//   global Site                                   content office package ./office a.txt b/c.txt
//   sequence main
//     param site: string                          param count: int default
//     slot n: int                                 output total: int
//     step s: run program:string word:string | end=L output=string continue retry=3 success=0,3010
//     step w: use file.write argument.path:string argument.text:string | end=M
//     step c: call child parameter.site:string | end=N
//     group g: handler=H finally=F end=L          if i          for f          for f silent
//     OPEN s
//     PUSH "text"      (also 5, 90s, 300MB, 10%, true, version:"1.2", list<string>:["a"])
import { contentDigestOf } from "../digest.ts";
import { digested } from "../encode.ts";
import type { Plan, PlanAction, PlanConstant, PlanNode, PlanOperand, PlanSlot, Position } from "../format.ts";
import { instructions } from "../instructions.ts";
import type { Instruction, OperandKind } from "../instructions.ts";
import { compilePattern } from "../pattern.ts";
import type { PlanType } from "../plan-type.ts";
import type { Value } from "../value.ts";

/** Assembles; throws on text that it does not understand. */
export function assemble(text: string): Plan {
  const assembler = new Assembler();
  const lines = text.split("\n").map((line) => line.replace(/(?:^|\s)\/\/ .*$/, ""));
  lines.forEach((line, i) => assembler.declare(line.trim(), i + 1));
  lines.forEach((line, i) => assembler.finish(line.trim(), i + 1));
  return assembler.plan();
}

/** A type as typeText writes it, without blanks: `list<string>`, `{a:int,b:string?}`. */
export function parseType(text: string): PlanType {
  if (text.endsWith("?")) return { optional: parseType(text.slice(0, -1)) };
  const list = /^list<(.*)>$/.exec(text);
  if (list !== null) return { list: parseType(list[1]!) };
  if (!text.startsWith("{")) return text as PlanType;
  const record: { [name: string]: PlanType } = {};
  for (const field of splitOutside(text.slice(1, -1), ",")) {
    const colon = field.indexOf(":");
    if (colon > 0) record[field.slice(0, colon).trim()] = parseType(field.slice(colon + 1).trim());
  }
  return { record };
}

/** Splits at a separator that is not inside brackets. */
function splitOutside(text: string, separator: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if ("{<[".includes(character)) depth += 1;
    if ("}>]".includes(character)) depth -= 1;
    if (character === separator && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };
interface SequenceDraft {
  name: string;
  title: string;
  slots: PlanSlot[];
  parameters: { slot: number; required: boolean }[];
  outputs: { name: string; type: PlanType }[];
  start: number;
  end: number;
  labels: Map<string, number>;
}

const units: { readonly [unit: string]: readonly [type: PlanType, factor: number] } = {
  ms: ["duration", 1],
  s: ["duration", 1000],
  m: ["duration", 60_000],
  h: ["duration", 3_600_000],
  KB: ["size", 1024],
  MB: ["size", 1024 ** 2],
  GB: ["size", 1024 ** 3],
  "%": ["percent", 1],
  "": ["int", 1],
};

class Assembler {
  private readonly sequences: SequenceDraft[] = [];
  private readonly nodes: PlanNode[] = [];
  private readonly nodeNames = new Map<string, number>();
  private readonly code: Instruction[] = [];
  private readonly positions: Position[] = [];
  private readonly constants: PlanConstant[] = [];
  private readonly parts: string[] = [];
  private readonly patterns: Plan["patterns"][number][] = [];
  private readonly globals: Plan["globals"][number][] = [];
  private readonly environment: string[] = [];
  private readonly content: Plan["content"][number][] = [];
  private readonly accounts: Plan["accounts"][number][] = [];
  private address = 0;
  private current: SequenceDraft | null = null;
  private currentIndex = -1;

  /** First pass: tables, labels and names. */
  declare(line: string, lineNumber: number): void {
    const [word = "", ...rest] = tokens(line);
    const name = rest[0]?.replace(/:$/, "") ?? "";
    if (line === "") return;
    if (/^[\w$]+:$/.test(line)) this.sequence().labels.set(line.slice(0, -1), this.address);
    else if (isInstruction(word)) {
      this.address += 1;
      this.sequence().end = this.address;
    } else if (word === "sequence") this.startSequence(name);
    else if (word === "param" || word === "slot") this.declareSlot(word, name, rest);
    else if (word === "output") this.sequence().outputs.push({ name, type: parseType(rest[1]!) });
    else if (word === "global") this.globals.push({ name, secret: rest[1] === "secret" });
    else if (word === "environment") this.environment.push(name);
    else if (word === "content") this.declareContent(rest);
    else if (word === "account")
      this.accounts.push({ name, user: rest[1] ?? name, ...(rest[2] ? { password: rest[2] } : {}) });
    else if (["step", "group", "if", "for"].includes(word)) this.nodeNames.set(name, this.nodeNames.size);
    else throw new Error(`Line ${lineNumber}: ${line}`);
  }

  /** Second pass: nodes and code. */
  finish(line: string, lineNumber: number): void {
    const [word = "", ...rest] = tokens(line);
    if (word === "sequence") {
      this.currentIndex += 1;
      this.current = this.sequences[this.currentIndex] ?? null;
    } else if (["step", "group", "if", "for"].includes(word)) this.nodes.push(this.node(word, rest, lineNumber));
    else if (isInstruction(word)) {
      this.code.push(word === "!" ? (JSON.parse(line.slice(1)) as Instruction) : this.instruction(word, rest));
      this.positions.push([0, lineNumber, 1]);
    }
  }

  plan(): Plan {
    return digested({
      format: 1,
      semantics: 1,
      sequences: this.sequences.map(({ labels: _, ...sequence }) => sequence),
      constants: this.constants,
      globals: this.globals,
      environment: this.environment,
      content: this.content,
      accounts: this.accounts,
      nodes: this.nodes,
      parts: this.parts,
      patterns: this.patterns,
      code: this.code,
      sources: ["main.seq"],
      positions: this.positions,
    });
  }

  private sequence(): SequenceDraft {
    if (this.current === null) throw new Error("No sequence yet");
    return this.current;
  }

  private startSequence(name: string): void {
    const start = this.address;
    this.current = { name, title: name, slots: [], parameters: [], outputs: [], start, end: start, labels: new Map() };
    this.sequences.push(this.current);
  }

  private declareSlot(word: string, name: string, rest: readonly string[]): void {
    const { slots, parameters } = this.sequence();
    if (word === "param") parameters.push({ slot: slots.length, required: rest[2] !== "default" });
    slots.push({ name, type: parseType(rest[1]!) });
  }

  private declareContent([name = "", kind = "package", source = "", ...paths]: readonly string[]): void {
    const files = paths.sort().map((path) => ({ path, size: 1, sha256: "0".repeat(64), executable: false }));
    const known = source.startsWith("configmgr:") ? {} : { digest: contentDigestOf(files) };
    this.content.push({ name, kind: kind as "package", source, files, ...known });
  }

  private label(name: string): number {
    const address = name.startsWith("#") ? Number(name.slice(1)) : this.sequence().labels.get(name);
    if (address === undefined) throw new Error(`No label ${name}`);
    return address;
  }

  private indexOf(table: readonly { readonly name: string }[], name: string): number {
    if (name.startsWith("#")) return Number(name.slice(1));
    const index = table.findIndex((row) => row.name === name);
    if (index < 0) throw new Error(`No ${name}`);
    return index;
  }

  private node(kind: string, [name = "", ...words]: readonly string[], line: number): PlanNode {
    const base = {
      name: name.replace(/:$/, ""),
      parent: -1,
      sequence: this.currentIndex,
      position: [0, line, 1] as const,
    };
    if (kind === "if") return { ...base, kind };
    if (kind === "for") return { ...base, kind, silent: words.includes("silent") };
    const bar = words.includes("|") ? words.indexOf("|") : words.length;
    const settings = kind === "group" ? words : words.slice(bar + 1);
    const node: { [name: string]: unknown } = { ...base, kind, continueOnError: false, end: 0 };
    if (kind === "step") Object.assign(node, this.step(words.slice(0, bar)));
    for (const setting of settings) Object.assign(node, this.setting(setting));
    return node as unknown as PlanNode;
  }

  private step(words: readonly string[]): object {
    const operands = words.filter((word) => /^[A-Za-z]+(?:\.[^:]+)?:./.test(word));
    const names = words.filter((word) => !operands.includes(word));
    return {
      titled: true,
      action: this.action(names, operands),
      operands: operands.map(operandOf),
      output: null,
      success: [0],
      reboots: [],
      interruption: "fail",
    };
  }

  private action([kind = "", first = "", second = ""]: readonly string[], operands: readonly string[]): PlanAction {
    switch (kind) {
      case "use":
        return { kind, action: first };
      case "call": {
        const sequence = this.indexOf(this.sequences, first);
        const slots = this.sequences[sequence]?.slots ?? [];
        const parameters = operands.map((word) => this.indexOf(slots, /^parameter\.([^:]+)/.exec(word)![1]!));
        return { kind, sequence, parameters };
      }
      case "script":
        return { kind, language: first as "sh", script: this.script(second) };
      case "restart":
        return second === ""
          ? { kind, to: first as "system" }
          : { kind, to: "image", image: this.indexOf(this.content, second) };
      case "commandline":
        return { kind, unchecked: first === "unchecked" };
      default:
        return { kind } as PlanAction;
    }
  }

  private script(word: string): { text: number } | { content: number; path: string } {
    if (word.startsWith('"')) return { text: this.constant(word) };
    const [content = "", path = ""] = word.split(/\/(.*)/s);
    return { content: this.indexOf(this.content, content), path };
  }

  private setting(text: string): { readonly [name: string]: unknown } {
    const [name = "", value = ""] = text.split(/=(.*)/s);
    switch (name) {
      case "end":
      case "handler":
      case "finally":
      case "verify":
        return { [name]: this.label(value) };
      case "continue":
        return { continueOnError: true };
      case "disabled":
        return { disabled: true };
      case "untitled":
        return { titled: false };
      case "output":
        return { output: parseType(value) };
      case "retry":
        return { retry: { count: Number(value), every: 1000, doubling: false } };
      case "timeout":
        return { timeout: Number(value) };
      case "account":
        return { account: this.indexOf(this.accounts, value) };
      case "parent":
        return { parent: this.nodeNames.get(value) ?? -1 };
      case "success":
      case "reboots":
        return { [name]: value.split(",").filter(Boolean).map(Number) };
      default:
        return { [name]: value };
    }
  }

  private instruction(opcode: string, words: readonly string[]): Instruction {
    const kinds = instructions[opcode as keyof typeof instructions].operands as readonly OperandKind[];
    return [opcode, ...words.map((word, i) => this.operand(kinds[i] ?? "count", word))] as unknown as Instruction;
  }

  private operand(kind: OperandKind, word: string): string | number | readonly string[] {
    if (/^#\d/.test(word)) return Number(word.slice(1));
    switch (kind) {
      case "constant":
        return this.constant(word);
      case "slot":
        return this.indexOf(this.sequence().slots, word);
      case "global":
        return this.indexOf(this.globals, word);
      case "node": {
        const node = this.nodeNames.get(word);
        if (node === undefined) throw new Error(`No node ${word}`);
        return node;
      }
      case "address":
        return this.label(word);
      case "count":
        return Number(word);
      case "part":
        return intern(this.parts, JSON.parse(word) as string);
      case "pattern":
        return this.pattern(word.slice(1, -1));
      case "fields":
        return word.slice(1, -1).split(",").filter(Boolean);
      default:
        return word;
    }
  }

  private constant(word: string): number {
    const typed = /^([a-z<>{},:?]+):(["[{\dtf-].*)$/s.exec(word);
    const amount = /^(-?\d+)(ms|[smh]|KB|MB|GB|%|)$/.exec(word);
    let constant: Draft<PlanConstant>;
    if (amount !== null) {
      const [type, factor] = units[amount[2]!]!;
      constant = { type, value: Number(amount[1]) * factor };
    } else if (typed !== null) constant = { type: parseType(typed[1]!), value: JSON.parse(typed[2]!) as Value };
    else if (word === "true" || word === "false") constant = { type: "bool", value: word === "true" };
    else constant = { type: "string", value: JSON.parse(word) as string };
    return intern(this.constants, constant);
  }

  private pattern(source: string): number {
    const compiled = compilePattern(source);
    if ("problem" in compiled) throw new Error(compiled.problem.message);
    return intern(this.patterns, compiled.pattern);
  }
}

function operandOf(word: string): PlanOperand {
  const [, role = "", name, type = ""] = /^([A-Za-z]+)(?:\.([^:]+))?:(.+)$/.exec(word) ?? [];
  const isNamed = name !== undefined && role !== "parameter";
  return { role, ...(isNamed ? { name } : {}), type: parseType(type) } as PlanOperand;
}

function intern<T>(table: T[], row: T): number {
  const text = JSON.stringify(row);
  const known = table.findIndex((candidate) => JSON.stringify(candidate) === text);
  return known >= 0 ? known : table.push(row) - 1;
}

function isInstruction(word: string): boolean {
  return word === "!" || Object.hasOwn(instructions, word);
}

/** Words; a JSON string or a value of a list is one. */
function tokens(line: string): string[] {
  return line.match(/(?:[^\s"]*"(?:[^"\\]|\\.)*")+[^\s"]*|\S+/g) ?? [];
}
