// One step: which action it is here, and its operands. Each kind that is no catalogue action has a function of its own.
import { knownGlobalNamed } from "@sequitur/compiler";
import type { Dialect, ForeignStep } from "../foreign/model.ts";
import { isTrue } from "../foreign/read-sequence.ts";
import { readXml } from "../xml/read.ts";
import { attributeOf, childElements, childrenNamed, textOf } from "../xml/tree.ts";
import type { XmlElement } from "../xml/tree.ts";
import { embeddedScript } from "./embedded-script.ts";
import { importCondition } from "./import-condition.ts";
import { importUse, knownStep, scriptAction } from "./import-use.ts";
import { fileNameOf, hasControls, identifierOf, literal, nameText, scriptBlock } from "./source-text.ts";
import { accountName, contentName, secretMarker, secretName } from "./step-text.ts";
import type { Refusal, SequenceImport, StepText } from "./step-text.ts";
import { truth } from "./setting-value.ts";
import { textExpression } from "./variable-text.ts";

export function importStep(step: ForeignStep, dialect: Dialect, ctx: SequenceImport): StepText | Refusal {
  const known = step.type === undefined ? undefined : knownStep(step.type, dialect);
  if (known === undefined) return unknownType(step, ctx);
  switch (known.action) {
    case "commandline":
      return dialect === "mdt" ? mdtCommand(step, ctx) : command(step, ctx, valueOf(step, "CommandLine"));
    case "powershell":
      return powershell(step, ctx);
    case "set":
      return assignment(step, ctx);
    case "set { }":
      return rules(step, ctx);
    case "restart":
      return restart(step, dialect, ctx);
    case "call":
      return child(step, ctx);
    default:
      return importUse(step, known, ctx);
  }
}

/** A step that only the original understands: its type, its command, its settings. */
export function unknownStep(step: ForeignStep): StepText {
  const foreign = new Map<string, string>();
  for (const { name, value } of step.variables) if (value !== "") foreign.set(unusedKey(foreign, name), value);
  const fields = [
    ...(step.type === undefined ? [] : [`type: ${literal(step.type)}`]),
    ...(step.action === "" ? [] : [`command: ${literal(step.action)}`]),
  ];
  return { owner: "use", action: `use foreign.step { ${fields.join(", ")} }`, clauses: [], foreign };
}

/** Settings may repeat their names; keys of a record can't, in any case. */
function unusedKey(taken: ReadonlyMap<string, string>, name: string): string {
  const names = new Set([...taken.keys()].map((key) => key.toLowerCase()));
  let key = name;
  for (let count = 2; names.has(key.toLowerCase()); count++) key = `${name} (${count})`;
  return key;
}

function valueOf(step: ForeignStep, name: string): string {
  return step.variables.find((variable) => variable.name.toLowerCase() === name.toLowerCase())?.value ?? "";
}

function rest(step: ForeignStep, dealtWith: RegExp): Map<string, string> {
  const foreign = new Map<string, string>();
  for (const { name, value } of step.variables) {
    if (value !== "" && !dealtWith.test(name)) foreign.set(unusedKey(foreign, name), value);
  }
  return foreign;
}

// ---- commands -------------------------------------------------------------------------------------------------------

function unknownType(step: ForeignStep, ctx: SequenceImport): StepText | Refusal {
  if (step.type !== undefined) return { refused: `steps of the type "${step.type}" are not known` };
  return mdtCommand(step, ctx);
}

function mdtCommand(step: ForeignStep, ctx: SequenceImport): StepText | Refusal {
  const script = scriptAction(step.action);
  if (script === undefined) return command(step, ctx, step.action);
  const extra = new Map(script.mode === undefined ? [] : [["mode", script.mode]]);
  return importUse(step, { action: script.action, settings: [] }, ctx, extra);
}

