// `sequitur check`: finds the files, has them checked, mends what may be mended, renders the findings. The compiler is loaded
// when something is to be checked: what was checked before and has not changed is known.
import type { CompilerHost } from "@sequitur/compiler";
import type { Diagnostic } from "@sequitur/grammar";
import { openMemory, remember } from "../cache/remember.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { diskHost } from "../project/disk-host.ts";
import { displayPath, inputName, joinFindings, showFindings } from "../project/display-paths.ts";
import type { ShownFindings } from "../project/display-paths.ts";
import { findSources } from "../project/find-sources.ts";
import { openInput } from "../project/open-source.ts";
import { renderGithub } from "../render/github.ts";
import { renderJson } from "../render/json.ts";
import { renderJunit } from "../render/junit.ts";
import { renderSarif } from "../render/sarif.ts";
import { counted, countOf, summaryOf } from "../render/summary.ts";
import { renderText } from "../render/text.ts";
import { version } from "../version.ts";
import { textStyle } from "./report-findings.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

/** Files of one project, and the host that reads them. */
interface Project {
  readonly host: CompilerHost;
  readonly root: string;
  readonly paths: readonly string[];
}

export async function checkFiles(call: Call<"check">): Promise<ExitCode> {
  const { surroundings } = call;
  const named = call.arguments.paths.length === 0 ? ["."] : call.arguments.paths;
  const opened = named.includes("-") ? await openStandardInput(call) : openFiles(named, call);
  if (!Array.isArray(opened)) return opened;
  const projects: readonly Project[] = opened;

  const parts: ShownFindings[] = [];
  for (const project of projects) {
    const found = call.options.fix
      ? await checkAndFix(project, call)
      : { host: project.host, diagnostics: await checkRemembered(project, call) };
    parts.push(showFindings(found.diagnostics, found.host, project.root, surroundings.folder));
  }
  const found = joinFindings(parts);
  const files = projects.flatMap((project) =>
    project.paths.map((path) => displayPath(path, project.root, surroundings.folder)),
  );
  surroundings.stdout.write(await render(found, files, call));
  return verdict(found, call);
}

async function openStandardInput(call: Call<"check">): Promise<Project[] | ExitCode> {
  const { surroundings } = call;
  if (call.arguments.paths.length > 1)
    return wrongCall(surroundings, "- is standard input, and can't stand beside other files.");
  if (call.options.fix)
    return wrongCall(surroundings, "--fix needs a file that it can write.", "Name the file instead of -.");
  const opened = openInput(await surroundings.readInput(), surroundings);
  return opened.kind === "wrong" ? wrongCall(surroundings, opened.why) : [{ ...opened, paths: [opened.path] }];
}

function openFiles(named: readonly string[], call: Call<"check">): Project[] | ExitCode {
  const { surroundings } = call;
  const { projects, problems } = findSources(named, surroundings.folder);
  const [first] = problems;
  if (first !== undefined) {
    for (const problem of problems.slice(0, -1)) wrongCall(surroundings, `${problem}.`);
    return wrongCall(surroundings, `${problems.at(-1) ?? first}.`);
  }
  if (projects.length === 0) return wrongCall(surroundings, `there are no .seq files in ${named.join(", ")}.`);
  return projects.map(({ root, paths }) => ({ host: diskHost(root, surroundings.loadTypeScript), root, paths }));
}

/** Standard input is in no file that could be compared later. */
async function checkRemembered(project: Project, call: Call<"check">): Promise<readonly Diagnostic[]> {
  const { root, paths } = project;
  const memory = paths.includes(inputName) ? undefined : openMemory(call.options.noCache, call.surroundings);
  const kept = await remember(memory, { command: "check", root, paths, settings: {} }, project.host, async (host) => {
    const { check } = await import("@sequitur/compiler");
    return { result: check(host, paths).diagnostics, text: "" };
  });
  return kept.result;
}

async function checkAndFix(
  project: Project,
  call: Call<"check">,
): Promise<Pick<Project, "host"> & Pick<ShownFindings, "diagnostics">> {
  const { surroundings } = call;
  const { check } = await import("@sequitur/compiler");
  const { fixProject } = await import("../project/fix-project.ts");
  const fixed = await fixProject(project.host, project.root, (host) => check(host, project.paths).diagnostics);
  for (const problem of fixed.problems) surroundings.stderr.write(`sequitur: ${problem}\n`);
  if (fixed.applied > 0) {
    surroundings.stderr.write(`fixed ${counted(fixed.applied, "finding")} in ${counted(fixed.files, "file")}\n`);
  }
  return fixed;
}

async function render(found: ShownFindings, files: readonly string[], call: Call<"check">): Promise<string> {
  const { diagnostics, sources } = found;
  switch (call.options.format) {
    case "text": {
      const text = renderText(
        diagnostics,
        sources,
        textStyle(call.surroundings.stdout, call.options.color, call.surroundings),
      );
      return `${text}${text === "" ? "" : "\n"}${summaryOf(diagnostics, files.length)}\n`;
    }
    case "json":
      return renderJson(diagnostics, sources);
    case "sarif": {
      const { allDiagnostics } = await import("@sequitur/compiler");
      return renderSarif(diagnostics, sources, allDiagnostics, version);
    }
    case "github":
      return renderGithub(diagnostics, sources, files.length);
    case "junit":
      return renderJunit(diagnostics, sources, files);
  }
}

function verdict(found: ShownFindings, call: Call<"check">): ExitCode {
  if (countOf(found.diagnostics, "error") > 0) return exitCode.problem;
  const warnings = countOf(found.diagnostics, "warning");
  const { maxWarnings } = call.options;
  if (maxWarnings === undefined || warnings <= maxWarnings) return exitCode.done;
  call.surroundings.stderr.write(
    `sequitur: ${counted(warnings, "warning")}, and --max-warnings allows ${maxWarnings}\n`,
  );
  return exitCode.problem;
}
