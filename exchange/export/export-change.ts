// One step or group that has changed: its old XML with the places replaced that would come out different now.
import type { Clause, Expression, Group, Step } from "@sequitur/grammar";
import type { Dialect, ForeignNode } from "../foreign/model.ts";
import { docText, plainTitle } from "../origin/origin-map.ts";
import { childrenNamed, textOf as xmlText } from "../xml/tree.ts";
import { exportCondition, foreignText, textOf } from "./export-condition.ts";
import { exportUse } from "./export-use.ts";
import { attributeEdit, textEdit, variableElement } from "./xml-edit.ts";
import type { XmlEdit } from "./xml-edit.ts";

export type Change = { readonly edits: readonly XmlEdit[] } | { readonly why: string };

export interface ChangedNode {
  readonly text: string;
  /** What content is called there, by name. */
  readonly contents: ReadonlyMap<string, string>;
  readonly dialect: Dialect;
  readonly node: Step | Group;
  readonly foreign: ForeignNode;
}

/** `part`: as the origin names it. */
export function exportChange(changed: ChangedNode, part: string): Change {
  const { text, dialect, node, foreign } = changed;
  const { element } = foreign;
  const flag = (name: string, isOn: boolean): Change => {
    const off = dialect === "mdt" ? "false" : undefined;
    return { edits: attributeEdit(text, element, name, isOn ? "true" : off) };
  };
  switch (part) {
    case "name":
      return { edits: attributeEdit(text, element, "name", plainTitle(node)) };
    case "doc":
      return { edits: attributeEdit(text, element, "description", node.doc === undefined ? "" : docText(node.doc)) };
    case "disabled":
      return flag("disable", hasClause(node, "disabled"));
    case "continueOnError":
      return flag("continueOnError", hasClause(node, "continueOnError"));
    case "when":
      return conditionChange(changed);
    case "success":
    case "reboots":
      return codesChange(changed);
    case "timeout":
      return timeoutChange(changed);
    case "needs":
      return { edits: attributeEdit(text, element, "runIn", runInOf(node)) };
    case "action":
      return node.kind === "step" ? actionChange(changed, node) : { why: "a group has no action" };
    default:
      return { why: `a changed \`${part}\` has no place there yet` };
  }
}

function hasClause(node: Step | Group, kind: Clause["kind"]): boolean {
  return node.clauses.some((clause) => clause.kind === kind);
}

function runInOf(node: Step | Group): string {
  const needs = node.clauses.find((clause) => clause.kind === "needs");
  return needs === undefined ? "WinPEandFullOS" : needs.phase === "winpe" ? "WinPE" : "FullOS";
}

function conditionChange({ text, node, foreign }: ChangedNode): Change {
  const when = node.clauses.find((clause) => clause.kind === "when");
  const [old] = childrenNamed(foreign.element, "condition");
  if (when === undefined) return { edits: old === undefined ? [] : [{ start: old.start, end: old.end, text: "" }] };
  const inner = exportCondition(when.condition);
  if (inner === undefined) return { why: "the condition asks something that a condition there can't ask" };
  const written = `<condition>${inner}</condition>`;
  if (old !== undefined) return { edits: [{ start: old.start, end: old.end, text: written }] };
  const { element } = foreign;
  if (text.slice(element.start, element.end).endsWith("/>")) {
    const slash = text.lastIndexOf("/>", element.end);
    return { edits: [{ start: slash, end: element.end, text: `>${written}</${element.name}>` }] };
  }
  return { edits: [{ start: element.contentStart, end: element.contentStart, text: written }] };
}

/** Good codes, then those that ask for a restart. Undefined: one of them is a name. */
export function codeList(node: Step | Group): string | undefined {
  const success = node.clauses.find((clause) => clause.kind === "success");
  const reboots = node.clauses.find((clause) => clause.kind === "reboots");
  if (success === undefined && reboots === undefined) return "0 3010";
  const codes = [...(success?.codes ?? []), ...(reboots?.codes ?? [])].map((code) =>
    code.kind === "code" && code.value.kind === "number"
      ? `${code.negative ? "-" : ""}${signed(code.value.value)}`
      : undefined,
  );
  if (codes.includes(undefined)) return undefined;
  return [...(success === undefined ? ["0"] : []), ...codes].join(" ");
}

