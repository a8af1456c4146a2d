// Names of global variables: every process sees them in its environment, so some names are not to be had.

const namesOfTheSystem = new Set(
  (
    "PATH PATHEXT COMSPEC SYSTEMROOT SYSTEMDRIVE WINDIR OS TEMP TMP TMPDIR HOME USER LOGNAME SHELL IFS ENV BASH_ENV CDPATH " +
    "USERPROFILE APPDATA LOCALAPPDATA PROGRAMDATA ALLUSERSPROFILE PROGRAMFILES PUBLIC PSMODULEPATH"
  ).split(" "),
);
const prefixesOfTheSystem = ["LD_", "DYLD_", "NODE_", "PYTHON", "SEQUITUR_"];

/** Why no global may have this name, as the end of a sentence; null: it may. Case does not count. */
export function globalNameProblem(name: string): string | null {
  if (!/^[!-<>-~]+(?: [!-<>-~]+)*$/.test(name)) return "is not made of printable ASCII characters without `=`";
  if (name.length > 255) return "is longer than 255 characters";
  const upper = name.toUpperCase();
  const taken = namesOfTheSystem.has(upper) || prefixesOfTheSystem.some((prefix) => upper.startsWith(prefix));
  return taken ? "is a name that the system itself reads" : null;
}
