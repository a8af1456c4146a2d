// A catalogue action whose arguments have changed: each changed argument goes into the one setting that it came from. The old step is
// imported again to see what its arguments were.
import { parse } from "@sequitur/grammar";
import type { Expression, Record, Step, UseAction } from "@sequitur/grammar";
import type { ActionParameter } from "@sequitur/runtime/plan";
import type { Dialect, ForeignStep } from "../foreign/model.ts";
import { declarationOf, knownStep, settingOf } from "../import/import-use.ts";
import { importStep } from "../import/import-step.ts";
import { ImportNames, Variables } from "../import/names.ts";
import { isRefusal } from "../import/step-text.ts";
import { dumpWithoutPlaces } from "../origin/origin-map.ts";
import { foreignText, textOf } from "./export-condition.ts";
import { textEdit } from "./xml-edit.ts";
import type { XmlEdit } from "./xml-edit.ts";

export interface ChangedUse {
  readonly text: string;
  readonly dialect: Dialect;
  readonly contents: ReadonlyMap<string, string>;
  readonly foreign: ForeignStep;
  readonly action: UseAction;
}

export function exportUse(changed: ChangedUse): { readonly edits: readonly XmlEdit[] } | { readonly why: string } {
  const { action, foreign, dialect, text } = changed;
  const name = nameOf(action);
  const known = foreign.type === undefined ? undefined : knownStep(foreign.type, dialect);
  const old = oldAction(foreign, dialect);
  if (known === undefined || old === undefined || nameOf(old) !== name) {
    return {
      why: "the step does something else than before, which can't be written back yet: delete it and add a new one",
    };
  }
  const before = argumentsOf(old.arguments);
  const now = argumentsOf(action.arguments);
  const edits: XmlEdit[] = [];
  for (const parameter of new Set([...before.keys(), ...now.keys()])) {
    const [was, is] = [before.get(parameter), now.get(parameter)];
    const declared = declarationOf(name)?.parameters[parameter];
    if (declared === undefined || isSame(was, is, declared, changed)) continue;
    const elements = foreign.variables.filter((variable) => settingOf(known.settings, variable) === parameter);
    const [only, ...others] = elements;
    const value = is === undefined ? "" : settingText(is, declared, only?.value ?? "", changed);
    if (only === undefined || others.length > 0 || value === undefined) {
      return { why: `a changed "${parameter}" can't be written back yet` };
    }
    if (repeatedIn(foreign.action, only.value))
      return { why: `"${parameter}" stands in the command of the step too, and can't be written back yet` };
    edits.push(textEdit(text, only.element, value));
  }
  return { edits };
}

/** Generated commands repeat some of the settings. Short values are everywhere. */
function repeatedIn(command: string, value: string): boolean {
  return value.length > 2 && command.includes(value);
}

function oldAction(foreign: ForeignStep, dialect: Dialect): UseAction | undefined {
  const names = new ImportNames();
  const imported = importStep(foreign, dialect, {
    names,
    variables: new Variables(names),
    fileName: "old",
    files: [],
    used: { contents: new Set(), accounts: new Set(), sequences: new Set() },
    secrets: new Map(),
    callable: (id) => id,
  });
  if (isRefusal(imported)) return undefined;
  const { tree } = parse(`sequence old {\nstep "old"\n${imported.action}\n}\n`, "old.seq");
  const [sequence] = tree.declarations;
  const step =
    sequence?.kind === "sequence"
      ? sequence.members.find((member): member is Step => member.kind === "step")
      : undefined;
  return step?.action.kind === "use" ? step.action : undefined;
}

function nameOf({ action }: UseAction): string {
  return action.kind === "missing" ? "" : action.names.map((part) => (part.kind === "name" ? part.text : "")).join(".");
}

function argumentsOf(record: Record | undefined): ReadonlyMap<string, Expression> {
  const fields = record?.fields ?? [];
  return new Map(fields.flatMap(({ key, value }) => (key.kind === "name" ? [[key.text, value] as const] : [])));
}

const contentTypes: ReadonlySet<unknown> = new Set(["package", "image", "application"]);

function isSame(
  was: Expression | undefined,
  is: Expression | undefined,
  parameter: ActionParameter,
  { contents }: ChangedUse,
): boolean {
  if (was === undefined || is === undefined) return was === is;
  if (contentTypes.has(parameter.type) && is.kind === "reference") {
    // Names of content are given once for a whole import; here the identifier counts.
    const id = contents.get(is.name.text);
    return id === undefined || (was.kind === "reference" && was.name.text.endsWith(id.replace(/[^A-Za-z0-9]/g, "")));
  }
  return dumpWithoutPlaces(was) === dumpWithoutPlaces(is);
}

/** Undefined: it has no form there that is sure to be understood. */
function settingText(
  value: Expression,
  parameter: ActionParameter,
  old: string,
  { contents }: ChangedUse,
): string | undefined {
  if (parameter.choices !== undefined) return undefined;
  switch (parameter.type) {
    case "string":
      return value.kind === "string" ? foreignText(value) : textOf(value);
    case "bool":
      return value.kind === "boolean" ? inCaseOf(old, String(value.value)) : undefined;
    case "int":
      return value.kind === "number" && value.unit === "int" ? String(value.value) : undefined;
    case "size": {
      const megabytes = value.kind === "number" && value.unit === "size" ? value.value / 1024 ** 2 : Number.NaN;
      return Number.isInteger(megabytes) ? String(megabytes) : undefined;
    }
    case "duration":
      return value.kind === "number" && value.unit === "duration" && value.value % 1000 === 0
        ? String(value.value / 1000)
        : undefined;
    case "package":
    case "image":
    case "application":
      return value.kind === "reference" ? contents.get(value.name.text) : undefined;
    default:
      return undefined;
  }
}

/** `True` stays a file's way to write it. */
function inCaseOf(old: string, word: string): string {
  return /^[A-Z]/.test(old) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}
