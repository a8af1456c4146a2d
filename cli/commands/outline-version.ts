// The outline of one version of a file, for commands that show or compare what sequences do.
import type { CheckedProgram } from "@sequitur/compiler";
import type { Outline } from "@sequitur/compiler/review";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { openVersion } from "../project/open-version.ts";
import type { Surroundings } from "../surroundings.ts";
import { reportFindings } from "./report-findings.ts";
import { wrongCall } from "./wrong-call.ts";

export type OutlinedVersion =
  | {
      readonly kind: "outlined";
      readonly outline: Outline;
      readonly program: CheckedProgram;
      /** Relative to the project. */
      readonly path: string;
      /** How the version is called to people. */
      readonly shown: string;
    }
  /** It has been said why. */
  | { readonly kind: "ended"; readonly code: ExitCode };

interface OutlineSettings {
  readonly sequence?: string | undefined;
  readonly color: "auto" | "always" | "never";
}

/** Broken syntax ends it, since nobody knows what was meant; other errors are for `check` to say. */
export async function outlineVersion(
  name: string,
  settings: OutlineSettings,
  surroundings: Surroundings,
): Promise<OutlinedVersion> {
  const version = await openVersion(name, surroundings);
  if (version.kind === "wrong") return { kind: "ended", code: wrongCall(surroundings, version.why) };
  const [{ check }, { outlineOf }] = await Promise.all([
    import("@sequitur/compiler"),
    import("@sequitur/compiler/review"),
  ]);
  const text = version.host.readText(version.path);
  if (text.kind === "text" && text.text.trimStart().startsWith("{")) {
    const wayOut = "Name the .seq file that it is made from, or look at it with `sequitur disassemble`.";
    return { kind: "ended", code: wrongCall(surroundings, `${version.shown} is a plan or other JSON.`, wayOut) };
  }
  const { program } = check(version.host, [version.path], { lints: false });
  const broken = [...program.modules.values()].flatMap((module) =>
    module.parsed.diagnostics.filter(({ severity }) => severity === "error"),
  );
  if (broken.length > 0) {
    reportFindings(broken, version, settings.color, surroundings);
    return { kind: "ended", code: exitCode.problem };
  }
  const outline = outlineOf(program, version.path, settings.sequence);
  if (outline.sequences.length === 0) {
    const which = settings.sequence === undefined ? "a sequence" : `a sequence "${settings.sequence}"`;
    return { kind: "ended", code: wrongCall(surroundings, `${version.shown} does not declare ${which}.`) };
  }
  return { kind: "outlined", outline, program, path: version.path, shown: version.shown };
}
