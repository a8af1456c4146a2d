// Compiles an opened source file for a run, and says what is wrong with it.
import { compile } from "@sequitur/compiler";
import type { Plan } from "@sequitur/runtime/plan";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import type { OpenedSource } from "../project/open-source.ts";
import type { Surroundings } from "../surroundings.ts";
import { reportFindings } from "./report-findings.ts";

export type CompiledSource =
  | {
      readonly kind: "plan";
      readonly plan: Plan;
      /** Its bytes. */
      readonly text: string;
      /** The new text of sequitur.lock; undefined if it stays as it is. */
      readonly lock: string | undefined;
    }
  /** It has been said why. */
  | { readonly kind: "ended"; readonly code: ExitCode };

export interface CompileSettings {
  readonly sequence: string | undefined;
  readonly locked?: boolean;
  readonly color: "auto" | "always" | "never";
}

/** Findings go to standard error, warnings too; with an error among them there is no plan. */
export function compileSource(
  source: OpenedSource,
  settings: CompileSettings,
  surroundings: Surroundings,
): CompiledSource {
  const compiled = compile(source.host, source.path, {
    ...(settings.sequence === undefined ? {} : { sequence: settings.sequence }),
    ...(settings.locked === true ? { locked: true } : {}),
  });
  reportFindings(compiled.diagnostics, source, settings.color, surroundings);
  if (compiled.plan === undefined || compiled.text === undefined) return { kind: "ended", code: exitCode.problem };
  return { kind: "plan", plan: compiled.plan, text: compiled.text, lock: compiled.lock };
}
