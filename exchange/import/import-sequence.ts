// A whole sequence as text: groups and steps in order, with their clauses, and above them what they use.
import type { Dialect, ForeignDocument, ForeignGroup, ForeignNode, ForeignStep } from "../foreign/model.ts";
import { attributeOf, childElements } from "../xml/tree.ts";
import type { XmlElement } from "../xml/tree.ts";
import { codeText, importCondition } from "./import-condition.ts";
import { importStep, unknownStep } from "./import-step.ts";
import { docLines, literal, nameText } from "./source-text.ts";
import { foreignClause, isRefusal } from "./step-text.ts";
import type { SequenceImport, StepText } from "./step-text.ts";

/** Something that is kept and not said natively; `line` is filled in by the caller, who has the text. */
export interface Preserved {
  readonly kind: "step" | "condition" | "setting";
  readonly name: string;
  readonly offset: number;
  readonly why: string;
}

export interface SequenceText {
  /** The statements, one after the other. */
  readonly body: string;
  readonly preserved: readonly Preserved[];
  readonly counts: ImportCounts;
}

export interface ImportCounts {
  readonly steps: number;
  readonly nativeSteps: number;
  readonly groups: number;
  /** Single conditions: the operands of `and`, `or` and `not`. */
  readonly conditions: number;
  readonly nativeConditions: number;
}

export function importSequence(document: ForeignDocument, ctx: SequenceImport): SequenceText {
  const writer = new SequenceWriter(document.sequence.dialect, ctx);
  const body = writer.nodes(document.sequence.children);
  return { body, preserved: writer.preserved, counts: writer.counts };
}

class SequenceWriter {
  readonly preserved: Preserved[] = [];
  readonly counts = { steps: 0, nativeSteps: 0, groups: 0, conditions: 0, nativeConditions: 0 };
  private readonly dialect: Dialect;
  private readonly ctx: SequenceImport;

  constructor(dialect: Dialect, ctx: SequenceImport) {
    this.dialect = dialect;
    this.ctx = ctx;
  }

  nodes(nodes: readonly ForeignNode[]): string {
    return nodes.map((node) => (node.kind === "group" ? this.group(node) : this.step(node))).join("\n");
  }

  private keep(kind: Preserved["kind"], node: ForeignNode, why: string): void {
    this.preserved.push({ kind, name: node.name, offset: node.element.start, why });
  }

  private group(node: ForeignGroup): string {
    this.counts.groups++;
    const foreign = this.unknownParts(node);
    const condition = this.condition(node, foreign);
    const clauses = [
      ...(condition === undefined ? [] : [condition.text]),
      ...(node.continueOnError ? ["continue on error"] : []),
      ...(node.disabled ? ["disabled"] : condition?.kind === "unsaid" ? [unsaidGroup] : []),
    ].filter((clause) => clause !== "");
    const kept = foreignClause(foreign);
    if (kept !== undefined) clauses.push(kept);
    const title = node.name === "" ? "" : ` ${literal(node.name)}`;
    return `${this.doc(node)}group${title} ${clauses.join(" ")} {\n${this.nodes(node.children)}\n}`;
  }

  private doc(node: ForeignNode): string {
    return node.description === node.name ? "" : docLines(node.description);
  }

  private step(node: ForeignStep): string {
    this.counts.steps++;
    const unknown = this.unknownParts(node);
    const condition = this.condition(node, unknown);
    const imported = importStep(node, this.dialect, this.ctx);
    const isNative = !isRefusal(imported) && condition?.kind !== "unsaid";
    const text = isNative ? imported : unknownStep(node);
    if (isNative) this.counts.nativeSteps++;
    else if (isRefusal(imported)) this.keep("step", node, imported.refused);
    const foreign = new Map([...text.foreign, ...unknown]);
    if (isNative) for (const name of foreign.keys()) this.keep("setting", node, `"${name}" has no place in the action`);
    const clauses = [
      ...text.clauses,
      ...this.codes(node, text, foreign),
      ...this.limits(node, text, foreign),
      ...(condition === undefined ? [] : [condition.text]),
      ...(node.continueOnError ? ["continue on error"] : []),
      ...(node.disabled ? ["disabled"] : []),
    ].filter((clause) => clause !== "");
    const kept = foreignClause(foreign);
    if (kept !== undefined) clauses.push(kept);
    const head = node.name === "" ? "" : `step ${literal(node.name)}\n`;
    return `${head === "" ? "" : this.doc(node)}${[`${head}${text.action}`, ...clauses].join("\n")}`;
  }

