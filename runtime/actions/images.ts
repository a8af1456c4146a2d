// Applying and capturing WIM images: wimlib on Linux, DISM on Windows.
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Outcome } from "../host.ts";
import { findProgram } from "../process/program.ts";
import { done, failed } from "../system/outcome.ts";
import { outcomeOf } from "../system/run-step.ts";
import { type ActionContext, type ActionImplementation, numberArgument, textArgument } from "./action.ts";
import { runTool } from "./tool.ts";

/** To a folder (made if its parent is there), or on Linux to a block device or file that holds an empty NTFS volume. */
export const applyImage: ActionImplementation = async (context) => {
  const to = textArgument(context, "to");
  if (to === "") return failed("value", "image.apply needs a place to apply to");
  const ready = await context.content.prepare(numberArgument(context, "image") ?? -1);
  if ("problem" in ready) return failed("content", ready.problem);
  const index = numberArgument(context, "index") ?? 1;
  if (index < 1) return failed("value", `an image of a WIM file has an index from 1, not ${index}`);
  if (process.platform === "win32") {
    return dism(context, [
      "/Apply-Image",
      `/ImageFile:${ready.file}`,
      `/Index:${index}`,
      `/ApplyDir:${to}`,
      "/CheckIntegrity",
    ]);
  }
  if (!(await exists(to))) await mkdir(to);
  const args = ["apply", ready.file, String(index), to, "--check"];
  return (await runTool(context.execution, "wimlib-imagex", args, { uncuttable: true })) ?? done;
};

const compressions: { readonly [name: string]: readonly [wimlib: string, dism: string] } = {
  none: ["none", "none"],
  fast: ["fast", "fast"],
  maximum: ["maximum", "max"],
};

/** A new file with one image; a file of this name is replaced when the new one is whole. */
export const captureImage: ActionImplementation = async (context) => {
  const from = textArgument(context, "from");
  const to = textArgument(context, "to");
  const name = textArgument(context, "name");
  if (from === "" || to === "") return failed("value", "image.capture needs a folder or volume and a file");
  const [wimlib, windows] = compressions[textArgument(context, "compression") || "fast"] ?? ["fast", "fast"];
  await mkdir(dirname(to), { recursive: true });
  const partial = join(dirname(to), `.${basename(to)}.partial`);
  await rm(partial, { force: true });
  const outcome =
    process.platform === "win32"
      ? await dism(context, [
          ...["/Capture-Image", `/ImageFile:${partial}`, `/CaptureDir:${from}`, `/Name:${name}`],
          ...[`/Compress:${windows}`, "/CheckIntegrity"],
        ])
      : await runTool(context.execution, "wimlib-imagex", [
          "capture",
          from,
          partial,
          name,
          "--check",
          `--compress=${wimlib}`,
        ]);
  if (outcome !== null && !outcome.succeeded) {
    await rm(partial, { force: true });
    return outcome;
  }
  await rename(partial, to);
  return done;
};

async function dism(context: ActionContext, args: readonly string[]): Promise<Outcome> {
  const { execution } = context;
  const environment = execution.environment({});
  const workdir = execution.emptyFolder();
  const found = findProgram("dism.exe", { workdir, path: environment["Path"] ?? environment["PATH"] ?? "" });
  if ("problem" in found) return failed("start", found.problem);
  const command = { program: found.path, args, workdir, environment, uncuttable: args[0] === "/Apply-Image" };
  return outcomeOf(execution, await execution.start(command), "dism.exe");
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
