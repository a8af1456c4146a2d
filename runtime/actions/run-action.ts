// Built-in actions (`use name { … }`) by name.
import type { Outcome } from "../host.ts";
import { invariant } from "../machine/invariant.ts";
import { type ActionDeclaration, type ActionName, actions } from "../plan/actions.ts";
import type { Value } from "../plan/value.ts";
import { valueProblem } from "../plan/value-check.ts";
import type { ContentStore } from "../content/content-store.ts";
import { errorCode, errorText } from "../system/error-text.ts";
import type { Execution } from "../system/execution.ts";
import { failed } from "../system/outcome.ts";
import { isActionName } from "../system/platform-check.ts";
import type { ActionImplementation } from "./action.ts";
import { createArchive, extractArchive } from "./archives.ts";
import { byPlatform } from "./by-platform.ts";
import { captureNetwork, captureSettings } from "./captured-settings.ts";
import { formatDisk } from "./disk-format.ts";
import {
  copyContent,
  copyFile,
  copyFolder,
  createFolder,
  downloadContent,
  removeFile,
  removeFolder,
  writeFile,
} from "./files.ts";
import { setHostName } from "./host-name.ts";
import { applyDataImage, applyImage, captureImage } from "./images.ts";
import { connectFolder, disconnectFolder } from "./network-folder.ts";
import { installPackages, installUpdates, removePackages } from "./packages.ts";
import { checkReadiness } from "./readiness.ts";
import { captureState, restoreState } from "./user-state.ts";
import { onWindows } from "./windows/windows-actions.ts";

/** One for each action of the catalogue: one that lacks does not compile. */
const implementations: { readonly [name in ActionName]: ActionImplementation } = {
  "file.write": writeFile,
  "file.copy": copyFile,
  "file.remove": removeFile,
  "folder.create": createFolder,
  "folder.copy": copyFolder,
  "folder.remove": removeFolder,
  "content.copy": copyContent,
  "content.download": downloadContent,
  "archive.create": createArchive,
  "archive.extract": extractArchive,
  "disk.format": byPlatform("disk.format", formatDisk),
  "disk.convertToDynamic": onWindows("disk.convertToDynamic"),
  "bitlocker.enable": onWindows("bitlocker.enable"),
  "bitlocker.disable": onWindows("bitlocker.disable"),
  "bitlocker.preProvision": onWindows("bitlocker.preProvision"),
  "image.apply": byPlatform("image.apply", applyImage),
  "image.applyData": byPlatform("image.applyData", applyDataImage),
  "image.capture": byPlatform("image.capture", captureImage),
  "image.prepareClient": onWindows("image.prepareClient"),
  "image.prepareWindows": onWindows("image.prepareWindows"),
  "driver.applyPackage": onWindows("driver.applyPackage"),
  "os.setup": onWindows("os.setup"),
  "os.upgrade": onWindows("os.upgrade"),
  "os.applySettings": onWindows("os.applySettings"),
  "os.captureSettings": byPlatform("os.captureSettings", captureSettings),
  "os.setHostName": setHostName,
  "machine.checkReadiness": checkReadiness,
  "network.applySettings": onWindows("network.applySettings"),
  "network.captureSettings": byPlatform("network.captureSettings", captureNetwork),
  "network.join": onWindows("network.join"),
  "network.connectFolder": byPlatform("network.connectFolder", connectFolder),
  "network.disconnectFolder": byPlatform("network.disconnectFolder", disconnectFolder),
  "state.capture": byPlatform("state.capture", captureState),
  "state.restore": byPlatform("state.restore", restoreState),
  "software.installPackages": installPackages,
  "software.removePackages": removePackages,
  "software.installUpdates": byPlatform("software.installUpdates", installUpdates),
};

/** Platform and phase have been looked at. */
export async function runAction(
  name: string,
  context: { readonly execution: Execution; readonly content: ContentStore },
): Promise<Outcome> {
  invariant(isActionName(name), "the action is in the catalogue");
  const args: { [parameter: string]: Value } = {};
  for (const { role, name: parameter, value } of context.execution.request.operands) {
    if (role === "argument" && parameter !== undefined) args[parameter] = value;
  }
  const problem = takeDefaults(name, args);
  if (problem !== null) return failed("value", problem);
  try {
    const began = performance.now();
    const outcome = await implementations[name]({ ...context, args });
    const cut = outcome.succeeded ? cutAtItsEnd(name, context.execution, performance.now() - began) : null;
    return cut ?? withWantedOutput(context.execution, outcome);
  } catch (error) {
    if (errorCode(error) === "") throw error;
    const path = error instanceof Error && "path" in error ? `${String(error.path)}: ` : "";
    return failed("exit", `${name}: ${path}${errorText(error)}`, 1);
  }
}

/** Fills in what is left out and has a default; why a value can't be used, else. */
function takeDefaults(name: ActionName, args: { [parameter: string]: Value }): string | null {
  const declared: ActionDeclaration = actions[name];
  for (const [parameter, { default: usual, range }] of Object.entries(declared.parameters)) {
    const value = args[parameter] ?? null;
    if (value === null && usual !== undefined) args[parameter] = usual;
    if (typeof value === "string" && value.includes("\0")) return `${name}: ${parameter} holds a NUL character`;
    if (typeof value !== "number" || range === undefined) continue;
    const [least, greatest] = range;
    if (value < least || value > greatest)
      return `${name}: ${parameter} goes from ${least} to ${greatest}, and is ${value}`;
  }
  return null;
}

/** An output that does not have the type that the catalogue says comes from a tool that can't be trusted. */
function withWantedOutput(execution: Execution, outcome: Outcome): Outcome {
  const { output: type } = execution.request.step;
  if (!outcome.succeeded || type === null) return outcome;
  const problem = valueProblem(outcome.output ?? null, type);
  return problem === null ? outcome : failed("output", `the output ${problem}`, outcome.code);
}

/** What asked for the end of an action that can't be cut gets it now; the action itself is whole. */
function cutAtItsEnd(name: ActionName, execution: Execution, milliseconds: number): Outcome | null {
  const declared: ActionDeclaration = actions[name];
  if (!declared.uncuttable) return null;
  const { requested } = execution.cancellation;
  const { timeout } = execution.request.step;
  const late = timeout !== undefined && milliseconds > timeout;
  if (requested === null && !late) return null;
  const why =
    requested === null ? `it took longer than ${(timeout ?? 0) / 1000} s` : `the run asked for its end (${requested})`;
  return failed(requested ?? "timeout", `${name} was done to its end, since it can't be cut; but ${why}`);
}