  /** Undefined: it always holds. Where it can't be said, it is kept, and the node never runs here. */
  private condition(
    node: ForeignNode,
    foreign: Map<string, string>,
  ): { readonly kind: "said" | "unsaid"; readonly text: string } | undefined {
    if (node.condition === undefined) return undefined;
    const imported = importCondition(node.condition, this.ctx.variables);
    this.counts.conditions += imported.operands;
    if (imported.kind === "expression") {
      this.counts.nativeConditions += imported.operands;
      return { kind: "said", text: `when ${imported.text}` };
    }
    foreign.set("<condition>", "kept beside the text");
    this.keep("condition", node, imported.why);
    return { kind: "unsaid", text: "" };
  }

  private codes(node: ForeignStep, text: StepText, foreign: Map<string, string>): readonly string[] {
    const list = (attributeOf(node.element, "successCodeList") ?? "").trim();
    if (list === "" || list === "0 3010" || (list === "0" && text.owner !== "process")) return [];
    const codes = list.split(/[\s,]+/);
    if (text.owner !== "process" || !codes.every((code) => /^-?\d{1,10}$/.test(code))) {
      foreign.set("@successCodeList", list);
      return [];
    }
    const isRestart = (code: string): boolean => code === "3010" || code === "1641";
    const restarts = codes.filter(isRestart);
    const good = codes.filter((code) => !isRestart(code));
    const written = (numbers: readonly string[]): string =>
      [...new Set(numbers.map((code) => codeText(Number(code))))].join(", ");
    return [
      ...(good.length === 0 ? [] : [`success ${written(good)}`]),
      ...(restarts.length === 0 ? [] : [`reboots ${written(restarts)}`]),
    ];
  }

  private limits(node: ForeignStep, text: StepText, foreign: Map<string, string>): readonly string[] {
    const clauses: string[] = [];
    const timeout = attributeOf(node.element, "timeout") ?? "";
    if (timeout !== "" && timeout !== "0") {
      const isTaken = text.owner !== "set" && text.owner !== "restart" && /^[1-9]\d{0,7}$/.test(timeout);
      if (isTaken && Number(timeout) <= 31_000_000) clauses.push(`timeout ${durationText(Number(timeout))}`);
      else foreign.set("@timeout", timeout);
    }
    const where = attributeOf(node.element, "runIn") ?? "";
    const phase = /^winpe$/i.test(where) ? "winpe" : /^fullos$/i.test(where) ? "fullos" : undefined;
    if (phase !== undefined && phase !== text.phase && !writtenAnyway.test(text.action)) {
      if (text.owner === "set" || text.owner === "call") foreign.set("@runIn", where);
      else clauses.push(`needs ${phase}`);
    }
    return clauses;
  }

  private unknownParts(node: ForeignNode): Map<string, string> {
    const known = node.kind === "group" ? groupAttributes : stepAttributes;
    const parts = new Map<string, string>();
    for (const { name, value } of node.element.attributes) if (!known.has(name)) parts.set(`@${name}`, value);
    const retries = attributeOf(node.element, "retryCount") ?? "0";
    const isElsewhere = node.kind === "step" && node.variables.some(({ name }) => name === "RetryCount");
    if (node.kind === "step" && retries !== "0" && retries !== "" && !isElsewhere) parts.set("@retryCount", retries);
    for (const child of childElements(node.element)) {
      if (!knownElements.has(child.name)) parts.set(`<${child.name}>`, summaryOf(child));
    }
    return parts;
  }
}

/** The console writes FullOS on each of these, also where stock sequences run them in Windows PE. */
const writtenAnyway = /^use state\.(request|release)Store\b/;

const unsaidGroup = 'disabled "its condition has no form here"';
const groupAttributes = new Set(["name", "description", "disable", "continueOnError", "expand"]);
const stepAttributes = new Set(
  "type name description disable continueOnError successCodeList successCodes startIn runIn timeout retryCount runFromNet".split(
    " ",
  ),
);
const knownElements = new Set("condition action defaultVarList group step subtasksequence".split(" "));

/** Enough to recognise it: the origin has it whole. */
function summaryOf(element: XmlElement): string {
  const names = element.attributes.map(({ name, value }) => `${name}=${value}`);
  return [...names, ...childElements(element).map(({ name }) => `<${name}>`)].join(" ").slice(0, 200) || "empty";
}

function durationText(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

/** The declaration around a body. */
export function sequenceDeclaration(
  name: string,
  title: string | undefined,
  head: readonly string[],
  body: string,
): string {
  return `sequence ${nameText(name)}${title === undefined ? "" : ` ${literal(title)}`} {\n${head.join("\n")}\n\n${body}\n}`;
}
