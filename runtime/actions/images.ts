// Applying and capturing WIM images on Linux, by wimlib.
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, parse, resolve } from "node:path";
import type { Outcome } from "../host.ts";
import { isAbsent } from "../system/error-text.ts";
import { done, failed } from "../system/outcome.ts";
import { type ActionContext, type ActionImplementation, numberArgument, textArgument } from "./action.ts";
import { devicePath, partitionDevice } from "./disk-device.ts";
import { copyContentFile } from "./files.ts";
import { runTool } from "./tool.ts";

/** To a folder (made if its parent is there), or to a block device or file that holds an empty NTFS volume. */
export const applyImage: ActionImplementation = async (context) => {
  const place = await placeOf(context);
  if ("reason" in place) return place;
  const image = await imageOf(context);
  if ("reason" in image) return image;
  const outcome = await apply(context, image, place.path);
  if (!outcome.succeeded) return outcome;
  return addAnswerFile(context, place.path);
};

/** As an image of a system; what the folder holds may be removed first. */
export const applyDataImage: ActionImplementation = async (context) => {
  const place = await placeOf(context);
  if ("reason" in place) return place;
  const file = await contentFile(context, "image");
  if ("reason" in file) return file;
  const index = numberArgument(context, "index") ?? 1;
  if (context.args["wipe"] === true) {
    const problem = await emptyFolder(place.path);
    if (problem !== null) return problem;
  }
  return apply(context, { file: file.path, index }, place.path);
};

interface Image {
  readonly file: string;
  readonly index: number;
}

/** The image itself, or the one of that edition within a package of setup files. */
async function imageOf(context: ActionContext): Promise<Image | Outcome> {
  if (numberArgument(context, "package") === null) {
    const file = await contentFile(context, "image");
    return "reason" in file ? file : { file: file.path, index: numberArgument(context, "index") ?? 1 };
  }
  const ready = await context.content.prepare(numberArgument(context, "package") ?? -1);
  if ("problem" in ready) return failed("content", ready.problem);
  const index = numberArgument(context, "edition") ?? 1;
  return { file: join(ready.folder, "sources", "install.wim"), index };
}

async function contentFile(context: ActionContext, name: string): Promise<{ readonly path: string } | Outcome> {
  const ready = await context.content.prepare(numberArgument(context, name) ?? -1);
  return "problem" in ready ? failed("content", ready.problem) : { path: ready.file };
}

async function apply(context: ActionContext, { file, index }: Image, to: string): Promise<Outcome> {
  if (index < 1) return failed("value", `an image of a WIM file has an index from 1, not ${index}`);
  if (!(await exists(to))) await mkdir(to);
  const args = ["apply", file, String(index), to, "--check"];
  return (await runTool(context.execution, "wimlib-imagex", args, { uncuttable: true })) ?? done;
}

/** Where the image goes: a path, or the device of a partition. */
async function placeOf(context: ActionContext): Promise<{ readonly path: string } | Outcome> {
  const to = textArgument(context, "to");
  if (to !== "") return isAbsolute(to) ? { path: to } : failed("value", `the path given as to is not absolute: ${to}`);
  const number = numberArgument(context, "disk");
  if (number === null) {
    return failed("value", "on Linux an image needs a place: give `to`, or a disk and its partition");
  }
  const partition = numberArgument(context, "partition");
  if (partition === null) return failed("value", "a disk needs the number of its partition, too");
  const disk = await devicePath(number);
  if ("reason" in disk) return disk;
  return { path: partitionDevice(disk.path, partition) };
}

async function emptyFolder(path: string): Promise<Outcome | null> {
  if (resolve(path) === parse(resolve(path)).root) return failed("value", `${path} is the system's own disk`);
  try {
    if (!(await stat(path)).isDirectory()) return failed("value", `${path} is not a folder, so wipe can't empty it`);
    for (const name of await readdir(path)) await rm(join(path, name), { recursive: true, force: true });
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  return null;
}

/** Windows finds it there when it starts for the first time. */
async function addAnswerFile(context: ActionContext, to: string): Promise<Outcome> {
  const name = textArgument(context, "answerFile");
  const number = numberArgument(context, "answerPackage");
  if (number === null) return name === "" ? done : failed("value", "answerFile needs its answerPackage");
  if (!(await stat(to)).isDirectory()) {
    return failed("value", "an answer file goes into a folder: mount the volume and give its folder as `to`");
  }
  return copyContentFile(context, number, name || "unattend.xml", join(to, "Windows", "Panther", "unattend.xml"));
}

/** A new file with one image; a file of this name is replaced when the new one is whole. */
export const captureImage: ActionImplementation = async (context) => {
  const from = textArgument(context, "from");
  const to = textArgument(context, "to");
  if (from === "" || to === "") return failed("value", "image.capture needs a folder or volume and a file");
  if (context.args["account"] !== undefined && context.args["account"] !== null) {
    return failed("unsupported", "on Linux image.capture takes no account: mount the share with network.connectFolder");
  }
  const name = textArgument(context, "name") || basename(to).replace(/\.[^.]*$/, "");
  const description = ["description", "version", "createdBy"].map((each) => textArgument(context, each));
  const words = description.filter((word) => word !== "").join(", ");
  const compression = textArgument(context, "compression");
  await mkdir(dirname(to), { recursive: true });
  const partial = join(dirname(to), `.${basename(to)}.partial`);
  await rm(partial, { force: true });
  const outcome = await runTool(context.execution, "wimlib-imagex", [
    ...["capture", from, partial, name, ...(words === "" ? [] : [words]), "--check"],
    `--compress=${compression === "none" || compression === "maximum" ? compression : "fast"}`,
  ]);
  if (outcome !== null) {
    await rm(partial, { force: true });
    return outcome;
  }
  await rename(partial, to);
  return done;
};

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
