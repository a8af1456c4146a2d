// The descriptors of nodes by themselves: rules V2 and V12, and V8 and V10 for what a step does. How the code uses them is
// the flow analysis's matter.
import type { DeclaredAction } from "../declared-action.ts";
import { declaredAction } from "../declared-action.ts";
import type { Plan, PlanGroup, PlanNode, PlanOperand, PlanStep } from "../format.ts";
import { limits } from "../limits.ts";
import type { PlanType } from "../plan-type.ts";
import { fits, holdsSecret, isOptional, typeText } from "../type-relation.ts";
import { indexPlan } from "./plan-index.ts";
import type { PlanIndex } from "./plan-index.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { isPosition, isVariableName } from "./sections.ts";

type ActionKind = PlanStep["action"]["kind"];
type Role = PlanOperand["role"];

interface KindRules {
  readonly roles: readonly Role[];
  readonly retry: boolean;
  readonly timeout: boolean;
  readonly output: boolean;
  /** Something that an interruption can leave half done. */
  readonly effect: boolean;
}

const processRoles = ["environment", "workdir", "from"] as const;
const process = { retry: true, timeout: true, output: true, effect: true } as const;
const pure = { roles: [], retry: false, timeout: false, output: false, effect: false } as const;

const kindRules: { readonly [kind in ActionKind]: KindRules } = {
  run: { ...process, roles: ["program", "word", "words", "rawArguments", ...processRoles] },
  commandline: { ...process, roles: ["commandText", "commandValue", ...processRoles] },
  script: { ...process, roles: ["word", "words", "rawArguments", ...processRoles] },
  use: { ...process, roles: ["argument", ...processRoles] },
  projectAction: { ...process, roles: ["argument", ...processRoles] },
  wait: { ...pure, roles: ["duration"], effect: true },
  restart: { ...pure, roles: ["delay", "message"], effect: true },
  call: { ...pure, roles: ["parameter"], timeout: true, output: true },
  set: pure,
  log: pure,
  fail: pure,
  waitUntil: { ...pure, timeout: true },
};

/** Steps whose ACT does something, as opposed to those done by other instructions. */
export function isEffect(kind: ActionKind): boolean {
  return kindRules[kind].effect;
}

/** What may stand as an operand of a role; null: the catalogue says. */
const roleTypes: { readonly [role in Role]: readonly PlanType[] | null } = {
  program: ["string"],
  word: ["string"],
  words: [{ list: "string" }],
  rawArguments: ["string"],
  commandText: ["string"],
  commandValue: ["string"],
  environment: [{ optional: "secret" }],
  workdir: ["string"],
  from: ["package", "application", "image", "file"],
  argument: null,
  parameter: null,
  duration: ["duration"],
  delay: ["duration"],
  message: ["string"],
};

/** Checks every descriptor. */
export function verifyNodes(plan: Plan, findings: Findings): void {
  const index = indexPlan(plan);
  plan.nodes.forEach((node, number) => {
    const bad: Bad = (rule, problem) => report(findings, rule, `Node ${number} (${node.name}): ${problem}.`);
    if (node.sequence >= plan.sequences.length) bad("V2", `there is no sequence ${node.sequence}`);
    if (!isPosition(plan, node.position)) bad("V15", "its position is not in a source of the plan");
    const parent = plan.nodes[node.parent];
    if (node.parent >= 0 && (parent === undefined || parent.kind === "step" || parent.sequence !== node.sequence)) {
      bad("V2", `its parent ${node.parent} can't hold it`);
    }
    if (node.kind === "step") verifyStep(index, node, bad);
    else if (node.kind === "group") verifyGroup(plan, node, bad);
  });
  verifyParents(plan.nodes, findings);
}

type Bad = (rule: "V2" | "V8" | "V9" | "V10" | "V12" | "V14" | "V15", problem: string) => void;

/** Parents lead to a root. Each node is walked over once. */
function verifyParents(nodes: readonly PlanNode[], findings: Findings): void {
  const visitedBy = new Int32Array(nodes.length).fill(-1);
  for (let start = 0; start < nodes.length; start += 1) {
    let at = start;
    while (at >= 0 && at < nodes.length && visitedBy[at] === -1) {
      visitedBy[at] = start;
      at = nodes[at]?.parent ?? -1;
    }
    if (at >= 0 && visitedBy[at] === start) report(findings, "V2", `Node ${at} is its own ancestor.`);
  }
}

function verifyAddress(plan: Plan, name: string, address: number | undefined, bad: Bad): void {
  if (address !== undefined && address >= plan.code.length) bad("V2", `its ${name} ${address} is outside of the code`);
}

function verifyDuration(name: string, milliseconds: number | undefined, bad: Bad): void {
  if (milliseconds !== undefined && milliseconds > limits.duration) bad("V14", `its ${name} is longer than 366 days`);
}

