// Lowers a step: `OPEN s; ⟨when⟩ DECIDE s L; ⟨operands⟩ ACT s; ⟨into⟩; DONE s; L:` and its descriptor. What retries, codes,
// time-outs and accounts mean is the runtime's: here they become data. Operands are lower-operands.ts.
import type {
  CallAction,
  Code,
  Expression,
  ForeignClause,
  Missing,
  RestartAction,
  ScriptAction,
  SetAction,
  Step,
  UseAction,
} from "@sequitur/grammar";
import { declaredAction } from "@sequitur/runtime/plan";
import type {
  ActionDeclaration,
  PlanAction,
  PlanOperand,
  PlanScript,
  PlanStep,
  PlanType,
} from "@sequitur/runtime/plan";
import { fieldKey } from "../constants/constant-evaluator.ts";
import { contentDiagnostics } from "../diagnostics/content.ts";
import { loweringDiagnostics } from "../diagnostics/lowering.ts";
import { invariant, unreachable } from "../invariant.ts";
import type { PathResolution } from "../model/resolution.ts";
import type { CatalogueAction } from "../catalogue/catalogue-action.ts";
import { actionDiagnostics } from "../diagnostics/actions.ts";
import type { SequenceSymbol } from "../model/symbol.ts";
import { clausesByKind } from "./clauses.ts";
import type { ClausesByKind } from "./clauses.ts";
import { catalogueActionOf } from "./lower-catalogue-action.ts";
import { lowerCondition, lowerExpression } from "./lower-expression.ts";
import { contentOf, lowerArguments, lowerOperands } from "./lower-operands.ts";
import { lowerPieces } from "./lower-text.ts";
import { stepName, writtenText } from "./node-name.ts";
import type { Label } from "./plan-builder.ts";
import { planTypeOf, presentPlanType } from "./plan-type-of.ts";
import type { SequenceContext } from "./sequence-context.ts";
import { oneLine } from "./source-text.ts";

export function lowerStep(ctx: SequenceContext, step: Step): void {
  const { builder } = ctx;
  const clauses = clausesByKind(step.clauses);
  const node = builder.reserveNode();
  ctx.at(step);
  if (clauses.disabled !== undefined) {
    builder.emit("DISABLED", node);
    builder.setNode(node, disabledStep(ctx, step));
    return;
  }
  ctx.nodeOf.set(step, node);
  const end = builder.label();
  builder.emit("OPEN", node);
  if (clauses.when !== undefined) {
    lowerCondition(ctx, clauses.when.condition);
    ctx.at(clauses.when);
    builder.emit("DECIDE", node, end);
  }
  const effect = lowerEffect(ctx, step, clauses, node);
  ctx.at(step);
  // Nothing comes after a failure.
  if (step.action.kind !== "fail") builder.emit("DONE", node);
  const verify = lowerVerify(ctx, clauses, node);
  builder.place(end);
  builder.setNode(node, describe(ctx, step, clauses, effect, end, verify));
}

function lowerVerify(ctx: SequenceContext, clauses: ClausesByKind, node: number): number | undefined {
  const clause = clauses.onInterruption;
  if (clause?.policy !== "verify" || clause.condition === undefined) return undefined;
  const start = ctx.builder.here;
  lowerCondition(ctx, clause.condition);
  ctx.at(clause);
  ctx.builder.emit("VERIFIED", node);
  return start;
}

// ---- Descriptors ----------------------------------------------------------------------------------------------------

/** What the code of a step's action settles for its descriptor. */
interface Effect {
  readonly action: PlanAction;
  readonly operands: readonly PlanOperand[];
  readonly output: PlanType | null;
}

