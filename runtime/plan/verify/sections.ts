// The plan's tables: constants, globals, content, accounts, patterns, sequences, positions. Everything here has the shape
// that the schema demands; no code is looked at.
import { contentPathKey, contentPathProblem } from "../content-path.ts";
import { contentDigestOf } from "../digest.ts";
import type { Plan, PlanContent, PlanPattern, PlanSequence, Position } from "../format.ts";
import { globalNameProblem } from "../global-name.ts";
import { limits } from "../limits.ts";
import { sha256 } from "../sha256.ts";
import type { HandleName, PlanType } from "../plan-type.ts";
import { holdsHandle, holdsSecret, typeDepth, typeParts, typeText } from "../type-relation.ts";
import { valueProblem } from "../value-check.ts";
import type { Value } from "../value.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";

/** Rules V2, V8, V9, V10, V13, V14 and V15 as far as tables go. */
export function verifySections(plan: Plan, findings: Findings): void {
  verifyTypes(plan, findings);
  verifyConstants(plan, findings);
  verifyNames(plan, findings);
  plan.content.forEach((content, i) => verifyContent(content, i, findings));
  verifyProjectActions(plan, findings);
  plan.patterns.forEach((pattern, i) => verifyPattern(pattern, i, findings));
  verifySequences(plan, findings);
  verifyPositions(plan, findings);
}

function verifyTypes(plan: Plan, findings: Findings): void {
  const check = (type: PlanType, place: string): void => {
    if (typeDepth(type) > limits.valueDepth || typeParts(type) > limits.typeParts) {
      report(findings, "V14", `The type of ${place} is too large.`);
    }
  };
  plan.constants.forEach(({ type }, i) => check(type, `constant ${i}`));
  for (const { name, slots, outputs } of plan.sequences) {
    for (const member of [...slots, ...outputs]) check(member.type, `${member.name} of sequence ${name}`);
  }
  for (const { name, parameters, output } of plan.actions ?? []) {
    for (const [parameter, { type }] of Object.entries(parameters)) check(type, `${parameter} of ${name}`);
    if (output !== null) check(output, `the output of ${name}`);
  }
  for (const node of plan.nodes) {
    if (node.kind !== "step") continue;
    if (node.output !== null) check(node.output, `the output of ${node.name}`);
    for (const { type, role } of node.operands) check(type, `a ${role} of ${node.name}`);
  }
}

function verifyConstants(plan: Plan, findings: Findings): void {
  plan.constants.forEach(({ type, value }, i) => {
    const problem = valueProblem(value, type) ?? handleProblem(plan, value, type);
    if (problem !== null) report(findings, "V2", `Constant ${i} ${problem}.`);
    if (holdsSecret(type)) report(findings, "V9", `Constant ${i} is a secret: a plan holds none.`);
  });
}

const contentKinds: readonly HandleName[] = ["package", "image", "application", "file"];

/** Handles are indices into the plan's tables, and content has the kind that the type says. */
function handleProblem(plan: Plan, value: Value, type: PlanType): string | null {
  if (typeof type === "string") return typeof value === "number" ? scalarHandleProblem(plan, value, type) : null;
  if ("optional" in type) return value === null ? null : handleProblem(plan, value, type.optional);
  if (value === null || typeof value !== "object") return null;
  const members: readonly (readonly [Value, PlanType | undefined])[] =
    "list" in type
      ? (value as readonly Value[]).map((item) => [item, type.list] as const)
      : Object.entries(value).map(([name, item]) => [item, type.record[name]] as const);
  for (const [item, itemType] of members) {
    const problem = itemType === undefined ? null : handleProblem(plan, item, itemType);
    if (problem !== null) return problem;
  }
  return null;
}

