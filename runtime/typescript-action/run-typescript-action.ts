// Actions of the project (`use name { … }` of an imported TypeScript action): the module from the plan in a process of its
// own, typed values in and out. It is started, watched, cut and journaled as any program is.
import { join } from "node:path";
import type { Outcome } from "../host.ts";
import { invariant } from "../machine/invariant.ts";
import type { ContentStore } from "../content/content-store.ts";
import type { PlanProjectAction } from "../plan/format.ts";
import type { PlanType } from "../plan/plan-type.ts";
import type { Value } from "../plan/value.ts";
import { valueProblem } from "../plan/value-check.ts";
import type { ProcessResult } from "../process/run-process.ts";
import type { Execution } from "../system/execution.ts";
import { done, failed } from "../system/outcome.ts";
import { outcomeOf, surroundings } from "../system/run-step.ts";
import { writeOwned } from "../system/write-owned.ts";
import { type ActionAnswer, ActionAnswers } from "./action-answers.ts";
import { actionInput } from "./action-input.ts";
import { actionProcess, moduleFile, startFile } from "./action-process.ts";

/** Platform and phase have been looked at. `facts`: what the action's context tells it. */
export async function runTypescriptAction(
  execution: Execution,
  content: ContentStore,
  facts: { readonly phase: string; readonly platform: string },
): Promise<Outcome> {
  const { plan } = execution.run;
  const { action: reference } = execution.request.step;
  const action = reference.kind === "projectAction" ? plan.actions?.[reference.action] : undefined;
  const module = action === undefined ? undefined : plan.modules?.[action.module];
  invariant(action !== undefined && module !== undefined, "a verified plan has the action and its module");
  const around = await surroundings(execution, content);
  if ("reason" in around) return around;
  const given = await actionInput(execution.request.operands, action, plan, content);
  if ("problem" in given) return failed("content", given.problem);
  const folder = execution.workFolder(around.account);
  const start = join(folder, startFile);
  writeOwned(start, Buffer.from(actionProcess), around.account);
  writeOwned(join(folder, moduleFile), Buffer.from(module.text), around.account);
  const answers = new ActionAnswers({
    log: (line) => {
      execution.note(line);
      execution.progress(line);
    },
    progress: (line) => execution.progress(line),
  });
  const result = await execution.start({
    program: process.execPath,
    args: ["--enable-source-maps", start],
    environment: execution.environment(around.variables, around.account),
    channel: {
      input: JSON.stringify({ name: action.name, input: given.input, facts }),
      answer: (chunk) => answers.take(chunk),
    },
    ...around,
  });
  return outcomeOfAction(execution, action, result, answers.answer);
}

function outcomeOfAction(
  execution: Execution,
  action: PlanProjectAction,
  result: ProcessResult,
  answer: ActionAnswer | null,
): Outcome {
  // What it said before it was cut or killed counts only if that was its last word.
  if (result.kind !== "ended" || result.signal !== 0 || answer === null)
    return withoutAnswer(execution, action, result);
  switch (answer.kind) {
    case "failure":
      return failed("exit", `${action.name} failed: ${oneLine(answer.message)}${placeIn(answer.stack)}`, answer.code);
    case "unusable":
      return failed("output", `the output of ${action.name} ${answer.problem}; ${happened}`);
    case "result":
      return withOutput(action, answer.value);
  }
}

const happened = "what it did has happened";

function withoutAnswer(execution: Execution, action: PlanProjectAction, result: ProcessResult): Outcome {
  const outcome = outcomeOf(execution, result, action.name);
  return outcome.succeeded ? failed("output", `${action.name} ended without a result; ${happened}`, 1) : outcome;
}

function withOutput({ name, output: type }: PlanProjectAction, value: Value): Outcome {
  if (type === null) return done;
  const output = onlyDeclared(value, type);
  const problem = valueProblem(output, type);
  return problem === null ? { ...done, output } : failed("output", `the output of ${name} ${problem}; ${happened}`);
}

/** An object of TypeScript may have more fields than its type says: those are not part of the output. */
function onlyDeclared(value: Value, type: PlanType): Value {
  if (value === null || typeof value !== "object" || typeof type === "string") return value;
  if ("optional" in type) return onlyDeclared(value, type.optional);
  if (Array.isArray(value)) return "list" in type ? value.map((item: Value) => onlyDeclared(item, type.list)) : value;
  if (!("record" in type)) return value;
  const fields = Object.entries(value).flatMap(([field, part]: [string, Value]) => {
    const declared = Object.hasOwn(type.record, field) ? type.record[field] : undefined;
    return declared === undefined || part === null ? [] : [[field, onlyDeclared(part, declared)] as const];
  });
  return Object.fromEntries(fields);
}

/** ` (actions/bitlocker.ts:12:9)`: the topmost frame that is not of Node.js itself; empty: there is none. */
function placeIn(stack: string): string {
  for (const [, place] of stack.matchAll(/^\s+at (?:.*\()?(.*?:\d+:\d+)\)?$/gm)) {
    if (place !== undefined && !/^(?:node:|file:)/.test(place) && !place.startsWith(startFile)) return ` (${place})`;
  }
  return "";
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
