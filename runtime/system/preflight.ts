// What is looked at before the first effect, without touching anything: content, accounts, rights, room on the disk. Whether a
// platform or phase can do a step is not: a condition may keep the run from ever getting there.
import { statfs } from "node:fs/promises";
import type { PreflightProblem } from "../host.ts";
import type { ContentStore } from "../content/content-store.ts";
import { missingTool, toolsOf } from "../actions/tool.ts";
import { declaredAction } from "../plan/declared-action.ts";
import type { Plan, PlanStep } from "../plan/format.ts";
import { findAccount } from "../process/account.ts";
import { restartProblems } from "./restart-target.ts";
import { baseEnvironment } from "../process/environment.ts";
import { findProgram } from "../process/program.ts";

export interface PreflightContext {
  readonly plan: Plan;
  readonly content: ContentStore;
  readonly cacheFolder: string;
}

/** Everything that is wrong, at once; in the order of the plan. */
export async function preflight(context: PreflightContext): Promise<readonly PreflightProblem[]> {
  const steps = enabledSteps(context.plan);
  return [
    ...(await contentProblems(context, steps)),
    ...(await accountProblems(context, steps)),
    ...rightsProblems(context.plan, steps),
    ...toolProblems(context.plan, steps),
    ...restartProblems(steps),
    ...(await diskProblems(context, steps)),
  ];
}

type NumberedStep = readonly [node: number, step: PlanStep];

/** Steps that a run can reach: neither they nor what is around them is disabled. */
function enabledSteps(plan: Plan): readonly NumberedStep[] {
  return plan.nodes.flatMap((node, index): readonly NumberedStep[] => {
    if (node.kind !== "step") return [];
    for (let at = index; at >= 0; at = plan.nodes[at]?.parent ?? -1) {
      const around = plan.nodes[at];
      if (around !== undefined && "disabled" in around && around.disabled === true) return [];
    }
    return [[index, node]];
  });
}

/** Content by index, with the steps that name it: by script, by restart image, or by a handle that their code pushes. */
function contentUses(plan: Plan, steps: readonly NumberedStep[]): ReadonlyMap<number, readonly number[]> {
  const uses = new Map<number, Set<number>>();
  const use = (content: number, node: number): void => {
    const nodes = uses.get(content) ?? new Set();
    uses.set(content, nodes.add(node));
  };
  for (const [node, { action }] of steps) {
    if (action.kind === "script" && "content" in action.script) use(action.script.content, node);
    if (action.kind === "restart" && action.image !== undefined) use(action.image, node);
  }
  const reachable = new Set(steps.map(([node]) => node));
  let open = -1;
  for (const instruction of plan.code) {
    const [opcode, operand] = instruction;
    if (opcode === "OPEN" && typeof operand === "number") open = operand;
    if (opcode !== "PUSH" || typeof operand !== "number") continue;
    const constant = plan.constants[operand];
    const handle = constant !== undefined && isContentType(constant.type) && typeof constant.value === "number";
    if (handle) use(Number(constant.value), reachable.has(open) ? open : -1);
  }
  return new Map([...uses].map(([content, nodes]) => [content, [...nodes].filter((node) => node >= 0)]));
}

function isContentType(type: unknown): boolean {
  return type === "package" || type === "image" || type === "application" || type === "file";
}

async function contentProblems(
  { plan, content }: PreflightContext,
  steps: readonly NumberedStep[],
): Promise<readonly PreflightProblem[]> {
  const problems: PreflightProblem[] = [];
  for (const [index, nodes] of contentUses(plan, steps)) {
    const message = await content.check(index);
    if (message !== null) problems.push({ reason: "content", message, nodes });
  }
  return problems;
}

