// A new step or group as XML, from the template of its kind. Kinds without a template give the reason.
import type { Group, Statement, Step } from "@sequitur/grammar";
import { mdtScripts } from "@sequitur/compiler";
import type { Dialect } from "../foreign/model.ts";
import { plainTitle, docText } from "../origin/origin-map.ts";
import { escapeAttribute, escapeText } from "../xml/read.ts";
import { codeList, secondsOf } from "./export-change.ts";
import { exportCondition, foreignText, textOf } from "./export-condition.ts";

export interface Refused {
  readonly why: string;
  readonly at: Statement;
}

export interface TemplateContext {
  readonly dialect: Dialect;
  /** What content is called there, by name. */
  readonly contents: ReadonlyMap<string, string>;
}

export type Templated = { readonly xml: string } | Refused;

/** `statements` gives the inside of a group, so that nested nodes can be old ones. */
export function groupXml(ctx: TemplateContext, node: Group, inside: string): Templated {
  if (node.onError !== undefined || node.finally !== undefined) {
    return { why: "`on error` and `finally` can't be written back yet", at: node };
  }
  const shared = sharedXml(ctx, node, "");
  if ("why" in shared) return shared;
  const action = ctx.dialect === "mdt" ? "<action />" : "";
  return { xml: `<group${shared.attributes}>${shared.condition}${action}${inside}</group>` };
}

export function stepXml(ctx: TemplateContext, node: Step): Templated {
  const { action } = node;
  switch (action.kind) {
    case "commandline": {
      const command = action.command.kind === "missing" ? undefined : foreignText(action.command);
      if (command === undefined) return { why: "the command holds a value that is no variable", at: node };
      return commandXml(ctx, node, command);
    }
    case "set":
      return assignmentXml(ctx, node);
    case "restart":
      return restartXml(ctx, node);
    case "use": {
      const name =
        action.action.kind === "missing"
          ? ""
          : action.action.names.map((part) => (part.kind === "name" ? part.text : "")).join(".");
      const command = mdtScripts.find(([known]) => known === name)?.[1];
      if (command === undefined || ctx.dialect !== "mdt" || (action.arguments?.fields.length ?? 0) > 0) break;
      const [script = "", ...switches] = command.split(" ");
      const text = [`cscript.exe "%SCRIPTROOT%\\${script}"`, ...switches].join(" ");
      return finished(ctx, node, "", text, []);
    }
    default:
      break;
  }
  return { why: "there is no template for this action yet", at: node };
}

type Field = readonly [name: string, property: string, value: string, hidden?: boolean];

function commandXml(ctx: TemplateContext, node: Step, command: string): Templated {
  const from = node.clauses.find((clause) => clause.kind === "from");
  const name =
    from?.package.kind === "path"
      ? from.package.names.map((part) => (part.kind === "name" ? part.text : "")).join(".")
      : "";
  const id = from === undefined ? "" : ctx.contents.get(name);
  if (id === undefined) return { why: `what "${name}" is called there is not known`, at: node };
  const type = "SMS_TaskSequence_RunCommandLineAction";
  if (ctx.dialect === "mdt") return finished(ctx, node, type, command, [["PackageID", "PackageID", id]]);
  const list = codeList(node) ?? "0 3010";
  return finished(ctx, node, type, `smsswd.exe /run:${id} ${command}`, [
    ["CommandLine", "CommandLine", command, true],
    ...(id === "" ? [] : [["PackageID", "PackageID", id, true] as const]),
    ["SMSTSDisableWow64Redirection", "DisableWow64Redirection", "false"],
    ["_SMSTSRunCommandLineAsUser", "RunAsUser", "false"],
    ["SuccessCodes", "SuccessCodes", list, true],
  ]);
}

function assignmentXml(ctx: TemplateContext, node: Step): Templated {
  const [assignment, ...others] = node.action.kind === "set" ? node.action.assignments : [];
  const value = assignment === undefined ? undefined : textOf(assignment.value);
  if (
    assignment === undefined ||
    others.length > 0 ||
    assignment.when !== undefined ||
    value === undefined ||
    assignment.name.kind === "missing"
  ) {
    return { why: "only a `set` of one variable to a text can be written there", at: node };
  }
  const name = assignment.name.text;
  const isMdt = ctx.dialect === "mdt";
  const action = isMdt ? 'cscript.exe "%SCRIPTROOT%\\ZTISetVariable.wsf"' : `tsenv.exe "${name}=${value}"`;
  return finished(ctx, node, "SMS_TaskSequence_SetVariableAction", action, [
    ["VariableName", "VariableName", name, !isMdt],
    ["VariableValue", "VariableValue", value, !isMdt],
  ]);
}