function verifyGroup(plan: Plan, group: PlanGroup, bad: Bad): void {
  if (group.disabled === true) return;
  verifyDuration("timeout", group.timeout, bad);
  verifyAddress(plan, "end", group.end, bad);
  verifyAddress(plan, "handler", group.handler, bad);
  verifyAddress(plan, "finally block", group.finally, bad);
  const order = [group.handler, group.finally, group.end].filter((address) => address !== undefined);
  if (order.some((address, i) => i > 0 && address <= (order[i - 1] ?? 0))) {
    bad("V12", "handler, finally block and end are not in this order");
  }
}

function verifyStep(index: PlanIndex, step: PlanStep, bad: Bad): void {
  if (step.disabled === true) return;
  const { plan } = index;
  const rules = kindRules[step.action.kind];
  verifyAddress(plan, "end", step.end, bad);
  verifyAddress(plan, "verify region", step.verify, bad);
  verifyCodes(step, bad);
  verifyTimes(step, rules, bad);
  if (step.account !== undefined) {
    if (step.account >= plan.accounts.length) bad("V2", `there is no account ${step.account}`);
    if (!rules.retry) bad("V12", `${step.action.kind} does not run as an account`);
  }
  if ((step.interruption === "verify") !== (step.verify !== undefined)) {
    bad("V12", "a verify region and `on interruption verify` go together");
  }
  if (step.interruption !== "fail" && !rules.effect) bad("V12", `${step.action.kind} can't be interrupted half way`);
  if (step.verify !== undefined && step.verify >= step.end) bad("V12", "its verify region is not before its end");
  if (step.output !== null && !rules.output) bad("V12", `${step.action.kind} has no output`);
  if (step.output !== null && isProcess(step) && !isReadable(step.output)) {
    bad("V12", `a program's output can't be read as ${typeText(step.output)}`);
  }
  verifyOperandList(step, rules, bad);
  verifyAction(index, step, bad);
}

function isProcess({ action }: PlanStep): boolean {
  return action.kind === "run" || action.kind === "commandline" || action.kind === "script";
}

/** Is there a text for every value of the type? Handles are indices into the plan: nothing outside knows them. */
function isReadable(type: PlanType): boolean {
  if (typeof type === "string") return readable.has(type);
  if ("list" in type) return isReadable(type.list);
  return "optional" in type ? isReadable(type.optional) : Object.values(type.record).every(isReadable);
}

const readable: ReadonlySet<PlanType> = new Set<PlanType>([
  "string",
  "int",
  "bool",
  "duration",
  "size",
  "percent",
  "version",
  "secret",
]);

function verifyCodes(step: PlanStep, bad: Bad): void {
  const codes = [...step.success, ...step.reboots];
  if (new Set(codes).size !== codes.length) bad("V12", "a code stands twice in success and reboots");
  if (codes.some((code) => code > 0xffffffff)) bad("V12", "a code is above 4294967295");
}

function verifyTimes(step: PlanStep, rules: KindRules, bad: Bad): void {
  const { retry, timeout, action } = step;
  verifyDuration("timeout", timeout, bad);
  verifyDuration("retry delay", retry?.every, bad);
  if (retry !== undefined && retry.count > limits.retryCount)
    bad("V14", `it is retried more than ${limits.retryCount} times`);
  if (retry !== undefined && !rules.retry) bad("V12", `${action.kind} can't be retried`);
  if (timeout !== undefined && !rules.timeout) bad("V12", `${action.kind} has no time-out`);
  if (timeout === undefined && action.kind === "waitUntil") bad("V12", "a wait needs a time-out");
}

function verifyOperandList(step: PlanStep, rules: KindRules, bad: Bad): void {
  if (step.operands.length > limits.stack) return bad("V14", `it has more than ${limits.stack} operands`);
  const single = new Set<string>();
  for (const operand of step.operands) {
    const { role, type } = operand;
    if (!rules.roles.includes(role)) bad("V12", `${step.action.kind} takes no ${role}`);
    const allowed = roleTypes[role];
    if (allowed !== null && !allowed.some((wanted) => fits(type, wanted))) {
      const secret = holdsSecret(type) && role !== "environment";
      bad(secret ? "V9" : "V12", `its ${role} is of type ${typeText(type)}`);
    }
    const key = "name" in operand ? `${role} ${operand.name}` : role;
    if (single.has(key) && !repeatable.has(role)) bad("V12", `it has two operands for ${key}`);
    single.add(key);
    if (operand.role === "environment" && !isVariableName(operand.name)) {
      bad("V12", `${JSON.stringify(operand.name)} is no name of an environment variable`);
    }
  }
  for (const role of needed[step.action.kind] ?? []) if (!single.has(role)) bad("V12", `it lacks its ${role}`);
}

const repeatable: ReadonlySet<Role> = new Set(["word", "words", "commandText", "commandValue", "parameter"]);
const needed: { readonly [kind in ActionKind]?: readonly Role[] } = { run: ["program"], wait: ["duration"] };