/** Its code is not in the plan, and so neither is what it would do. */
function disabledStep(ctx: SequenceContext, step: Step): PlanStep {
  return {
    kind: "step",
    name: stepName(ctx.module, step),
    parent: ctx.parent,
    sequence: ctx.index,
    position: ctx.positionOf(step),
    titled: step.title !== undefined,
    ...(step.label === undefined ? {} : { label: step.label.text }),
    end: ctx.builder.here,
    continueOnError: false,
    disabled: true,
    action: { kind: "set" },
    operands: [],
    output: null,
    success: [],
    reboots: [],
    interruption: "fail",
  };
}

/** Filled in field by field: plans have very many of these. */
type Draft = { -readonly [K in keyof PlanStep]: PlanStep[K] };

function describe(
  ctx: SequenceContext,
  step: Step,
  clauses: ClausesByKind,
  effect: Effect,
  end: Label,
  verify: number | undefined,
): PlanStep {
  const { success, reboots } = codesOf(ctx, clauses, effect.action);
  const node: Draft = {
    kind: "step",
    name: stepName(ctx.module, step),
    parent: ctx.parent,
    sequence: ctx.index,
    position: ctx.positionOf(step),
    titled: step.title !== undefined,
    end: end.address,
    continueOnError: clauses.continueOnError !== undefined,
    action: effect.action,
    operands: effect.operands,
    output: effect.output,
    success,
    reboots,
    interruption: interruptionOf(ctx, clauses, effect.action),
  };
  const known = catalogueActionOf(ctx, step);
  if (known !== undefined) describeCatalogueAction(known, clauses, node);
  if (step.label !== undefined) node.label = step.label.text;
  const condition = clauses.when?.condition ?? (step.action.kind === "waitUntil" ? step.action.condition : undefined);
  if (condition !== undefined) node.condition = oneLine(ctx.module, condition);
  if (verify !== undefined) node.verify = verify;
  describeClauses(ctx, clauses, node);
  return node;
}

/** What a catalogue says of an action beside the program that does it. */
function describeCatalogueAction({ declaration }: CatalogueAction, clauses: ClausesByKind, node: Draft): void {
  const [phase, ...others] = declaration.phases;
  if (phase !== undefined && others.length === 0) node.needs = phase;
  if (declaration.destroys) node.destroys = true;
  if (clauses.onInterruption === undefined && declaration.repeatable) node.interruption = "rerun";
}

function describeClauses(ctx: SequenceContext, clauses: ClausesByKind, node: Draft): void {
  const { retry, timeout, needs, as: account, foreign } = clauses;
  if (retry !== undefined) {
    const every = retry.every === undefined ? 0 : numberOf(ctx, retry.every);
    node.retry = { count: numberOf(ctx, retry.count), every, doubling: retry.doubling };
  }
  if (timeout !== undefined) node.timeout = numberOf(ctx, timeout.duration);
  if (account?.account.kind === "path") node.account = accountOf(ctx, account.account);
  if (needs !== undefined && needs.phase !== "missing") node.needs = needs.phase;
  const settings = foreign === undefined ? undefined : settingsOf(ctx, foreign);
  if (settings !== undefined) node.foreign = settings;
}

function numberOf(ctx: SequenceContext, expression: Expression): number {
  const value = ctx.constantOf(expression);
  invariant(typeof value === "number", "the checker takes a constant here only");
  return value;
}

function accountOf(
  ctx: SequenceContext,
  path: NonNullable<Parameters<typeof ctx.shared.program.paths.get>[0]>,
): number {
  const resolution = ctx.shared.program.paths.get(path);
  invariant(resolution?.kind === "account", "`as` names an account in a program without errors");
  return ctx.shared.accountIndex(resolution.symbol);
}

/** With neither clause 0 is success and 3010 asks for a restart; one alone leaves the other at 0, or empty. */
function isUse(action: PlanAction): boolean {
  return action.kind === "use" || action.kind === "projectAction";
}