function scalarHandleProblem(plan: Plan, value: number, type: PlanType & string): string | null {
  const tables: { readonly [handle: string]: readonly unknown[] } = {
    account: plan.accounts,
    sequence: plan.sequences,
    step: plan.nodes,
    variable: plan.globals,
  };
  if ((contentKinds as readonly string[]).includes(type)) {
    return plan.content[value]?.kind === type ? null : `names content ${value}, which is no ${type}`;
  }
  const table = tables[type];
  return table === undefined || value < table.length ? null : `names ${type} ${value}, which the plan does not have`;
}

function verifyNames(plan: Plan, findings: Findings): void {
  const globals = new Set<string>();
  for (const { name } of plan.globals) {
    const problem = globalNameProblem(name);
    if (problem !== null) report(findings, "V2", `Global ${JSON.stringify(name)} ${problem}.`);
    if (globals.has(name.toUpperCase())) report(findings, "V2", `Global ${name} stands twice in the table.`);
    globals.add(name.toUpperCase());
  }
  const environment = [...plan.environment, ...plan.accounts.map((account) => account.password ?? "A")];
  for (const name of environment) {
    if (!isVariableName(name)) report(findings, "V2", `${JSON.stringify(name)} is no name of an environment variable.`);
  }
  if (new Set(plan.environment).size !== plan.environment.length) {
    report(findings, "V2", "An environment variable stands twice in the table.");
  }
}

/** A name that an environment can hold. */
export function isVariableName(name: string): boolean {
  return name.length > 0 && name.length <= limits.argumentLength && !name.includes("=") && !name.includes("\0");
}

/** Modules are what their hashes say; actions have code, and outputs that a process can give. */
function verifyProjectActions(plan: Plan, findings: Findings): void {
  const modules = plan.modules ?? [];
  for (const { source, sha256: hash, text } of modules) {
    if (text.length > limits.stringLength) report(findings, "V14", `The module ${source} is too large.`);
    else if (sha256(text) !== hash) report(findings, "V10", `The module ${source} is not what its hash says.`);
  }
  for (const action of plan.actions ?? []) {
    const { name, module, output } = action;
    if (module >= modules.length) report(findings, "V2", `The action ${name} has no module ${module}.`);
    if (output !== null && holdsHandle(output)) report(findings, "V12", `The output of ${name} holds a handle.`);
  }
}

function verifyContent(content: PlanContent, index: number, findings: Findings): void {
  const named = `Content ${index} (${content.name})`;
  const keys = new Set<string>();
  let previous: string | null = null;
  for (const { path } of content.files) {
    const problem = contentPathProblem(path);
    if (problem !== null) report(findings, "V10", `${named}: the path ${JSON.stringify(path)} ${problem}.`);
    if (keys.has(contentPathKey(path))) report(findings, "V10", `${named} has ${path} twice, but for case.`);
    if (previous !== null && !(previous < path))
      report(findings, "V10", `${named}: its files are not in order at ${path}.`);
    keys.add(contentPathKey(path));
    previous = path;
  }
  for (const key of keys) {
    for (let slash = key.indexOf("/"); slash >= 0; slash = key.indexOf("/", slash + 1)) {
      if (keys.has(key.slice(0, slash)))
        report(findings, "V10", `${named} has ${key.slice(0, slash)} as file and as folder.`);
    }
  }
  if (content.digest === undefined) {
    if (content.files.length > 0) report(findings, "V10", `${named} has files but no digest.`);
  } else if (content.digest !== contentDigestOf(content.files)) {
    report(findings, "V10", `${named}: its digest is not that of its files.`);
  } else if (content.kind === "file" && content.files.length !== 1) {
    report(findings, "V10", `${named} is one file, but lists ${content.files.length}.`);
  }
}

