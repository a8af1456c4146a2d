// Running the system's tools for an action: found on the base PATH, output in the step's files, a missing one named with the
// package that has it.
import type { Outcome } from "../host.ts";
import { findProgram } from "../process/program.ts";
import type { Execution } from "../system/execution.ts";
import { failed } from "../system/outcome.ts";
import { outcomeOf } from "../system/run-step.ts";

/** The packages of the tools that actions use: Debian's, and Fedora's where that has another name. */
const packages = {
  tar: ["tar"],
  sfdisk: ["fdisk", "util-linux-core"],
  partx: ["util-linux"],
  dd: ["coreutils"],
  wipefs: ["util-linux"],
  "mkfs.ext4": ["e2fsprogs"],
  "mkfs.xfs": ["xfsprogs"],
  "mkfs.fat": ["dosfstools"],
  "mkfs.ntfs": ["ntfs-3g", "ntfsprogs"],
  "wimlib-imagex": ["wimtools", "wimlib-utils"],
  "apt-get": ["apt"],
  dnf: ["dnf"],
  mount: ["mount", "util-linux-core"],
  umount: ["mount", "util-linux-core"],
  "mount.cifs": ["cifs-utils"],
  "mount.nfs": ["nfs-common", "nfs-utils"],
  useradd: ["passwd", "shadow-utils"],
} as const satisfies { readonly [tool: string]: readonly [debian: string, fedora?: string] };

export type Tool = keyof typeof packages;

/** What actions can't do without on Linux, whatever they are given. */
const always: { readonly [action: string]: readonly Tool[] } = {
  "archive.create": ["tar"],
  "archive.extract": ["tar"],
  "disk.format": ["sfdisk"],
  "image.apply": ["wimlib-imagex"],
  "image.applyData": ["wimlib-imagex"],
  "image.capture": ["wimlib-imagex"],
  "network.disconnectFolder": ["umount"],
  "state.capture": ["tar"],
  "state.restore": ["tar"],
};

/** Tools that an action needs in any case. */
export function toolsOf(action: string): readonly Tool[] {
  return Object.hasOwn(always, action) ? (always[action] ?? []) : [];
}

export interface ToolOptions {
  /** Added to the environment. */
  readonly environment?: { readonly [name: string]: string };
  /** Takes standard output in place of the step's file. */
  readonly capture?: (chunk: Buffer) => void;
  /** A file that is standard input. */
  readonly input?: string;
  /** It can't be killed half way. */
  readonly uncuttable?: boolean;
}

/** Null: it went well. Else the outcome of the step. */
export async function runTool(
  execution: Execution,
  tool: Tool,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<Outcome | null> {
  const environment = execution.environment({ ...options.environment });
  const workdir = execution.emptyFolder();
  const found = findProgram(tool, { workdir, path: environment["PATH"] ?? environment["Path"] ?? "" });
  if ("problem" in found) return missingTool(tool);
  const { capture, input, uncuttable = false } = options;
  const result = await execution.start({
    ...{ program: found.path, args, workdir, environment, uncuttable },
    ...(capture === undefined ? {} : { capture }),
    ...(input === undefined ? {} : { input }),
  });
  const outcome = outcomeOf(execution, result, tool);
  return outcome.succeeded ? null : outcome;
}

/** Is the tool there? */
export function hasTool(execution: Execution, tool: Tool): boolean {
  const path = execution.environment({})["PATH"] ?? "";
  return "path" in findProgram(tool, { workdir: "/", path });
}

export function missingTool(tool: Tool): Outcome {
  const [debian, fedora]: readonly [debian: string, fedora?: string] = packages[tool];
  const where = fedora === undefined ? `the package ${debian}` : `the package ${debian} on Debian, ${fedora} on Fedora`;
  return failed("start", `the tool ${tool} is not installed; it is in ${where}`);
}
