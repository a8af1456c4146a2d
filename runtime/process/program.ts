// Finding the program that a step names. Never the current folder by itself, never through a shell; on Windows never a script
// that would start one.
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, relative, resolve } from "node:path";
import { errorText, isAbsent } from "../system/error-text.ts";

export interface ProgramPlaces {
  /** Where a relative path with a separator is looked for. */
  readonly workdir: string;
  /** The step's content: first place for a bare name. */
  readonly from?: string;
  /** `PATH` of the step's environment. */
  readonly path: string;
}

/** The absolute path, or why there is none, as a sentence. */
export function findProgram(
  name: string,
  places: ProgramPlaces,
): { readonly path: string } | { readonly problem: string } {
  if (name === "") return { problem: "the name of the program is empty" };
  if (name.includes("\0")) return { problem: "the name of the program holds a NUL character" };
  const windows = process.platform === "win32";
  if (windows && /\.(?:cmd|bat|ps1|vbs|vbe|js|jse|wsf|wsh)[ .]*$/i.test(name)) {
    return {
      problem: `${name} is a script, which a shell would have to run; use a script step (cmd, powershell) for it`,
    };
  }
  if (name.includes("/") || (windows && name.includes("\\"))) return atPath(name, places.workdir);
  const folders = [places.from ?? "", ...places.path.split(delimiter)].filter((folder) => isAbsolute(folder));
  let refused: string | null = null;
  for (const folder of folders) {
    const found = executable(join(folder, name));
    if ("path" in found) return found;
    if (found.problem !== null) refused ??= found.problem;
  }
  const where = places.from === undefined ? "in the folders of PATH" : "in the package or in the folders of PATH";
  return { problem: refused ?? `there is no program ${name} ${where}` };
}

function atPath(name: string, workdir: string): { readonly path: string } | { readonly problem: string } {
  const path = resolve(workdir, name);
  if (!isAbsolute(name)) {
    const below = relative(workdir, path);
    if (below.startsWith("..") || isAbsolute(below)) {
      return { problem: `${name} leads out of the working folder ${workdir}; write an absolute path for it` };
    }
  }
  const found = executable(path);
  if ("path" in found) return found;
  return { problem: found.problem ?? `there is no program ${path}` };
}

/** `problem: null`: it is not there. */
function executable(path: string): { readonly path: string } | { readonly problem: string | null } {
  const candidates =
    process.platform === "win32" && !/\.(?:exe|com)$/i.test(path) ? [`${path}.exe`, `${path}.com`] : [path];
  for (const candidate of candidates) {
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) return { path: candidate };
    } catch (error) {
      if (!isAbsent(error)) return { problem: `${candidate} can't be run: ${errorText(error)}` };
    }
  }
  return { problem: null };
}