function restartXml(ctx: TemplateContext, node: Step): Templated {
  if (node.action.kind !== "restart") return { why: "it is no restart", at: node };
  const { target, after, message } = node.action;
  const words =
    target?.kind === "path" ? target.names.map((part) => (part.kind === "name" ? part.text : "")).join(".") : "";
  if (words !== "" && words !== "winpe") return { why: "a restart to an image can't be written there", at: node };
  const seconds = after === undefined ? (ctx.dialect === "mdt" ? 60 : 0) : secondsOf(after);
  const text = message === undefined ? "" : message.kind === "missing" ? undefined : foreignText(message);
  if (seconds === undefined || text === undefined)
    return { why: "its message or delay can't be written there", at: node };
  const place = ctx.dialect === "mdt" || words === "winpe" ? "WinPE" : "HD";
  const prefix = ctx.dialect === "mdt" ? "" : "SMSReboot";
  const timeout = ctx.dialect === "mdt" ? "MessageTimeout" : "SMSRebootTimeout";
  return finished(ctx, node, "SMS_TaskSequence_RebootAction", `smsboot.exe /target:${place}`, [
    [`${prefix}Message`, "Message", text],
    [timeout, "MessageTimeout", String(seconds)],
    [`${prefix}Target`, "Target", ctx.dialect === "mdt" ? "" : place, ctx.dialect !== "mdt"],
  ]);
}

const written: ReadonlySet<string> = new Set(
  "from success reboots timeout when needs continueOnError disabled".split(" "),
);

function sharedXml(
  ctx: TemplateContext,
  node: Step | Group,
  type: string,
): { readonly attributes: string; readonly condition: string } | Refused {
  const strange = node.clauses.find(({ kind }) => !written.has(kind));
  if (strange !== undefined) return { why: `the clause \`${strange.kind}\` can't be written there yet`, at: node };
  const when = node.clauses.find((clause) => clause.kind === "when");
  const inner = when === undefined ? "" : exportCondition(when.condition);
  if (inner === undefined) return { why: "the condition asks something that a condition there can't ask", at: node };
  const isOn = (kind: "disabled" | "continueOnError"): boolean => node.clauses.some((clause) => clause.kind === kind);
  const flag = (name: string, isSet: boolean): string => (isSet || ctx.dialect === "mdt" ? ` ${name}="${isSet}"` : "");
  const attributes = [
    type === "" ? "" : ` type="${type}"`,
    ` name="${escapeAttribute(plainTitle(node))}"`,
    ` description="${escapeAttribute(node.doc === undefined ? "" : docText(node.doc))}"`,
    flag("disable", isOn("disabled")),
    flag("continueOnError", isOn("continueOnError")),
  ];
  return { attributes: attributes.join(""), condition: when === undefined ? "" : `<condition>${inner}</condition>` };
}

function finished(ctx: TemplateContext, node: Step, type: string, action: string, fields: readonly Field[]): Templated {
  const shared = sharedXml(ctx, node, type);
  if ("why" in shared) return shared;
  const timeout = node.clauses.find((clause) => clause.kind === "timeout");
  const seconds = timeout === undefined ? undefined : secondsOf(timeout.duration);
  if (timeout !== undefined && (seconds === undefined || ctx.dialect === "mdt")) {
    return { why: "its time-out can't be written there", at: node };
  }
  const isProcess = node.action.kind === "commandline";
  const codes = isProcess || ctx.dialect === "mdt" ? codeList(node) : "0";
  if (codes === undefined) return { why: "an exit code is not a number", at: node };
  const needs = node.clauses.find((clause) => clause.kind === "needs");
  const where = needs === undefined ? "WinPEandFullOS" : needs.phase === "winpe" ? "WinPE" : "FullOS";
  const own = [
    seconds === undefined ? "" : ` timeout="${seconds}"`,
    ctx.dialect === "mdt" ? ' startIn=""' : "",
    ` runIn="${where}" successCodeList="${codes}"`,
    ctx.dialect === "mdt" ? "" : ' retryCount="0" runFromNet="false"',
  ];
  const variables = fields.map(
    ([name, property, value, hidden = false]) =>
      `<variable name="${name}" property="${property}"${hidden ? ' hidden="true"' : ""}>${escapeText(value)}</variable>`,
  );
  const list = `<defaultVarList>${variables.join("")}</defaultVarList>`;
  return {
    xml: `<step${shared.attributes}${own.join("")}>${shared.condition}<action>${escapeText(action)}</action>${list}</step>`,
  };
}
