// Packages of the distribution and their updates. What is as wanted already is left alone, so that doing it again costs nothing.
import { existsSync } from "node:fs";
import type { Outcome } from "../host.ts";
import { softwareVersion } from "../facts/linux.ts";
import { query } from "../facts/query.ts";
import type { Execution } from "../system/execution.ts";
import { done, failed } from "../system/outcome.ts";
import { type ActionContext, type ActionImplementation, listArgument, textArgument } from "./action.ts";
import { hasTool, runTool } from "./tool.ts";

export const installPackages: ActionImplementation = async (context) => {
  const { execution } = context;
  const lacking = await packagesThat(context, false);
  if ("reason" in lacking) return lacking;
  if (lacking.names.length === 0) {
    execution.note("All packages are installed already.");
    return done;
  }
  const manager = managerOf(execution);
  if (manager === null) return noManager("install packages with");
  if (context.args["update"] === true && manager === "apt-get") {
    const updated = await runApt(execution, ["update"]);
    if (updated !== null) return updated;
  }
  return (
    (await runManager(execution, manager, installArguments(manager, lacking.names, context.args["update"] === true))) ??
    done
  );
};

export const removePackages: ActionImplementation = async (context) => {
  const { execution } = context;
  const present = await packagesThat(context, true);
  if ("reason" in present) return present;
  if (present.names.length === 0) {
    execution.note("None of the packages is installed.");
    return done;
  }
  const manager = managerOf(execution);
  if (manager === null) return noManager("remove packages with");
  return (await runManager(execution, manager, removeArguments(manager, present.names))) ?? done;
};

/** A restart is due when the distribution says that one is. */
export const installUpdates: ActionImplementation = async (context) => {
  const { execution } = context;
  const manager = managerOf(execution);
  if (manager === null) return noManager("install updates with");
  const all = textArgument(context, "target") === "all";
  if (manager === "apt-get") {
    const updated = await runApt(execution, ["update"]);
    if (updated !== null) return updated;
  }
  const outcome = await runManager(execution, manager, updateArguments(manager, all));
  if (outcome !== null) return outcome;
  const due = await restartIsDue(manager);
  return due ? { ...done, restart: { to: "system", delay: 0, message: "Updates need a restart." } } : done;
};

export type Manager = "apt-get" | "dnf";

/** What the manager is called with to install these. */
export function installArguments(manager: Manager, names: readonly string[], refresh: boolean): readonly string[] {
  if (manager === "apt-get") return [...kept, "install", "--yes", "--no-install-recommends", "--", ...names];
  return ["install", "--assumeyes", ...(refresh ? ["--refresh"] : []), "--", ...names];
}

export function removeArguments(manager: Manager, names: readonly string[]): readonly string[] {
  return ["remove", manager === "apt-get" ? "--yes" : "--assumeyes", "--", ...names];
}

/** All updates, or those alone that nothing else has to give way for (apt) or that close holes (dnf). */
export function updateArguments(manager: Manager, all: boolean): readonly string[] {
  if (manager === "apt-get") return [...kept, all ? "dist-upgrade" : "upgrade", "--yes"];
  return ["upgrade", "--assumeyes", "--refresh", ...(all ? [] : ["--security"])];
}

/** Settings that somebody changed stay. */
const kept = ["-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"];

/** The packages asked for that are installed, or those that are not. */
async function packagesThat(
  context: ActionContext,
  installed: boolean,
): Promise<{ readonly names: readonly string[] } | Outcome> {
  const names = listArgument(context, "names");
  const wrong = names.find((name) => !/^[A-Za-z0-9][A-Za-z0-9+._:~-]*$/.test(name));
  if (wrong !== undefined) return failed("value", `${JSON.stringify(wrong)} can't be the name of a package`);
  const found: string[] = [];
  for (const name of names) {
    const answer = await softwareVersion(name);
    if ("error" in answer) return failed("exit", `whether ${name} is installed can't be told: ${answer.error}`, 1);
    if ((answer.value !== null) === installed) found.push(name);
  }
  return { names: found };
}

function managerOf(execution: Execution): Manager | null {
  if (hasTool(execution, "apt-get")) return "apt-get";
  return hasTool(execution, "dnf") ? "dnf" : null;
}

function noManager(what: string): Outcome {
  return failed("unsupported", `this system has neither apt-get nor dnf to ${what}`);
}

function runManager(execution: Execution, manager: Manager, args: readonly string[]): Promise<Outcome | null> {
  return manager === "apt-get" ? runApt(execution, args) : runTool(execution, "dnf", args);
}

function runApt(execution: Execution, args: readonly string[]): Promise<Outcome | null> {
  const environment = { DEBIAN_FRONTEND: "noninteractive", DEBIAN_PRIORITY: "critical", NEEDRESTART_MODE: "a" };
  // Another program may hold the lock for a while: unattended upgrades do right after a start.
  return runTool(execution, "apt-get", ["-o", "DPkg::Lock::Timeout=600", ...args], { environment });
}

async function restartIsDue(manager: Manager): Promise<boolean> {
  if (manager === "apt-get") return existsSync("/run/reboot-required");
  const answer = await query("dnf", ["needs-restarting", "--reboothint"]);
  return answer.kind === "ended" && answer.code === 1;
}