async function accountProblems(
  { plan }: PreflightContext,
  steps: readonly NumberedStep[],
): Promise<readonly PreflightProblem[]> {
  const problems: PreflightProblem[] = [];
  for (const [index, account] of plan.accounts.entries()) {
    const nodes = steps.filter(([, step]) => step.account === index).map(([node]) => node);
    if (nodes.length === 0) continue;
    const found = await findAccount(account.user);
    if ("problem" in found) problems.push({ reason: "account", message: found.problem, nodes });
    if (account.password !== undefined && (process.env[account.password] ?? "") === "") {
      const message = `The password of account ${account.name} is not in the environment variable ${account.password}.`;
      problems.push({ reason: "account", message, nodes });
    }
  }
  return problems;
}

function rightsProblems(plan: Plan, steps: readonly NumberedStep[]): readonly PreflightProblem[] {
  if (process.platform === "win32" || process.getuid?.() === 0) return [];
  const problems: PreflightProblem[] = [];
  const needing = steps.filter(([, { action }]) => declaredAction(plan, action)?.declaration.needsRoot === true);
  for (const [node, step] of needing) {
    problems.push({ reason: "rights", message: `${step.name} needs root; the run has not its rights.`, nodes: [node] });
  }
  const restarts = steps.filter(([, { action }]) => action.kind === "restart").map(([node]) => node);
  if (restarts.length > 0) {
    const message = "Only root can restart this machine and go on after it.";
    problems.push({ reason: "restart", message, nodes: restarts });
  }
  return problems;
}

/**
 * Tools of the system that actions can't do without. A step on a condition may never run, and what comes after a program, a
 * script or an installation may find its tools by then: those say it themselves, when they are reached.
 */
function toolProblems(plan: Plan, steps: readonly NumberedStep[]): readonly PreflightProblem[] {
  if (process.platform !== "linux") return [];
  const problems: PreflightProblem[] = [];
  const path = baseEnvironment()["PATH"] ?? "";
  for (const [node, step] of steps) {
    const { action } = step;
    if (["run", "script", "commandline", "projectAction", "call"].includes(action.kind)) break;
    if (action.kind !== "use" || isConditional(plan, node)) continue;
    if (action.action === "software.installPackages") break;
    const lacking = toolsOf(action.action).filter((tool) => "problem" in findProgram(tool, { workdir: "/", path }));
    for (const tool of lacking) {
      const message = `${step.name} can't run: ${missingTool(tool).message}.`;
      problems.push({ reason: "unsupported", message, nodes: [node] });
    }
  }
  return problems;
}

function isConditional(plan: Plan, node: number): boolean {
  for (let at = node; at >= 0; at = plan.nodes[at]?.parent ?? -1) {
    const around = plan.nodes[at];
    if (around?.condition !== undefined || around?.kind === "if" || around?.kind === "for") return true;
  }
  return false;
}

async function diskProblems(
  { plan, cacheFolder }: PreflightContext,
  steps: readonly NumberedStep[],
): Promise<readonly PreflightProblem[]> {
  let needed = 0;
  for (const index of contentUses(plan, steps).keys()) {
    for (const { size } of plan.content[index]?.files ?? []) needed += size;
  }
  if (needed === 0) return [];
  const free = await freeBytes(cacheFolder);
  if (free === null || free >= needed + reserve) return [];
  const message =
    `The content needs ${Math.ceil(needed / 1024 ** 2)} MB in ${cacheFolder}, ` +
    `where ${Math.floor(free / 1024 ** 2)} MB are free.`;
  return [{ reason: "disk", message, nodes: [] }];
}

/** Bytes that stay free for journal and output. */
const reserve = 16 * 1024 ** 2;

async function freeBytes(folder: string): Promise<number | null> {
  for (let path = folder; ;) {
    try {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    } catch {
      const parent = path.replace(/[/\\][^/\\]*$/, "");
      if (parent === path) return null;
      path = parent === "" ? "/" : parent;
    }
  }
}

/** Can the plan destroy data? */
export function destroysData(plan: Plan): boolean {
  return enabledSteps(plan).some(([, { action }]) => declaredAction(plan, action)?.declaration.destroys === true);
}
