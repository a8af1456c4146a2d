// `sequitur diff BEFORE AFTER`: what changed in what sequences do.
import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Comparison, ComparedVersions, ReportLine } from "@sequitur/compiler/review";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { askGit } from "../project/git.ts";
import type { Paint, Role } from "../render/paint.ts";
import { printable } from "../render/printable.ts";
import { outlineVersion } from "./outline-version.ts";
import { textStyle } from "./report-findings.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

export async function diffVersions(call: Call<"diff">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const names = versionNames(call);
  if ("why" in names) return wrongCall(surroundings, names.why);
  const before = await outlineVersion(names.before, options, surroundings);
  if (before.kind === "ended") return before.code;
  const after = await outlineVersion(names.after, options, surroundings);
  if (after.kind === "ended") return after.code;
  const review = await import("@sequitur/compiler/review");
  const comparison = review.compareOutlines(before.outline, after.outline);
  const versions: ComparedVersions = {
    before: before.shown,
    after: after.shown,
    samePlan: review.makesSamePlan(before, after, options.sequence),
  };
  const summary = review.summaryText(comparison);
  const verdict = review.verdictText(comparison, versions.samePlan);
  switch (options.format) {
    case "markdown":
      surroundings.stdout.write(review.markdownReport(comparison, versions));
      break;
    case "json":
      surroundings.stdout.write(jsonText(comparison, versions, summary));
      break;
    case "text": {
      const { paint } = textStyle(surroundings.stdout, options.color, surroundings);
      const lines = [summary, verdict].filter((text) => text !== "").map((text) => paint("strong", printable(text)));
      for (const line of review.reportLines(comparison)) lines.push(lineText(line, paint));
      surroundings.stdout.write(`${lines.join("\n")}\n`);
    }
  }
  const differs = !review.isEmpty(comparison) || versions.samePlan === false;
  return options.exitCode && differs && versions.samePlan !== true ? exitCode.problem : exitCode.done;
}

/** `one..two FILE` are `one:FILE` and `two:FILE`; no name at an end is HEAD, as git has it. */
function versionNames({
  arguments: { before, after },
  surroundings,
}: Call<"diff">): { readonly before: string; readonly after: string } | { readonly why: string } {
  const [, one, two] = /^([^:.][^:]*?|)\.\.([^:]*)$/.exec(before) ?? [];
  const isFile = existsSync(resolve(surroundings.folder, before));
  if (one === undefined || two === undefined || isFile || two.startsWith("/")) return { before, after };
  if (!isAbsolute(after)) return { before: `${one || "HEAD"}:${after}`, after: `${two || "HEAD"}:${after}` };
  const top = askGit(surroundings.folder, ["rev-parse", "--show-toplevel"]);
  if ("why" in top) return { why: `can't compare ${before}: ${top.why}.` };
  const path = relative(top.output.toString("utf8").trim(), resolve(after)).split(sep).join("/");
  return { before: `${one || "HEAD"}:${path}`, after: `${two || "HEAD"}:${path}` };
}

const roles: { readonly [K in ReportLine["mark"]]: Role | undefined } = {
  "+": "good",
  "-": "error",
  "~": "warning",
  ">": "info",
  "!": "error",
  "": undefined,
};

function lineText({ mark, depth, text }: ReportLine, paint: Paint): string {
  const line = `${"  ".repeat(depth)}${mark === "" ? "" : `${mark} `}${printable(text)}`;
  const role = roles[mark];
  if (depth === 0) return `\n${paint("strong", line)}`;
  return role === undefined ? line : paint(role, line);
}

function jsonText(comparison: Comparison, versions: ComparedVersions, summary: string): string {
  const { sequences, declarations } = comparison;
  const { before, after, samePlan } = versions;
  return `${JSON.stringify({ version: 1, before, after, samePlan: samePlan ?? null, summary, sequences, declarations }, null, 2)}\n`;
}
