// The real host: this machine. Everything that a run does to the world goes through here.
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { runAction } from "../actions/run-action.ts";
import { createContentStore } from "../content/content-store.ts";
import { createFactReader } from "../facts/read-fact.ts";
import type { Host, HostIdentity, Outcome, Phase } from "../host.ts";
import { invariant, unreachable } from "../machine/invariant.ts";
import type { Plan } from "../plan/format.ts";
import { holdsSecret } from "../plan/type-relation.ts";
import { createDirectStarter } from "../process/direct-start.ts";
import { environmentValue } from "../process/environment.ts";
import { endTree } from "../process/end-tree.ts";
import { createLauncher } from "../process/launcher.ts";
import { startTimeOf } from "../process/process-table.ts";
import type { ProcessStarter } from "../process/start.ts";
import { runScript } from "../script/run-script.ts";
import { createMasker } from "../secrets/masker.ts";
import { runTypescriptAction } from "../typescript-action/run-typescript-action.ts";
import { createEmptyFolders } from "./empty-folder.ts";
import { errorText } from "./error-text.ts";
import { Execution, type RunContext } from "./execution.ts";
import { readIdentity } from "./identity.ts";
import { done, failed } from "./outcome.ts";
import { cannotRunHere } from "./platform-check.ts";
import { preflight } from "./preflight.ts";
import { requestRestart } from "./restart.ts";
import { runCommandLine } from "./run-command-line.ts";
import { runProgram } from "./run-step.ts";
import { sleep } from "./sleep.ts";

export interface SystemHostOptions {
  readonly plan: Plan;
  /** Where the paths of the plan's content begin. */
  readonly contentRoot: string;
  /** Verified copies of content lie here, by hash. Accounts of steps must be able to get to it. */
  readonly cacheFolder: string;
  /** What the machine is in, where it can't tell by itself (boot media of our own). */
  readonly phase?: Phase;
  /** `direct`: programs are started by the runtime's own process. Default: by the launcher, where the platform has one. */
  readonly start?: "launcher" | "direct";
}

/** Does nothing until it is asked. `useRun` comes before the first `act`; `close` ends it. */
export function createSystemHost(options: SystemHostOptions): Host {
  const { plan } = options;
  const masker = createMasker();
  const content = createContentStore(plan, options.contentRoot, options.cacheFolder);
  const directStarter = createDirectStarter();
  let identity: Promise<HostIdentity> | null = null;
  const who = (): Promise<HostIdentity> => (identity ??= readIdentity(options.phase));
  const readFact = createFactReader(async () => (await who()).phase);
  let starter: ProcessStarter | null = null;
  let run: RunContext | null = null;
  let secrets = hasSecrets(plan);

  const act: Host["act"] = async (request, progress, cancellation) => {
    invariant(run !== null, "useRun comes before act");
    const refusal = cannotRunHere(plan, request.step, await who());
    if (refusal !== null) return refusal;
    const execution = new Execution(run, request, progress, cancellation);
    try {
      return masked(await dispatch(execution));
    } catch (error) {
      // A full disk or a folder that was taken away: the world, not us. Everything else goes up as a defect.
      if (!(error instanceof Error && "syscall" in error)) throw error;
      return failed("start", masker.mask(`the step could not be prepared: ${errorText(error)} (${error.message})`));
    } finally {
      execution.close();
    }
  };

  const dispatch = async (execution: Execution): Promise<Outcome> => {
    const { action } = execution.request.step;
    switch (action.kind) {
      case "run":
        return runProgram(execution, content);
      case "commandline":
        return runCommandLine(execution, content);
      case "script":
        return runScript(execution, content);
      case "use":
        return runAction(action.action, { execution, content });
      case "projectAction": {
        const { phase, platform } = await who();
        return runTypescriptAction(execution, content, { phase, platform });
      }
      case "wait":
        return waitFor(execution);
      case "restart":
        return restartOutcome(execution);
      case "call":
      case "set":
      case "log":
      case "fail":
      case "waitUntil":
        throw new Error(`${action.kind} is not done by the host`);
      default:
        return unreachable(action);
    }
  };

  const masked = (outcome: Outcome): Outcome => ({ ...outcome, message: masker.mask(outcome.message) });

  return {
    identity: who,
    wallClock: () => Date.now(),
    monotonicClock: () => performance.now(),
    environment(names) {
      const values: { [name: string]: string } = {};
      for (const name of names) {
        const value = environmentValue(name);
        if (value !== null) values[name] = value;
      }
      return values;
    },
    async useRun({ id, folder, environment }) {
      for (const name of ["out", "work"]) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
      starter ??= options.start === "direct" ? directStarter : createLauncher(directStarter, join(folder, "work"));
      const openFolder = join(dirname(options.cacheFolder), "work");
      const emptyFolders = createEmptyFolders(join(folder, "work"));
      const shared = { plan, id, folder, environment, openFolder, emptyFolders, masker, starter };
      run = {
        ...shared,
        get masked() {
          return secrets;
        },
      };
      await Promise.resolve();
    },
    async endLeftovers(execution, spawned) {
      invariant(run !== null, "useRun comes before endLeftovers");
      const mark = `SEQUITUR_EXECUTION=${run.id}/${execution}`;
      // A recorded process is still the same one only if it started at the recorded time.
      const same = spawned.filter(({ id, started }) => started !== "" && startTimeOf(id) === started);
      for (const { id } of same) await endTree({ id, group: id, mark });
      await endTree({ id: -1, group: -1, mark });
      emptyFolder(join(run.folder, "work"), "");
      emptyFolder(run.openFolder, `${run.id}-`);
    },
    async preflight(checked) {
      return preflight({ plan: checked, content, cacheFolder: options.cacheFolder });
    },
    readFact,
    act,
    sleep,
    async requestRestart(target) {
      return requestRestart(target, (await who()).phase === "winpe");
    },
    addSecret(value) {
      secrets = true;
      masker.add(value);
    },
    mask: (text) => masker.mask(text),
    async close() {
      await starter?.close();
      starter = null;
    },
  };
}

/** Secrets may come up in what the steps of this plan write. */
function hasSecrets(plan: Plan): boolean {
  return (
    plan.globals.some(({ secret }) => secret) ||
    plan.accounts.some(({ password }) => password !== undefined) ||
    plan.constants.some(({ type }) => holdsSecret(type)) ||
    plan.sequences.some(({ slots }) => slots.some(({ type }) => holdsSecret(type)))
  );
}

async function waitFor(execution: Execution): Promise<Outcome> {
  const duration = execution.request.operands.find(({ role }) => role === "duration")?.value;
  const whole = await sleep(typeof duration === "number" ? duration : 0, execution.cancellation);
  return whole ? done : failed(execution.cancellation.requested ?? "cancelled", "the wait was cut short");
}

function restartOutcome(execution: Execution): Outcome {
  const { operands, step } = execution.request;
  invariant(step.action.kind === "restart", "a restart step");
  const delay = Number(operands.find(({ role }) => role === "delay")?.value ?? 0);
  const message = String(operands.find(({ role }) => role === "message")?.value ?? "");
  const { to, image } = step.action;
  if (to === "image") return { ...done, restart: { to, image: image ?? -1, delay, message } };
  return { ...done, restart: { to, delay, message } };
}

function emptyFolder(path: string, prefix: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(path);
  } catch {
    // It is not there: nothing to take away.
    return;
  }
  for (const name of names) if (name.startsWith(prefix)) rmSync(join(path, name), { recursive: true, force: true });
}
