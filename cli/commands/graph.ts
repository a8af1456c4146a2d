// `sequitur graph FILE`: a diagram of what a file's sequences do.
import { resolve } from "node:path";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { writeWhole } from "../project/write-file.ts";
import { outlineVersion } from "./outline-version.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

export async function drawGraph(call: Call<"graph">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const version = await outlineVersion(call.arguments.file, options, surroundings);
  if (version.kind === "ended") return version.code;
  const { pictureOf, comparedPicture, compareOutlines, svgOf, mermaidOf, dotOf } =
    await import("@sequitur/compiler/review");
  const title = version.outline.sequences[0]?.title ?? version.shown;
  let picture = pictureOf(version.outline, title);
  if (options.diff !== undefined) {
    const old = await outlineVersion(options.diff, options, surroundings);
    if (old.kind === "ended") return old.code;
    picture = comparedPicture(compareOutlines(old.outline, version.outline), `${title}: what changed`);
  }
  const write = { svg: svgOf, mermaid: mermaidOf, dot: dotOf }[options.format ?? formatOf(options.output)];
  const text = write(picture);
  if (options.output === undefined || options.output === "-") {
    surroundings.stdout.write(text);
    return exitCode.done;
  }
  const problem = await writeWhole(resolve(surroundings.folder, options.output), text);
  return problem === undefined ? exitCode.done : wrongCall(surroundings, `can't write ${options.output}: ${problem}.`);
}

/** By the name of the file that is written; SVG if it says nothing. */
function formatOf(output: string | undefined): "svg" | "mermaid" | "dot" {
  if (output === undefined) return "svg";
  return /\.(mmd|mermaid)$/i.test(output) ? "mermaid" : /\.(dot|gv)$/i.test(output) ? "dot" : "svg";
}