const commandSettings =
  /^(CommandLine|PackageID|SuccessCodes|WorkingDirectory|LoadProfile|RunAsUser|_SMSTSRunCommandLineAsUser|SMSTSDisableWow64Redirection|SMSTSRunCommandLine(OutputVariableName|UserName|UserPassword))$/i;

function command(step: ForeignStep, ctx: SequenceImport, text: string): StepText | Refusal {
  if (text.trim() === "") return { refused: "it has no command" };
  const foreign = rest(step, commandSettings);
  const clauses = processClauses(step, ctx, foreign, "SMSTSRunCommandLineOutputVariableName", [
    "SMSTSRunCommandLineUserName",
    "SMSTSRunCommandLineUserPassword",
    ["RunAsUser", "_SMSTSRunCommandLineAsUser"],
  ]);
  const from = packageClause(step, ctx, "PackageID", foreign);
  const folder = folderClause(valueOf(step, "WorkingDirectory") || (attributeOf(step.element, "startIn") ?? ""), ctx);
  if (folder === undefined) foreign.set("WorkingDirectory", valueOf(step, "WorkingDirectory"));
  return {
    owner: "process",
    action: `commandline ${literal(text)}`,
    clauses: [...from, ...(folder ?? []), ...clauses],
    foreign,
  };
}

function packageClause(
  step: ForeignStep,
  ctx: SequenceImport,
  name: string,
  foreign: Map<string, string>,
): readonly string[] {
  const id = valueOf(step, name);
  if (id === "" || /^0+$/.test(id)) return [];
  if (/^[A-Za-z0-9_-]+$/.test(id)) return [`from ${nameText(contentName(ctx, "package", id))}`];
  foreign.set(name, id);
  return [];
}

function folderClause(folder: string, ctx: SequenceImport): readonly string[] | undefined {
  if (folder === "") return [];
  const text = textExpression(folder, ctx.variables);
  return text === undefined ? undefined : [`workdir ${text}`];
}

function processClauses(
  step: ForeignStep,
  ctx: SequenceImport,
  foreign: Map<string, string>,
  output: string,
  [userName, passwordName, switches]: readonly [string, string, readonly string[]],
): readonly string[] {
  const clauses: string[] = [];
  const into = valueOf(step, output);
  if (into !== "") {
    const variable = ctx.variables.set(into);
    if (variable === undefined) foreign.set(output, into);
    else clauses.push(`into ${variable}`);
  }
  const user = valueOf(step, userName);
  const password = valueOf(step, passwordName);
  const isAsUser = switches.some((name) => truth(valueOf(step, name)) === true);
  if (isAsUser && user !== "" && !user.includes("%")) clauses.push(`as ${nameText(accountName(ctx, user))}`);
  else {
    for (const name of switches) if (truth(valueOf(step, name)) === true) foreign.set(name, valueOf(step, name));
    if (user !== "") foreign.set(userName, user);
    if (password !== "") foreign.set(passwordName, password);
  }
  return clauses;
}

const powershellSettings =
  /^(OSDRunPowerShellScript(SourceScript|ScriptName|PackageID|Parameters|ExecutionPolicy|OutputVariableName|SuccessCodes)|_SMSTSRunPowerShellAsUser|SMSTSRunPowerShell(UserName|UserPassword|WorkingDirectory))$/i;

