// Globals that need no declaration, because consoles and their agents set them; and names that can't be globals,
// because the system itself reads them.

import { foreignGlobal } from "../catalogue/foreign-globals.ts";

export interface KnownGlobal {
  /** As its own system spells it. */
  readonly name: string;
  readonly secret: boolean;
}

/**
 * The variable that a target's own catalogue declares; undefined: none does. Names that begin like those of Configuration
 * Manager are its own in any spelling; plain words of MDT (`Model`, `Role`) are meant only as they are spelt there.
 */
export function knownGlobalNamed(name: string): KnownGlobal | undefined {
  const isPrefixed = /^_?(?:SMS|OSD|TS)[A-Za-z0-9_]/i.test(name);
  const known = foreignGlobal(name);
  if (known !== undefined && (isPrefixed || known.name === name)) return known;
  return /^_?(?:SMSTS|OSD)[A-Za-z0-9]/i.test(name) ? { name, secret: false } : undefined;
}

/** Is it a variable that a target's own catalogue declares? */
export function isKnownGlobal(name: string): boolean {
  return knownGlobalNamed(name) !== undefined;
}

const systemVariables: ReadonlySet<string> = new Set([
  "path",
  "pathext",
  "comspec",
  "systemroot",
  "systemdrive",
  "windir",
  "temp",
  "tmp",
  "tmpdir",
  "home",
  "user",
  "lang",
  "ifs",
  "shell",
  "psmodulepath",
]);

/** Names that the system or an interpreter reads: no sequence may set them for every later process. */
export function isSystemVariable(name: string): boolean {
  return systemVariables.has(name.toLowerCase()) || /^(LD_|DYLD_|NODE_|PYTHON|SEQUITUR_)/i.test(name);
}

/** Names that every environment of a step has (semantics 7.6): `env` of one is never absent. Compared without case. */
const baseVariables: ReadonlySet<string> = new Set([
  "path",
  "systemdrive",
  "systemroot",
  "windir",
  "comspec",
  "temp",
  "tmp",
  "programfiles",
  "programdata",
  "home",
  "user",
  "lang",
  "tmpdir",
]);

/** Is it a name that every step's environment has? Case does not count. */
export function isBaseVariable(name: string): boolean {
  return baseVariables.has(name.toLowerCase());
}
