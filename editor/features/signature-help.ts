// What a call takes, while its arguments are typed: functions, and the parameters of actions and sequences.
import type { Node } from "@sequitur/grammar";
import type { ParameterInformation, Position, SignatureHelp } from "vscode-languageserver-types";
import { functionSignature, sequenceParameters } from "../describe.ts";
import type { DescribedParameter } from "../describe.ts";
import { documentOf, nodesAround, offsetAt } from "../document.ts";
import type { Document, EditorProject } from "../document.ts";
import { actionOf } from "./hover.ts";

/** Undefined: the position is in no call. */
export function signatureHelp(project: EditorProject, path: string, position: Position): SignatureHelp | undefined {
  const document = documentOf(project, path);
  if (document === undefined) return undefined;
  const offset = offsetAt(document, position);
  const around = nodesAround(document, offset);
  for (const node of around.toReversed()) {
    const found =
      node.kind === "invocation"
        ? ofInvocation(document, node, offset)
        : node.kind === "use" || node.kind === "call"
          ? ofRecord(document, node, around, offset)
          : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function ofInvocation(
  { program, parsed }: Document,
  node: Extract<Node, { kind: "invocation" }>,
  offset: number,
): SignatureHelp | undefined {
  if (offset <= node.callee.end || (offset >= node.end && parsed.text.charAt(node.end - 1) === ")")) return undefined;
  const resolution = program.resolutions.get(node);
  const before = node.arguments.filter(
    ({ end }) => parsed.text.slice(end, offset).includes(",") && end < offset,
  ).length;
  if (resolution?.kind === "function") {
    const { label, parameters } = functionSignature(resolution.function);
    const described = parameters.map((each) => ({ label: each.label, documentation: each.text }));
    return one(label, described, before);
  }
  if (resolution?.kind !== "fn") return undefined;
  const { symbol } = resolution;
  const text = symbol.module.parsed.text;
  const described = symbol.node.parameters.map((each) => ({ label: text.slice(each.start, each.end) }));
  return one(
    `${symbol.name}(${described.map(({ label }) => label).join(", ")})`,
    described,
    before,
    symbol.node.doc?.text,
  );
}

function ofRecord(
  { program, parsed }: Document,
  node: Extract<Node, { kind: "use" | "call" }>,
  around: readonly Node[],
  offset: number,
): SignatureHelp | undefined {
  const record = node.arguments;
  const isClosed = record !== undefined && offset >= record.end && parsed.text.charAt(record.end - 1) === "}";
  if (record === undefined || offset <= record.start || isClosed) return undefined;
  const taken = node.kind === "use" ? actionOf(around, program)?.parameters : sequenceParameters(node, program);
  if (taken === undefined) return undefined;
  const parameters = taken.map(labelled);
  const path = node.kind === "use" ? node.action : node.sequence;
  const label = `${parsed.text.slice(path.start, path.end)} { ${parameters.map((each) => each.label).join(", ")} }`;
  const field = record.fields.find(({ start, end }) => start <= offset && offset <= end);
  const key = field?.key.kind === "name" ? field.key.text : undefined;
  const active = parameters.findIndex((each) => String(each.label).replace(/\??:.*$/s, "") === key);
  return one(label, parameters, active < 0 ? parameters.length : active);
}

function labelled({ name, type, required, text }: DescribedParameter): ParameterInformation {
  return { label: `${name}${required ? "" : "?"}: ${type}`, ...(text === "" ? {} : { documentation: text }) };
}

function one(
  label: string,
  parameters: ParameterInformation[],
  activeParameter: number,
  documentation?: string,
): SignatureHelp {
  const signature = { label, parameters, ...(documentation === undefined ? {} : { documentation }) };
  return { signatures: [signature], activeSignature: 0, activeParameter };
}