function signed(code: number): number {
  return code >= 2 ** 31 ? code - 2 ** 32 : code;
}

function codesChange({ text, node, foreign }: ChangedNode): Change {
  const list = codeList(node);
  if (list === undefined) return { why: "an exit code is not a number" };
  const variables = ["SuccessCodes", "OSDRunPowerShellScriptSuccessCodes"].map((name) =>
    variableElement(foreign.element, name),
  );
  return {
    edits: [
      ...attributeEdit(text, foreign.element, "successCodeList", list),
      ...variables.flatMap((variable) => (variable === undefined ? [] : [textEdit(text, variable, list)])),
    ],
  };
}

function timeoutChange({ text, dialect, node, foreign }: ChangedNode): Change {
  const clause = node.clauses.find(({ kind }) => kind === "timeout");
  if (clause === undefined) return { edits: attributeEdit(text, foreign.element, "timeout", undefined) };
  if (dialect === "mdt" || foreign.kind === "group") return { why: "there is no time-out there" };
  const seconds = clause.kind === "timeout" ? secondsOf(clause.duration) : undefined;
  if (seconds === undefined) return { why: "the time-out is no number of whole seconds" };
  return { edits: attributeEdit(text, foreign.element, "timeout", String(seconds)) };
}

export function secondsOf(expression: Expression): number | undefined {
  const isDuration = expression.kind === "number" && expression.unit === "duration" && expression.value % 1000 === 0;
  return isDuration ? expression.value / 1000 : undefined;
}

function actionChange(changed: ChangedNode, step: Step): Change {
  const { foreign } = changed;
  if (foreign.kind !== "step") return { why: "it was a group before" };
  const { action } = step;
  switch (action.kind) {
    case "commandline": {
      if (foreign.type !== undefined && !/RunCommandLine/.test(foreign.type)) break;
      const command = action.command.kind === "missing" ? undefined : foreignText(action.command);
      return command === undefined
        ? { why: "the command holds a value that is no variable" }
        : commandChange(changed, command);
    }
    case "use":
      return exportUse({ text: changed.text, dialect: changed.dialect, contents: changed.contents, foreign, action });
    case "set": {
      const [assignment, ...others] = action.assignments;
      if (assignment === undefined || others.length > 0 || action.block) break;
      const value = textOf(assignment.value);
      if (value === undefined || assignment.name.kind === "missing") break;
      return assignmentChange(changed, assignment.name.text, value);
    }
    default:
      break;
  }
  return { why: "only changes of command lines and of `set` with one variable can be written back yet" };
}

function commandChange({ text, dialect, foreign }: ChangedNode, command: string): Change {
  const [action] = childrenNamed(foreign.element, "action");
  if (action === undefined) return { why: "it has no action" };
  if (dialect === "mdt") return { edits: [textEdit(text, action, command)] };
  const variable = variableElement(foreign.element, "CommandLine");
  if (variable === undefined) return { why: "it is no command line there" };
  const old = xmlText(variable);
  const whole = xmlText(action);
  if (!whole.endsWith(old)) return { why: "its action does not repeat the old command" };
  return {
    edits: [
      textEdit(text, variable, command),
      textEdit(text, action, whole.slice(0, whole.length - old.length) + command),
    ],
  };
}

function assignmentChange({ text, foreign }: ChangedNode, name: string, value: string): Change {
  const [action] = childrenNamed(foreign.element, "action");
  const variables = ["VariableName", "VariableValue"].map((wanted) => variableElement(foreign.element, wanted));
  const [nameElement, valueElement] = variables;
  if (action === undefined || nameElement === undefined || valueElement === undefined) {
    return { why: "it sets no variable there" };
  }
  const edits = [textEdit(text, valueElement, value)];
  if (xmlText(nameElement).toLowerCase() !== name.toLowerCase()) edits.push(textEdit(text, nameElement, name));
  const old = `"${xmlText(nameElement)}=${xmlText(valueElement)}"`;
  const whole = xmlText(action);
  if (whole.includes(old))
    edits.push(
      textEdit(
        text,
        action,
        whole.replace(old, () => `"${name}=${value}"`),
      ),
    );
  else if (/^tsenv\.exe/i.test(whole)) return { why: "its action does not repeat the old value" };
  return { edits };
}