function verifyPattern({ program }: PlanPattern, index: number, findings: Findings): void {
  const bad = (problem: string): void => report(findings, "V13", `Pattern ${index} ${problem}.`);
  if (program.length === 0) bad("is empty");
  if (program.length > limits.patternInstructions) {
    report(findings, "V14", `Pattern ${index} has more than ${limits.patternInstructions} instructions.`);
  }
  program.forEach((instruction, at) => {
    const targets =
      instruction[0] === "split"
        ? [instruction[1], instruction[2]]
        : instruction[0] === "jump"
          ? [instruction[1]]
          : instruction[0] === "match"
            ? []
            : [at + 1];
    if (targets.some((target) => target >= program.length)) bad(`leads out of its program at ${at}`);
    if (instruction[0] !== "char") return;
    let last = -1;
    for (const [low, high] of instruction[2]) {
      if (low > high || high > 0x10ffff || low <= last)
        bad(`has a character range that is empty or out of order at ${at}`);
      last = high;
    }
  });
}

function verifySequences(plan: Plan, findings: Findings): void {
  if (plan.code.length > limits.instructions)
    report(findings, "V14", `The plan has more than ${limits.instructions} instructions.`);
  plan.sequences.forEach((sequence) => verifySequence(plan, sequence, findings));
  verifyOutsideParameters(plan, findings);
  let covered = 0;
  for (const { name, start, end } of [...plan.sequences].sort((a, b) => a.start - b.start)) {
    if (start !== covered)
      report(findings, "V4", `The code of sequence ${name} starts at ${start}, not at ${covered}.`);
    if (end <= start) report(findings, "V4", `Sequence ${name} has no code.`);
    else if (plan.code[end - 1]?.[0] !== "RETURN") report(findings, "V4", `Sequence ${name} does not end with RETURN.`);
    covered = end;
  }
  if (covered !== plan.code.length) report(findings, "V4", `Code from ${covered} on belongs to no sequence.`);
}

function verifySequence(plan: Plan, sequence: PlanSequence, findings: Findings): void {
  const { name, slots, parameters, outputs } = sequence;
  if (slots.length > limits.slots) report(findings, "V14", `Sequence ${name} has more than ${limits.slots} variables.`);
  const seen = new Set<number>();
  for (const { slot, choices } of parameters) {
    const type = slots[slot]?.type;
    if (type === undefined)
      report(findings, "V2", `Sequence ${name} has a parameter in slot ${slot}, which it does not have.`);
    else if (seen.has(slot)) report(findings, "V2", `Sequence ${name} has two parameters in slot ${slot}.`);
    else if (choices?.some((choice) => valueProblem(choice, type) ?? handleProblem(plan, choice, type)) === true) {
      report(findings, "V2", `A choice of parameter ${slots[slot]?.name} of sequence ${name} is not of its type.`);
    } else if (choices !== undefined && holdsSecret(type)) {
      report(findings, "V9", `The choices of secret ${slots[slot]?.name} of sequence ${name} would show it.`);
    }
    seen.add(slot);
  }
  if (new Set(outputs.map((output) => output.name)).size !== outputs.length) {
    report(findings, "V2", `Sequence ${name} has two outputs with one name.`);
  }
}

/** The first sequence gets its parameters from people: a number of theirs must not pick an entry of the plan's tables. */
function verifyOutsideParameters(plan: Plan, findings: Findings): void {
  const main = plan.sequences[0];
  for (const { slot } of main?.parameters ?? []) {
    const declared = main?.slots[slot];
    if (declared === undefined || !holdsHandle(declared.type)) continue;
    const named = `Parameter ${declared.name} of sequence ${main?.name}`;
    report(findings, "V8", `${named} is ${typeText(declared.type)}, which can't be given from outside.`);
  }
}

/** Is it a place in one of the plan's sources? */
export function isPosition(plan: Plan, [source, line, column]: Position): boolean {
  return source < plan.sources.length && line >= 1 && column >= 1;
}

function verifyPositions(plan: Plan, findings: Findings): void {
  if (plan.positions.length !== plan.code.length) {
    report(findings, "V15", `There are ${plan.positions.length} positions for ${plan.code.length} instructions.`);
  }
  const wrong = plan.positions.findIndex((position) => !isPosition(plan, position));
  if (wrong >= 0) report(findings, "V15", "The position is not in a source of the plan.", wrong);
}