function powershell(step: ForeignStep, ctx: SequenceImport): StepText | Refusal {
  const foreign = rest(step, powershellSettings);
  const embedded = valueOf(step, "OSDRunPowerShellScriptSourceScript");
  const named = valueOf(step, "OSDRunPowerShellScriptScriptName");
  const source = embedded === "" ? packagedScript(named) : carriedScript(step, ctx, embedded);
  if (typeof source !== "string") return source;
  const clauses = [...(embedded === "" ? packageClause(step, ctx, "OSDRunPowerShellScriptPackageID", foreign) : [])];
  if (embedded === "" && clauses.length === 0) return { refused: "its script lies in no package" };
  const parameters = valueOf(step, "OSDRunPowerShellScriptParameters");
  const args = parameters === "" ? undefined : textExpression(parameters, ctx.variables);
  if (args === undefined) {
    if (parameters !== "") foreign.set("OSDRunPowerShellScriptParameters", parameters);
  } else clauses.push(`args ${/^["']/.test(args) ? args : `"\${${args}}"`}`);
  const folder = folderClause(valueOf(step, "SMSTSRunPowerShellWorkingDirectory"), ctx);
  if (folder === undefined) {
    foreign.set("SMSTSRunPowerShellWorkingDirectory", valueOf(step, "SMSTSRunPowerShellWorkingDirectory"));
  } else clauses.push(...folder);
  clauses.push(
    ...processClauses(step, ctx, foreign, "OSDRunPowerShellScriptOutputVariableName", [
      "SMSTSRunPowerShellUserName",
      "SMSTSRunPowerShellUserPassword",
      ["_SMSTSRunPowerShellAsUser"],
    ]),
  );
  return { owner: "process", action: `powershell ${source}`, clauses, foreign };
}

function packagedScript(name: string): string | Refusal {
  if (name === "" || /%/.test(name) || hasControls(name)) return { refused: "it names no script" };
  const path = name.replaceAll("\\", "/").replace(/^(\.\/+)+/, "");
  if (/^\/|^[A-Za-z]:|(^|\/)\.\.?(\/|$)/.test(path)) return { refused: `the script "${name}" is not in its package` };
  return `file(${literal(path)})`;
}

/** A short script stands in the text, a longer one in a file beside it. */
function carriedScript(step: ForeignStep, ctx: SequenceImport, value: string): string | Refusal {
  const script = embeddedScript(value);
  if (script === undefined) return { refused: "its script is not readable" };
  const text = script.text.endsWith("\n") && !script.isSigned ? script.text.slice(0, -1) : script.text;
  const lines = text.split("\n");
  const isShort = lines.length <= 8 && text.trim() !== "" && !/^\s*$/.test(lines.at(-1) ?? "");
  if (isShort && !script.isSigned && !hasControls(text.replaceAll("\n", ""))) return scriptBlock(text);
  if (text.trim() === "") return { refused: "its script is empty" };
  const base = fileNameOf(step.name, "script");
  const taken = new Set(ctx.files.map(({ path }) => path));
  const folder = `scripts/${ctx.fileName}`;
  let path = `${folder}/${base}.ps1`;
  for (let count = 2; taken.has(path); count++) path = `${folder}/${base}-${count}.ps1`;
  ctx.files.push({ path, text: script.text });
  return `file(${literal(`../${path}`)})`;
}

// ---- variables ------------------------------------------------------------------------------------------------------

const assignmentSettings =
  /^(VariableName|VariableValue|DoNotShowVariableValue|SetVariableActionHiddenVariableValue)$/i;

function assignment(step: ForeignStep, ctx: SequenceImport): StepText | Refusal {
  const name = valueOf(step, "VariableName");
  const isHidden = isTrue(valueOf(step, "DoNotShowVariableValue"));
  const hiddenValue = valueOf(step, "SetVariableActionHiddenVariableValue");
  const value = isHidden && hiddenValue !== "" ? hiddenValue : valueOf(step, "VariableValue");
  const text = assigned(ctx, name, value, isHidden);
  if (typeof text !== "string") return text;
  return { owner: "set", action: `set ${text}`, clauses: [], foreign: rest(step, assignmentSettings) };
}

function assigned(ctx: SequenceImport, name: string, value: string, isHidden: boolean): string | Refusal {
  const isMarked = secretMarker.test(value);
  if (isMarked && knownGlobalNamed(name)?.secret === false) {
    return { refused: `"${name}" is no secret variable, and the value that it gets is one` };
  }
  const variable = ctx.variables.set(name, isHidden || isMarked);
  if (variable === undefined) return { refused: `"${name}" can't be set here` };
  if (isMarked) return `${variable} = ${nameText(secretName(ctx, `${identifierOf(name, "secret")}Value`, value))}`;
  const text = textExpression(value, ctx.variables);
  if (text === undefined) return { refused: `the value of "${name}" can't be said here` };
  return `${variable} = ${text}`;
}

