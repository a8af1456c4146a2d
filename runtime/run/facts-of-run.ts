// How long the answer to a fact holds: for the run, for this boot, or for this once (6.3).
import { facts, type FactName } from "../plan/facts.ts";
import type { Value } from "../plan/value.ts";

/** The system's own variables: they belong to the boot, not to the caller. Windows PE's `X:` must not outlive it. */
const systemVariables: ReadonlySet<string> = new Set(
  (
    "SYSTEMDRIVE SYSTEMROOT WINDIR PROGRAMFILES PROGRAMFILES(X86) PROGRAMW6432 PROGRAMDATA COMMONPROGRAMFILES " +
    "COMMONPROGRAMFILES(X86) ALLUSERSPROFILE PUBLIC COMSPEC COMPUTERNAME OS PROCESSOR_ARCHITECTURE NUMBER_OF_PROCESSORS TEMP TMP"
  ).split(" "),
);

/** `run`: answered from what was read at the start · `boot`: once a boot · `evaluation`: each time. */
export function lifetimeOf(fact: FactName, args: readonly Value[], platform: string): "run" | "boot" | "evaluation" {
  const { lifetime } = facts[fact];
  if (lifetime !== "run") return lifetime;
  return platform === "windows" && systemVariables.has(String(args[0]).toUpperCase()) ? "boot" : "run";
}