function codesOf(ctx: SequenceContext, clauses: ClausesByKind, action: PlanAction) {
  const { success, reboots } = clauses;
  const isProcess = action.kind === "run" || action.kind === "commandline" || action.kind === "script";
  if (!isProcess && success === undefined && reboots === undefined) {
    return { success: isUse(action) ? [0] : [], reboots: [] };
  }
  return {
    success: success === undefined ? [0] : success.codes.map((code) => codeOf(ctx, code)),
    reboots:
      reboots === undefined ? (success === undefined ? [3010] : []) : reboots.codes.map((code) => codeOf(ctx, code)),
  };
}

/** A negative code is what Windows shows for one from 2^31 up. */
function codeOf(ctx: SequenceContext, code: Code | Missing): number {
  invariant(code.kind === "code", "a missing code was reported");
  const value = code.value.kind === "number" ? code.value.value : namedCode(ctx, code.value);
  const signed = code.negative ? -value : value;
  return signed < 0 ? signed + 2 ** 32 : signed;
}

function namedCode(ctx: SequenceContext, path: Extract<Code["value"], { kind: "path" }>): number {
  const resolution = ctx.shared.program.paths.get(path);
  invariant(resolution?.kind === "constant", "a code is a number or a constant");
  const { node, module } = resolution.symbol;
  const value = ctx.shared.constants.valueOf(node.value, module.path);
  invariant(typeof value === "number", "a constant that is a code is a number");
  return value;
}

function interruptionOf(ctx: SequenceContext, clauses: ClausesByKind, action: PlanAction): PlanStep["interruption"] {
  const policy = clauses.onInterruption?.policy;
  if (policy !== undefined && policy !== "missing") return policy;
  // A wait begins anew, and a restart asks before it does anything.
  if (action.kind === "wait" || action.kind === "restart") return "rerun";
  return isUse(action) && declarationOf(ctx, action).repeatable ? "rerun" : "fail";
}

function declarationOf(ctx: SequenceContext, action: PlanAction): ActionDeclaration {
  const declared = declaredAction(ctx.builder.declarations, action);
  invariant(declared !== null, "what is used is declared in a program without errors");
  return declared.declaration;
}

/** Attributes and elements of another format change nothing that a run does: settings alone are in the plan. */
function settingsOf(ctx: SequenceContext, clause: ForeignClause): PlanStep["foreign"] {
  if (clause.settings.kind === "missing") return undefined;
  const settings: [string, string][] = [];
  for (const field of clause.settings.fields) {
    const name = fieldKey(field.key);
    const text = ctx.constantOf(field.value);
    if (name !== undefined && typeof text === "string" && !/^[@<]/.test(name)) settings.push([name, text]);
  }
  return settings.length === 0 ? undefined : Object.fromEntries(settings);
}

// ---- Actions --------------------------------------------------------------------------------------------------------

const nothing = { operands: [], output: null } as const;

function lowerEffect(ctx: SequenceContext, step: Step, clauses: ClausesByKind, node: number): Effect {
  const { action } = step;
  switch (action.kind) {
    case "run":
      return act(ctx, step, clauses, node, { kind: "run" });
    case "commandline":
      return act(ctx, step, clauses, node, { kind: "commandline", unchecked: action.unchecked });
    case "script":
      return act(ctx, step, clauses, node, scriptAction(ctx, action, clauses));
    case "use":
      return lowerUseEffect(ctx, step, action, clauses, node);
    case "wait":
      return act(ctx, step, clauses, node, { kind: "wait" });
    case "restart":
      return act(ctx, step, clauses, node, restartAction(ctx, action));
    case "call":
      return lowerCall(ctx, step, action, clauses, node);
    case "set":
      lowerSet(ctx, action);
      return { action: { kind: "set" }, ...nothing };
    case "log":
      lowerPieces(ctx, action.value, [ctx.shared.constants.textOf(action.value, ctx.module.path) ?? action.value]);
      ctx.at(step);
      ctx.builder.emit("LOG", node);
      return { action: { kind: "log" }, ...nothing };
    case "fail":
      if (action.message !== undefined) lowerExpression(ctx, action.message);
      ctx.at(step);
      ctx.builder.emit(action.message === undefined ? "FAILAGAIN" : "FAIL", node);
      return { action: { kind: "fail" }, ...nothing };
    case "waitUntil":
      ctx.at(step);
      ctx.builder.emit("POLL", node);
      lowerCondition(ctx, action.condition);
      ctx.at(step);
      ctx.builder.emit("POLLED", node);
      return { action: { kind: "waitUntil" }, ...nothing };
    case "missing":
      invariant(false, "a missing action was reported");
      return { action: { kind: "set" }, ...nothing };
    default:
      return unreachable(action);
  }
}

