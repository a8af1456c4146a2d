// Where earlier results lie: in the user's cache folder, never in the project. What a project brings along must not be able
// to say that it was checked already. See docs/decisions for why.
import { mkdirSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Surroundings } from "../surroundings.ts";

type Machine = Pick<Surroundings, "environment" | "platform" | "homeFolder">;

/** Absolute; undefined where the machine has no place for it. Nothing is made. */
export function cacheFolder({ environment, platform, homeFolder }: Machine): string | undefined {
  const folder = userCaches(environment, platform, homeFolder);
  return folder === undefined || !isAbsolute(folder) ? undefined : join(folder, "sequitur");
}

function userCaches(
  environment: Machine["environment"],
  platform: Machine["platform"],
  homeFolder: string,
): string | undefined {
  const { XDG_CACHE_HOME: given, LOCALAPPDATA: local } = environment;
  if (given !== undefined && given !== "") return given;
  if (platform === "win32") return local === undefined || local === "" ? undefined : join(local, "Cache");
  if (homeFolder === "") return undefined;
  return platform === "darwin" ? join(homeFolder, "Library", "Caches") : join(homeFolder, ".cache");
}

/** May what lies in there be believed? On POSIX nobody else may be able to write to it. False too where there is none. */
export function isOwnFolder(folder: string, platform: Machine["platform"]): boolean {
  try {
    const stat = statSync(folder);
    if (!stat.isDirectory()) return false;
    return platform === "win32" || (stat.uid === userInfo().uid && (stat.mode & 0o022) === 0);
  } catch {
    // No folder, or no user: no cache.
    return false;
  }
}

/** Makes the folder, closed to others; false where it can't be made, or somebody else's lies there. */
export function openFolder(folder: string, platform: Machine["platform"]): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    return false;
  }
  return isOwnFolder(folder, platform);
}