function rules(step: ForeignStep, ctx: SequenceImport): StepText | Refusal {
  const read = readXml(valueOf(step, "OSDSetDynamicVariablesRules"));
  if (read.kind === "problem") return { refused: `its rules can't be read: ${read.problem.message}` };
  const lines: string[] = [];
  for (const rule of childrenNamed(read.root, "Rule")) {
    const when = ruleCondition(rule, ctx);
    if (typeof when !== "string") return when;
    for (const variable of childrenNamed(rule, "Variables").flatMap((list) => childrenNamed(list, "Variable"))) {
      const isSecret = isTrue(attributeOf(variable, "IsSecret"));
      const text = assigned(ctx, attributeOf(variable, "Name") ?? "", textOf(variable), isSecret);
      if (typeof text !== "string") return text;
      lines.push(`${text}${when}`);
    }
  }
  if (lines.length === 0) return { refused: "its rules set nothing" };
  const foreign = rest(step, /^OSDSetDynamicVariablesRules$/i);
  return { owner: "set", action: `set {\n${lines.join("\n")}\n}`, clauses: [], foreign };
}

function ruleCondition(rule: XmlElement, ctx: SequenceImport): string | Refusal {
  const condition = childElements(rule).find(({ name }) => name.toLowerCase() === "condition");
  if (condition === undefined || childElements(condition).length === 0) return "";
  const imported = importCondition(condition, ctx.variables);
  return imported.kind === "unsaid" ? { refused: imported.why } : ` when ${imported.text}`;
}

// ---- restart and child ----------------------------------------------------------------------------------------------

const restartSettings = /^(SMSReboot)?(Message|MessageTimeout|Timeout|Target)$/i;

function restart(step: ForeignStep, dialect: Dialect, ctx: SequenceImport): StepText | Refusal {
  const first = (...names: readonly string[]): string =>
    names.map((name) => valueOf(step, name)).find((value) => value !== "") ?? "";
  const target = first("SMSRebootTarget", "Target") || (/\/target:(\w+)/i.exec(step.action)?.[1] ?? "");
  const isWinpe = dialect === "configmgr" && /^winpe$/i.test(target);
  const message = first("SMSRebootMessage", "Message");
  const seconds = first("SMSRebootTimeout", "MessageTimeout");
  const foreign = rest(step, restartSettings);
  const words = ["restart", ...(isWinpe ? ["to winpe"] : [])];
  if (message !== "" || dialect === "configmgr") {
    if (/^\d{1,6}$/.test(seconds) && seconds !== "0") words.push(`after ${Number(seconds)}s`);
    else if (seconds !== "" && seconds !== "0") foreign.set("SMSRebootTimeout", seconds);
  }
  if (message !== "") {
    const text = textExpression(message, ctx.variables);
    if (text === undefined) return { refused: "its message can't be said here" };
    words.push(`message ${/^["']/.test(text) ? text : `"\${${text}}"`}`);
  }
  return { owner: "restart", action: words.join(" "), clauses: [], foreign };
}

function child(step: ForeignStep, ctx: SequenceImport): StepText | Refusal {
  const id = valueOf(step, "OSDSubTasksequencePackageID") || valueOf(step, "SubTaskSequenceID");
  if (id === "" || !/^[A-Za-z0-9_-]+$/.test(id)) return { refused: "it names no child sequence" };
  const name = ctx.callable(id, valueOf(step, "OSDSubTasksequenceTsName"));
  ctx.used.sequences.add(name);
  const foreign = rest(step, /^(OSDSubTasksequence.*|SubTaskSequence(ID|GUID))$/i);
  return { owner: "call", action: `call ${nameText(name)}`, clauses: [], foreign };
}
