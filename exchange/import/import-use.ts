// Steps that are an action of the catalogue: each setting goes where the table of foreign settings says. A setting that has no
// place stays in `foreign`; a step that would lack what its action needs is not said natively.
import { configMgrSteps, foreignActions, mdtScripts, mdtSteps } from "@sequitur/compiler";
import type { ForeignSetting } from "@sequitur/compiler";
import { actions } from "@sequitur/runtime/plan";
import type { ActionDeclaration, ActionParameter } from "@sequitur/runtime/plan";
import type { Dialect, ForeignStep, ForeignVariable } from "../foreign/model.ts";
import { familySettings } from "./family-settings.ts";
import { settingValue, truth } from "./setting-value.ts";
import { nameText } from "./source-text.ts";
import { accountName, secretMarker } from "./step-text.ts";
import type { Refusal, SequenceImport, StepText } from "./step-text.ts";

interface KnownStep {
  readonly action: string;
  readonly settings: readonly ForeignSetting[];
}

/** The field spells two types otherwise than the documentation. */
const spellings: ReadonlyMap<string, string> = new Map([
  ["SMS_TaskSequence_InstallDeployToolsAction", "SMS_TaskSequence_InstallDeploymentToolsAction"],
]);

/** By type; steps of MDT's own come in both dialects. */
export function knownStep(type: string, dialect: Dialect): KnownStep | undefined {
  const wanted = spellings.get(type) ?? type;
  const tables = dialect === "mdt" ? [mdtSteps, configMgrSteps] : [configMgrSteps, mdtSteps];
  for (const table of tables) {
    const found = table.find((step) => step.type === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

const scripts: ReadonlyMap<string, string> = new Map([
  ...mdtScripts.map(([action, command]) => [command.toLowerCase(), action] as const),
  ["zticonfigure.wsf", "mdt.configure"],
  ["ztidrivers.wsf", "mdt.injectDrivers"],
  ["ztinicconfig.wsf", "mdt.applyNetworkSettings"],
]);

/** The action for a command that is one of MDT's scripts and nothing else; undefined: it is an ordinary command. */
export function scriptAction(command: string): { readonly action: string; readonly mode?: string } | undefined {
  const pattern =
    /^\s*(?:cscript(?:\.exe)?|wscript(?:\.exe)?)\s+"%(?:SCRIPTROOT%|DeployRoot%\\Scripts)\\([A-Za-z]+\.wsf)"?((?:\s+\/\w+)*)\s*$/i;
  const [, script, switches = ""] = pattern.exec(command) ?? [];
  if (script === undefined) return undefined;
  const words = switches
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const whole = [script.toLowerCase(), ...words].join(" ");
  if (whole === "ltiapply.wsf /pe /stage") return { action: "mdt.applyWindowsPE", mode: "stage" };
  const action = scripts.get(whole);
  return action === undefined || declarationOf(action) === undefined ? undefined : { action };
}

export function declarationOf(action: string): ActionDeclaration | undefined {
  const builtIn: { readonly [name: string]: ActionDeclaration } = actions;
  return Object.hasOwn(builtIn, action) ? builtIn[action] : foreignActions.get(action)?.declaration;
}

/** Settings that say how a command of any kind is started: empty and `false` mean nothing. */
const starting =
  /^(RunAsUser|LoadProfile|SMSTSRunCommandLineUser(Name|Password)|PackageID|_SMSTSRunCommandLineAsUser)$/i;

export function importUse(
  step: ForeignStep,
  known: KnownStep,
  ctx: SequenceImport,
  extra: ReadonlyMap<string, string> = new Map(),
): StepText | Refusal {
  const declaration = declarationOf(known.action);
  if (declaration === undefined) return { refused: `there is no action "${known.action}"` };
  const family = familySettings(known.action, step, ctx);
  if (family.unsaid !== undefined) return { refused: family.unsaid };
  const values = new Map([...extra, ...family.parameters]);
  const foreign = new Map<string, string>();
  const accounts: ForeignVariable[] = [];
  for (const variable of step.variables) {
    if (family.consumed.has(variable)) continue;
    const place = settingOf(known.settings, variable);
    if (place === "account") accounts.push(variable);
    else placeSetting(ctx, { place, variable, declaration, values, foreign });
  }
  const account = accountOf(ctx, accounts);
  if (account !== undefined) values.set("account", account);
  else for (const { name, value } of accounts) if (value !== "") foreign.set(name, value);
  for (const names of declaration.exactlyOne ?? []) keepFirst(step, known, names, values, foreign);
  return finished(known.action, declaration, values, foreign);
}

/** Of settings that rule each other out the first counts, and the others are kept. */
function keepFirst(
  step: ForeignStep,
  known: KnownStep,
  names: readonly string[],
  values: Map<string, string>,
  foreign: Map<string, string>,
): void {
  const [, ...others] = names.filter((name) => values.has(name));
  for (const name of others) {
    const variable = step.variables.find((found) => settingOf(known.settings, found) === name && found.value !== "");
    values.delete(name);
    if (variable !== undefined) foreign.set(variable.name, variable.value);
  }
}

interface Placing {
  readonly place: string | undefined;
  readonly variable: ForeignVariable;
  readonly declaration: ActionDeclaration;
  readonly values: Map<string, string>;
  readonly foreign: Map<string, string>;
}

function placeSetting(ctx: SequenceImport, { place, variable, declaration, values, foreign }: Placing): void {
  const { name, value } = variable;
  if (value === "" || place === "origin" || place === "implied") return;
  if (place === undefined && starting.test(name) && truth(value) === false) return;
  const parameter = place === undefined ? undefined : declaration.parameters[place];
  if (place === undefined || parameter === undefined || values.has(place)) {
    foreign.set(name, value);
    return;
  }
  const given = isVariableName(variable)
    ? variableValue(ctx, parameter, value)
    : settingValue(ctx, parameter, name, value);
  if (given === "none") return;
  if (given === "unsaid") foreign.set(name, value);
  else values.set(place, given.text);
}

/** Settings whose text is the name of a variable. */
function isVariableName({ name, property }: ForeignVariable): boolean {
  return (
    /^(DestinationVariable|DestinationOSVariable|OSDBitLockerDestinationVariable|OSDDiskIndexVariable)$/i.test(
      property ?? name,
    ) || /^(OSDBitLockerDestinationVariable|OSDDiskIndexVariable)$/i.test(name)
  );
}

function variableValue(ctx: SequenceImport, parameter: ActionParameter, value: string) {
  const name = parameter.type === "variable" ? ctx.variables.set(value) : ctx.variables.read(value);
  if (name === undefined) return "unsaid";
  return { text: parameter.type === "int" ? `int(${name})` : name };
}

/** The place of a setting in a step here; undefined: the table does not know it. */
export function settingOf(
  settings: readonly ForeignSetting[],
  { name, property }: ForeignVariable,
): string | undefined {
  const wanted = name.toLowerCase();
  const byName = settings.find(([, , , variable]) => variable?.toLowerCase() === wanted);
  const found =
    byName ??
    settings.find(([, , field]) => field !== null && field.toLowerCase() === (property ?? name).toLowerCase());
  return found?.[1];
}

/** A user with a password that was taken out, or none: what cannot be an account stays as it was. */
function accountOf(ctx: SequenceImport, variables: readonly ForeignVariable[]): string | undefined {
  const user = variables.find(({ name }) => !/password/i.test(name))?.value ?? "";
  const password = variables.find(({ name }) => /password/i.test(name))?.value ?? "";
  if (user === "" || /%/.test(user) || (password !== "" && !secretMarker.test(password))) return undefined;
  return nameText(accountName(ctx, user));
}

function finished(
  action: string,
  declaration: ActionDeclaration,
  values: ReadonlyMap<string, string>,
  foreign: ReadonlyMap<string, string>,
): StepText | Refusal {
  for (const [name, { required }] of Object.entries(declaration.parameters)) {
    if (required && !values.has(name)) return { refused: `${action} needs "${name}", which the step does not have` };
  }
  for (const names of declaration.exactlyOne ?? []) {
    const given = names.filter((name) => values.has(name));
    if (given.length !== 1) return { refused: `${action} needs exactly one of ${names.join(", ")}` };
  }
  const inOrder = Object.keys(declaration.parameters).filter((name) => values.has(name));
  const fields = inOrder.map((name) => `${name}: ${values.get(name) ?? ""}`);
  const [phase, ...others] = declaration.phases;
  return {
    owner: "use",
    action: fields.length === 0 ? `use ${action}${" {}"}` : `use ${action} { ${fields.join(", ")} }`,
    clauses: [],
    foreign,
    ...(phase !== undefined && others.length === 0 ? { phase } : {}),
  };
}
