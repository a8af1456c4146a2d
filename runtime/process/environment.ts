// The environment that processes of a run get: the machine's base, not the caller's, so that a step behaves alike in a shell
// and after a restart, when a boot hook started the runtime.
import { userInfo } from "node:os";
import { limits } from "../plan/limits.ts";
import { wellFormed } from "./decode.ts";

export interface Environment {
  readonly [name: string]: string;
}

/** What Windows gives every process of the system; names as it spells them. */
const windowsNames = (
  "ALLUSERSPROFILE APPDATA COMPUTERNAME ComSpec CommonProgramFiles CommonProgramFiles(x86) CommonProgramW6432 DriverData " +
  "HOMEDRIVE HOMEPATH LOCALAPPDATA LOGONSERVER NUMBER_OF_PROCESSORS OS Path PATHEXT PROCESSOR_ARCHITECTURE " +
  "PROCESSOR_IDENTIFIER PROCESSOR_LEVEL PROCESSOR_REVISION ProgramData ProgramFiles ProgramFiles(x86) ProgramW6432 " +
  "PSModulePath PUBLIC SystemDrive SystemRoot TEMP TMP USERDOMAIN USERNAME USERPROFILE windir"
).split(" ");

/** Names of the system's own variables, in upper case: read once a boot, not once a run. */
export function isSystemName(name: string): boolean {
  const names = process.platform === "win32" ? windowsNames : ["PATH", "HOME", "USER", "LANG", "TMPDIR"];
  return names.some((known) => known.toUpperCase() === name.toUpperCase());
}

/** A variable of the caller's environment; absent: it is not set. */
export function environmentValue(name: string): string | null {
  const value = process.env[name];
  return value === undefined ? null : wellFormed(value);
}

/** The fixed base for programs that run as the runtime's own user. */
export function baseEnvironment(): Environment {
  if (process.platform === "win32") {
    const base: { [name: string]: string } = {};
    for (const name of windowsNames) {
      const value = process.env[name];
      if (value !== undefined) base[name] = value;
    }
    return base;
  }
  return (posixBase ??= posixEnvironment());
}

/** Looking up the user reads files: once is enough. */
let posixBase: Environment | null = null;

function posixEnvironment(): Environment {
  const user = userInfo();
  return {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    HOME: user.homedir,
    USER: user.username,
    LANG: "C.UTF-8",
    TMPDIR: "/tmp",
  };
}

/** Later layers win. On Windows names that differ in case alone are one. */
export function layered(...layers: readonly Environment[]): Environment {
  const result: { [name: string]: string } = {};
  const spelling = new Map<string, string>();
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer)) {
      const key = process.platform === "win32" ? name.toUpperCase() : name;
      const earlier = spelling.get(key);
      if (earlier !== undefined) delete result[earlier];
      spelling.set(key, name);
      result[name] = value;
    }
  }
  return result;
}

/** Why a text may not be an argument or a variable, as a sentence about `what`; null: it may. */
export function textProblem(what: string, text: string): string | null {
  if (text.includes("\0")) return `${what} holds a NUL character, which no program can be given`;
  if (text.length > limits.argumentLength) {
    return `${what} has ${text.length} UTF-16 units; a program can be given at most ${limits.argumentLength}`;
  }
  return null;
}

/** Why a variable may not be given, as a sentence; null: it may. */
export function variableProblem(name: string, value: string): string | null {
  if (name === "" || name.includes("=") || name.includes("\0")) {
    return `an environment variable can't have the name "${name}"`;
  }
  return textProblem(`Environment variable ${name}`, value);
}