function lowerUseEffect(
  ctx: SequenceContext,
  step: Step,
  action: UseAction,
  clauses: ClausesByKind,
  node: number,
): Effect {
  const known = catalogueActionOf(ctx, step);
  if (known === undefined) return act(ctx, step, clauses, node, useAction(ctx, action));
  if (known.run !== null) return act(ctx, step, clauses, node, { kind: "run" });
  ctx.report(actionDiagnostics.SEQ5201, action.action, { name: known.name });
  return { action: { kind: "set" }, ...nothing };
}

function act(ctx: SequenceContext, step: Step, clauses: ClausesByKind, node: number, action: PlanAction): Effect {
  const operands = lowerOperands(ctx, step);
  const output = outputOf(ctx, step, clauses, action);
  ctx.at(step);
  ctx.builder.emit("ACT", node);
  lowerOutput(ctx, clauses, output);
  return { action, operands, output };
}

/** What a program prints is of the type that `into` asks for; a built-in action says itself what it gives. */
function outputOf(ctx: SequenceContext, step: Step, clauses: ClausesByKind, action: PlanAction): PlanType | null {
  if (isUse(action)) return declarationOf(ctx, action).output;
  const known = catalogueActionOf(ctx, step);
  const isRead = clauses.into !== undefined || ctx.shared.outputsRead.has(step);
  if (known !== undefined) return isRead ? known.declaration.output : null;
  if (clauses.into === undefined) return ctx.shared.outputsRead.has(step) ? "string" : null;
  const target = ctx.shared.program.targets.get(clauses.into);
  if (target?.kind !== "variable") return "string";
  return presentPlanType(ctx.slotOfVariable(target).type);
}

function lowerOutput(ctx: SequenceContext, clauses: ClausesByKind, output: PlanType | null): void {
  if (output === null) return;
  if (clauses.into === undefined) ctx.builder.emit("POP");
  else store(ctx, clauses.into);
}

function store(ctx: SequenceContext, target: Parameters<typeof ctx.shared.program.targets.get>[0]): void {
  const symbol = ctx.shared.program.targets.get(target);
  invariant(symbol !== undefined, "what is assigned is known in a program without errors");
  ctx.at(target);
  if (symbol.kind === "global") ctx.builder.emit("GSTORE", ctx.globalIndex(symbol));
  else ctx.builder.emit("STORE", ctx.slotOfVariable(symbol).slot);
}

function scriptAction(ctx: SequenceContext, action: ScriptAction, clauses: ClausesByKind): PlanAction {
  return { kind: "script", language: action.language, script: scriptOf(ctx, action.source, clauses) };
}

