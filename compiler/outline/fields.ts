// What a step or group sets, as fields with names: arguments by parameter, clauses by their keyword.
import { unreachable } from "@sequitur/grammar";
import type { Action, Clause, Field, Record, Step } from "@sequitur/grammar";
import { writtenText } from "../lower/node-name.ts";
import type { Module } from "../model/module.ts";
import { textOf } from "./outline-text.ts";
import type { OutlineField } from "./outline.ts";

type FieldKind = OutlineField["kind"];

export function fieldsOfStep(module: Module, step: Step): readonly OutlineField[] {
  return [...fieldsOfAction(module, step.action), ...fieldsOfClauses(module, step.clauses)];
}

/** Each field of a record apart, so that a change of one is said as that. */
export function fieldsOfRecord(module: Module, record: Record, kind: FieldKind, prefix = ""): readonly OutlineField[] {
  return record.fields.map((field) => {
    const value = textOf(module, field.value);
    const when = field.when === undefined ? undefined : textOf(module, field.when);
    return {
      name: `${prefix}${fieldName(module, field)}`,
      kind,
      text: when === undefined ? value.text : `${value.text} when ${when.text}`,
      key: `${value.key}\u0001${when?.key ?? ""}`,
    };
  });
}

function fieldName(module: Module, { key }: Field): string {
  return key.kind === "missing" ? "" : key.kind === "name" ? key.text : writtenText(module, key);
}

function fieldsOfAction(module: Module, action: Action): readonly OutlineField[] {
  const argument = (name: string, node: Parameters<typeof textOf>[1]): OutlineField => ({
    name,
    kind: "argument",
    ...textOf(module, node),
  });
  switch (action.kind) {
    case "run":
    case "commandline":
      return [argument("command", action.command)];
    case "script":
      return [argument("script", action.source)];
    case "use":
    case "call":
      return action.arguments === undefined ? [] : fieldsOfRecord(module, action.arguments, "argument");
    case "set":
      return action.assignments.map((assignment) => {
        const value = textOf(module, assignment.value);
        const when = assignment.when === undefined ? undefined : textOf(module, assignment.when);
        return {
          name: assignment.name.kind === "missing" ? "" : assignment.name.text,
          kind: "argument",
          text: when === undefined ? value.text : `${value.text} when ${when.text}`,
          key: `${value.key}\u0001${when?.key ?? ""}`,
        };
      });
    case "restart":
      return [
        ...(action.target === undefined ? [] : [argument("restart to", action.target)]),
        ...(action.after === undefined ? [] : [argument("delay", action.after)]),
        ...(action.message === undefined ? [] : [argument("message", action.message)]),
      ];
    case "log":
      return [argument("text", action.value)];
    case "fail":
      return action.message === undefined ? [] : [argument("message", action.message)];
    case "wait":
      return [argument("duration", action.duration)];
    case "waitUntil":
      return [argument("condition to wait for", action.condition)];
    case "missing":
      return [];
    default:
      return unreachable(action);
  }
}

/** The clauses of a step or group. */
export function fieldsOfClauses(module: Module, clauses: readonly Clause[]): readonly OutlineField[] {
  return clauses.flatMap((clause) => fieldsOfClause(module, clause));
}

function fieldsOfClause(module: Module, clause: Clause): readonly OutlineField[] {
  const written = textOf(module, clause);
  const setting = (name: string, word: string, kind: FieldKind = "setting"): readonly OutlineField[] => [
    { name, kind, text: written.text.slice(word.length).trim(), key: written.key },
  ];
  switch (clause.kind) {
    case "when":
      return [{ name: "condition", kind: "condition", ...textOf(module, clause.condition) }];
    case "env":
      return clause.variables.kind === "missing"
        ? []
        : fieldsOfRecord(module, clause.variables, "argument", "environment variable ");
    case "foreign":
      return clause.settings.kind === "missing"
        ? []
        : fieldsOfRecord(module, clause.settings, "setting", "foreign setting ");
    case "args":
      return setting("arguments", "args", "argument");
    case "from":
      return setting("package", "from");
    case "workdir":
      return setting("working folder", "workdir");
    case "into":
      return setting("variable for the result", "into");
    case "success":
      return setting("exit codes of success", "success");
    case "reboots":
      return setting("exit codes that ask for a restart", "reboots");
    case "retry":
      return setting("retry", "retry");
    case "timeout":
      return setting("time limit", "timeout");
    case "as":
      return setting("account", "as");
    case "needs":
      return setting("phase", "needs");
    case "continueOnError":
      return [{ name: "continue on error", kind: "setting", text: "yes", key: "yes" }];
    case "onInterruption":
      return setting("on interruption", "on interruption");
    case "disabled":
      return [{ ...written, name: "disabled", kind: "setting", text: written.text.slice(8).trim() || "yes" }];
    default:
      return unreachable(clause);
  }
}
