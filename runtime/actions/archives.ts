// Archives by tar: compression goes by the name (`.tar.gz`, `.tar.xz`, `.tar.zst`, `.tar`).
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { failed, done } from "../system/outcome.ts";
import { type ActionImplementation, listArgument, textArgument } from "./action.ts";
import { runTool } from "./tool.ts";

/** All that is in the folder, with paths relative to it. Written beside its place and renamed when it is whole. */
export const createArchive: ActionImplementation = async (context) => {
  const from = textArgument(context, "from");
  const to = textArgument(context, "to");
  if (!from.startsWith("/") || !to.startsWith("/"))
    return failed("value", "the paths of archive.create are not absolute");
  if (!(await stat(from)).isDirectory()) return failed("exit", `${from} is not a folder`, 1);
  await mkdir(dirname(to), { recursive: true });
  // The name keeps its end, by which tar chooses the compression.
  const partial = join(dirname(to), `.partial-${basename(to)}`);
  const exclude = listArgument(context, "exclude").map((pattern) => `--exclude=${pattern}`);
  const args = ["--create", "--auto-compress", "--numeric-owner", `--file=${partial}`, "--force-local", ...exclude];
  const outcome = await runTool(context.execution, "tar", [...args, "-C", from, "--", "."]);
  if (outcome !== null) {
    await rm(partial, { force: true });
    return outcome;
  }
  await rename(partial, to);
  return done;
};

/** Into a folder, which is made. What lies there already is replaced. */
export const extractArchive: ActionImplementation = async (context) => {
  const from = textArgument(context, "from");
  const to = textArgument(context, "to");
  if (!from.startsWith("/") || !to.startsWith("/"))
    return failed("value", "the paths of archive.extract are not absolute");
  await mkdir(to, { recursive: true });
  const args = ["--extract", `--file=${from}`, "--force-local", "--numeric-owner", "-C", to];
  return (await runTool(context.execution, "tar", args)) ?? done;
};