function scriptOf(ctx: SequenceContext, source: ScriptAction["source"], clauses: ClausesByKind): PlanScript {
  if (source.kind === "string") {
    const text = writtenText(ctx.module, source).replaceAll("\r\n", "\n").replaceAll("\r", "\n");
    return { text: ctx.builder.constant("string", text) };
  }
  invariant(source.kind === "scriptFile" && source.path.kind === "string", "a missing script was reported");
  const path = writtenText(ctx.module, source.path).replaceAll("\\", "/");
  if (clauses.from === undefined) {
    return {
      content: ctx.shared.fileIndex(ctx.module, path, source.path),
      path: path.slice(path.lastIndexOf("/") + 1),
    };
  }
  const content = contentOf(ctx, clauses.from).index;
  const inside = path.replace(/^(?:\.\/)+/, "");
  const { name, digest, files } = ctx.builder.contentAt(content);
  if (digest !== undefined && !files.some((file) => file.path === inside)) {
    ctx.report(contentDiagnostics.SEQ7004, source.path, { path: inside, name });
  }
  return { content, path: inside };
}

function useAction(ctx: SequenceContext, action: UseAction): PlanAction {
  const resolution = resolutionOf(ctx, action.action);
  if (resolution.kind === "scriptAction") {
    return { kind: "projectAction", action: ctx.shared.projectActionIndex(resolution.symbol) };
  }
  invariant(resolution.kind === "action", "`use` names an action in a program without errors");
  return { kind: "use", action: resolution.action };
}

function resolutionOf(ctx: SequenceContext, path: UseAction["action"]): PathResolution {
  const resolution = path.kind === "path" ? ctx.shared.program.paths.get(path) : undefined;
  invariant(resolution !== undefined, "every path of a program without errors is resolved");
  return resolution;
}

/** `winpe` is the boot image of the sequence that the plan starts; where its options name none, the runtime looks for one. */
function restartAction(ctx: SequenceContext, action: RestartAction): PlanAction {
  if (action.target === undefined) return { kind: "restart", to: "system" };
  const resolution = resolutionOf(ctx, action.target);
  if (resolution.kind === "content") {
    return { kind: "restart", to: "image", image: ctx.shared.contentIndex(resolution.symbol) };
  }
  invariant(resolution.kind === "winpe", "a restart goes to an image or to winpe");
  const image = ctx.shared.bootImage();
  return image === undefined ? { kind: "restart", to: "winpe" } : { kind: "restart", to: "image", image };
}

function lowerCall(ctx: SequenceContext, step: Step, action: CallAction, clauses: ClausesByKind, node: number): Effect {
  const resolution = resolutionOf(ctx, action.sequence);
  invariant(resolution.kind === "sequence", "`call` names a sequence in a program without errors");
  const callee = resolution.symbol;
  if (callee.kind === "externSequence") {
    ctx.report(loweringDiagnostics.SEQ7206, action.sequence, { name: callee.name });
    return { action: { kind: "set" }, ...nothing };
  }
  const { operands, parameters } = lowerArguments(ctx, action, callee);
  const output = callOutput(ctx, callee);
  ctx.at(step);
  ctx.builder.emit("CALL", node);
  lowerOutput(ctx, clauses, output);
  return { action: { kind: "call", sequence: ctx.shared.sequenceIndex(callee), parameters }, operands, output };
}

/** The type of a call's value: its one output, or a record of several. */
function callOutput(ctx: SequenceContext, callee: SequenceSymbol): PlanType | null {
  const { program } = ctx.shared;
  const outputs: [string, PlanType][] = [];
  for (const symbol of program.variables.get(callee) ?? []) {
    if (symbol.node.role !== "output") continue;
    outputs.push([symbol.name, planTypeOf(program.symbolTypes.get(symbol) ?? { kind: "error" })]);
  }
  const [first] = outputs;
  if (first === undefined) return null;
  return outputs.length === 1 ? first[1] : { record: Object.fromEntries(outputs) };
}

function lowerSet(ctx: SequenceContext, action: SetAction): void {
  for (const assignment of action.assignments) {
    const end = ctx.builder.label();
    if (assignment.when !== undefined) {
      lowerExpression(ctx, assignment.when);
      ctx.at(assignment.when);
      ctx.builder.emit("JFALSE", end);
    }
    lowerExpression(ctx, assignment.value);
    store(ctx, assignment);
    ctx.builder.place(end);
  }
}