function verifyAction(index: PlanIndex, step: PlanStep, bad: Bad): void {
  const { action } = step;
  const { plan } = index;
  switch (action.kind) {
    case "script":
      return "text" in action.script
        ? verifyScriptText(plan, action.script.text, bad)
        : verifyContentFile(index, action.script.content, action.script.path, bad);
    case "use":
    case "projectAction": {
      const declared = declaredAction(plan, action);
      return declared === null ? bad("V8", `there is no action ${action.action}`) : verifyUse(step, declared, bad);
    }
    case "restart":
      if ((action.to === "image") !== (action.image !== undefined)) bad("V12", "a restart to an image names one");
      if (action.image !== undefined && plan.content[action.image]?.kind !== "image") {
        bad("V10", `content ${action.image} is no image`);
      }
      return;
    case "call":
      return verifyCall(index, step, action.sequence, action.parameters, bad);
    case "commandline":
      if (!step.operands.some((operand) => operand.role === "commandText")) bad("V12", "its command line is empty");
      return;
    case "run":
    case "wait":
    case "set":
    case "log":
    case "fail":
    case "waitUntil":
      return;
  }
}

function verifyScriptText(plan: Plan, constant: number, bad: Bad): void {
  const text = plan.constants[constant];
  if (text?.type !== "string") bad("V2", `its script ${constant} is no text constant`);
  else if (String(text.value).includes("\r")) bad("V12", "its script has line ends other than \\n");
}

function verifyContentFile(index: PlanIndex, number: number, path: string, bad: Bad): void {
  const content = index.plan.content[number];
  if (content === undefined) bad("V10", `there is no content ${number}`);
  else if (content.digest !== undefined && !index.pathsOf(number).has(path)) {
    bad("V10", `${content.name} has no file ${path}`);
  }
}

function verifyUse(step: PlanStep, { name, declaration: declared }: DeclaredAction, bad: Bad): void {
  if (step.needs !== undefined && !declared.phases.includes(step.needs)) {
    bad("V8", `${name} can't run in ${step.needs}, which the step needs`);
  }
  const given = new Map<string, PlanType>();
  for (const operand of step.operands) if (operand.role === "argument") given.set(operand.name, operand.type);
  for (const [parameter, type] of given) {
    const wanted = Object.hasOwn(declared.parameters, parameter) ? declared.parameters[parameter] : undefined;
    if (wanted === undefined) bad("V8", `${name} has no parameter ${parameter}`);
    else if (!fits(type, wanted.required ? wanted.type : { optional: wanted.type })) {
      const rule = holdsSecret(type) && !holdsSecret(wanted.type) ? "V9" : "V8";
      bad(rule, `${parameter} of ${name} is ${typeText(wanted.type)}, not ${typeText(type)}`);
    }
  }
  for (const [parameter, { required }] of Object.entries(declared.parameters)) {
    if (required && !given.has(parameter)) bad("V8", `${name} needs ${parameter}`);
  }
  outputMustFit(declared.output, step, bad);
}

function outputMustFit(output: PlanType | null, step: PlanStep, bad: Bad): void {
  const good = output === null || step.output === null ? output === step.output : fits(output, step.output);
  if (!good) bad("V8", "its output is not of the type that it says");
}

function verifyCall(index: PlanIndex, step: PlanStep, number: number, slots: readonly number[], bad: Bad): void {
  const child = index.plan.sequences[number];
  if (child === undefined) return bad("V2", `there is no sequence ${number}`);
  if (slots.length !== step.operands.length) return bad("V8", "it has not one operand for each parameter");
  if (new Set(slots).size !== slots.length) bad("V8", "it gives a parameter twice");
  const parameters = index.parametersOf(number);
  slots.forEach((slot, i) => {
    const wanted = child.slots[slot]?.type;
    const given = step.operands[i]?.type;
    if (wanted === undefined || given === undefined || !parameters.has(slot)) {
      return bad("V8", `${child.name} has no parameter in slot ${slot}`);
    }
    if (fits(given, wanted)) return;
    const rule = holdsSecret(given) && !holdsSecret(wanted) ? "V9" : "V8";
    bad(rule, `${child.slots[slot]?.name} of ${child.name} is ${typeText(wanted)}, not ${typeText(given)}`);
  });
  const lacking = index.requiredOf(number).find((slot) => !slots.includes(slot));
  if (lacking !== undefined) bad("V8", `${child.name} needs ${child.slots[lacking]?.name}`);
  outputMustFit(callOutput(child.outputs), step, bad);
}

function callOutput(outputs: readonly { readonly name: string; readonly type: PlanType }[]): PlanType | null {
  const [first] = outputs;
  if (first === undefined) return null;
  if (outputs.length === 1) return first.type;
  return { record: Object.fromEntries(outputs.map(({ name, type }) => [name, type])) };
}

/** The type of `id.output`: absent until the step has ended with one. */
export function stepOutputType(step: PlanStep): PlanType | null {
  return step.output === null || isOptional(step.output) ? step.output : { optional: step.output };
}
