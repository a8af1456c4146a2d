// Built-in actions (`use name { … }`) by name.
import type { Outcome } from "../host.ts";
import { invariant } from "../machine/invariant.ts";
import { type ActionDeclaration, type ActionName, actions } from "../plan/actions.ts";
import type { Value } from "../plan/value.ts";
import type { ContentStore } from "../content/content-store.ts";
import { errorCode, errorText } from "../system/error-text.ts";
import type { Execution } from "../system/execution.ts";
import { done, failed } from "../system/outcome.ts";
import { isActionName } from "../system/platform-check.ts";
import type { ActionImplementation } from "./action.ts";
import { createArchive, extractArchive } from "./archives.ts";
import { formatDisk } from "./disk-format.ts";
import { copyContent, copyFile, copyFolder, createFolder, removeFile, removeFolder, writeFile } from "./files.ts";
import { applyImage, captureImage } from "./images.ts";
import { checkReadiness } from "./readiness.ts";
import { installPackages } from "./packages.ts";

/** One for each action of the catalogue: one that lacks does not compile. */
const implementations: { readonly [name in ActionName]: ActionImplementation } = {
  "file.write": writeFile,
  "file.copy": copyFile,
  "file.remove": removeFile,
  "folder.create": createFolder,
  "folder.copy": copyFolder,
  "folder.remove": removeFolder,
  "content.copy": copyContent,
  "archive.create": createArchive,
  "archive.extract": extractArchive,
  "disk.format": formatDisk,
  "image.apply": applyImage,
  "image.capture": captureImage,
  "software.installPackages": installPackages,
  "machine.checkReadiness": checkReadiness,
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
  for (const [parameter, value] of Object.entries(args)) {
    if (typeof value === "string" && value.includes("\0")) {
      return failed("value", `${name}: ${parameter} holds a NUL character`);
    }
  }
  try {
    const began = performance.now();
    const outcome = await implementations[name]({ ...context, args });
    return outcome.succeeded ? cutAtItsEnd(name, context.execution, performance.now() - began) : outcome;
  } catch (error) {
    if (errorCode(error) === "") throw error;
    const path = error instanceof Error && "path" in error ? `${String(error.path)}: ` : "";
    return failed("exit", `${name}: ${path}${errorText(error)}`, 1);
  }
}

/** What asked for the end of an action that can't be cut gets it now; the action itself is whole. */
function cutAtItsEnd(name: ActionName, execution: Execution, milliseconds: number): Outcome {
  const declared: ActionDeclaration = actions[name];
  if (!declared.uncuttable) return done;
  const { requested } = execution.cancellation;
  const { timeout } = execution.request.step;
  const late = timeout !== undefined && milliseconds > timeout;
  if (requested === null && !late) return done;
  const why =
    requested === null ? `it took longer than ${(timeout ?? 0) / 1000} s` : `the run asked for its end (${requested})`;
  return failed(requested ?? "timeout", `${name} was done to its end, since it can't be cut; but ${why}`);
}
