// Steps on this machine through the real host, without driver or compiler: a step and its operands in, an outcome out.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync, chmodSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Cancellation, EffectProgress, Host, Outcome, ResolvedOperand } from "../host.ts";
import { contentDigestOf } from "../plan/digest.ts";
import type { Plan, PlanAccount, PlanContent, PlanGlobal, PlanStep } from "../plan/format.ts";
import type { Value } from "../plan/value.ts";
import { createSystemHost, type SystemHostOptions } from "../system/system-host.ts";

export interface World {
  readonly folder: string;
  readonly host: Host;
  /** Process ids that were told of. */
  readonly spawned: number[];
  readonly progress: string[];
  /** Output as it came: `stream text`. */
  readonly told: string[];
  /** `run "program args…"` */
  run(words: readonly string[], more?: StepOptions): Promise<Outcome>;
  script(language: "sh" | "bash" | "python" | "cmd", text: string, more?: StepOptions): Promise<Outcome>;
  use(action: string, args: { readonly [name: string]: Value }, more?: StepOptions): Promise<Outcome>;
  stdout(): string;
  stderr(): string;
  /** The number that the last step had. */
  execution(): number;
  close(): Promise<void>;
}

export interface StepOptions {
  readonly step?: Partial<PlanStep>;
  readonly operands?: readonly ResolvedOperand[];
  readonly globals?: { readonly [name: string]: string };
  readonly cancellation?: Cancellation;
  readonly attempt?: number;
}

export interface WorldOptions extends Partial<Omit<SystemHostOptions, "plan">> {
  readonly globals?: readonly PlanGlobal[];
  readonly accounts?: readonly PlanAccount[];
  /** Files under the content root, by path, as name → text. */
  readonly content?: { readonly [name: string]: { readonly [path: string]: string } };
  readonly kind?: PlanContent["kind"];
  /** Content of the plan as it stands, after `content`. */
  readonly contents?: readonly PlanContent[];
}

export const operand = (role: string, value: Value, name?: string): ResolvedOperand =>
  name === undefined ? { role, value, secret: false } : { role, name, value, secret: false };

export const never: Cancellation = { requested: null, onRequest: () => undefined };

/** A cancellation that comes after some milliseconds. */
export function cancelledAfter(milliseconds: number, reason: "cancelled" | "deadline" = "cancelled"): Cancellation {
  let requested: Cancellation["requested"] = null;
  const listeners: (() => void)[] = [];
  setTimeout(() => {
    requested = reason;
    for (const listener of listeners) listener();
  }, milliseconds);
  return {
    get requested() {
      return requested;
    },
    onRequest: (listener) => listeners.push(listener),
  };
}

export function emptyPlan(parts: Partial<Plan> = {}): Plan {
  return {
    ...{ format: 1, semantics: 1, digest: "sha256:".padEnd(71, "0") },
    ...{ sequences: [], constants: [], globals: [], environment: [], content: [], accounts: [], nodes: [], parts: [] },
    ...{ patterns: [], code: [], sources: [], positions: [] },
    ...parts,
  };
}

export function stepOf(parts: Partial<PlanStep>): PlanStep {
  return {
    ...{ kind: "step", name: "step", parent: -1, sequence: 0, position: [0, 1, 1], titled: false, end: 0 },
    ...{ continueOnError: false, action: { kind: "run" }, operands: [], output: null, success: [0], reboots: [3010] },
    interruption: "fail",
    ...parts,
  };
}

/** Content of one name for the plan, with its files written below the root. */
export function contentOf(
  root: string,
  name: string,
  files: { readonly [path: string]: string },
  kind: PlanContent["kind"] = "package",
): PlanContent {
  const entries = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [path, text] of entries) {
    const place = kind === "package" ? join(root, name, path) : join(root, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    if (text.startsWith("#!")) chmodSync(place, 0o755);
  }
  const manifest = entries.map(([path, text]) => ({
    ...{ path, size: Buffer.byteLength(text), sha256: createHash("sha256").update(text).digest("hex") },
    executable: text.startsWith("#!"),
  }));
  const source = kind === "package" ? name : (entries[0]?.[0] ?? "");
  return { name, kind, source, digest: contentDigestOf(manifest), files: manifest };
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { globals = [], accounts = [], content = {}, contents: more = [], kind = "package", ...hostOptions } = options;
  const folder = mkdtempSync(join(tmpdir(), "sequitur-host-"));
  const contentRoot = join(folder, "project");
  const written = Object.entries(content).map(([name, files]) => contentOf(contentRoot, name, files, kind));
  const contents = [...written, ...more];
  const scripts: string[] = [];
  const constants = { get: () => scripts.map((value) => ({ type: "string", value }) as const) };
  const plan = Object.defineProperty(emptyPlan({ globals, accounts, content: contents }), "constants", constants);
  const state = join(folder, "state");
  const run = join(state, "runs", "r1");
  mkdirSync(run, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o755);
  chmodSync(join(state, "runs"), 0o700);
  const host = createSystemHost({ plan, contentRoot, cacheFolder: join(state, "content"), ...hostOptions });
  // Its processes are ended by this mark: no two worlds may share it.
  await host.useRun({ id: basename(folder), folder: run, environment: {} });
  const spawned: number[] = [];
  const progress: string[] = [];
  const told: string[] = [];
  let execution = 0;
  const act = async (step: PlanStep, operands: readonly ResolvedOperand[], more: StepOptions): Promise<Outcome> => {
    const attempt = more.attempt ?? 1;
    if (attempt === 1) execution += 1;
    const listener: EffectProgress = {
      spawned: ({ id }) => spawned.push(id),
      progress: (text) => progress.push(text),
      output: (stream, text) => told.push(`${stream} ${text}`),
    };
    const all = [...operands, ...(more.operands ?? [])];
    const request = { execution, attempt, node: 0, step: stepOf({ ...step, ...more.step }), operands: all };
    return host.act({ ...request, globals: more.globals ?? {} }, listener, more.cancellation ?? never);
  };
  const output = (name: string): string => {
    const file = join(run, "out", `${execution}.${name}`);
    // A program that writes nothing leaves none.
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  };
  return {
    ...{ folder, host, spawned, progress, told },
    run: (words, more = {}) => {
      const [program = "", ...args] = words;
      const operands = [operand("program", program), ...args.map((value) => operand("word", value))];
      return act(stepOf({ action: { kind: "run" } }), operands, more);
    },
    script: (language, text, more = {}) => {
      scripts.push(text);
      const action = { kind: "script", language, script: { text: scripts.length - 1 } } as const;
      return act(stepOf({ action }), [], more);
    },
    use: (action, args, more = {}) => {
      const operands = Object.entries(args).map(([name, value]) => operand("argument", value, name));
      return act(stepOf({ action: { kind: "use", action } }), operands, more);
    },
    stdout: () => output("stdout"),
    stderr: () => output("stderr"),
    execution: () => execution,
    async close() {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
