// `sequitur check`: finds the files, has them checked, mends what may be mended, renders the findings. The compiler is loaded
// when something is to be checked: what was checked before and has not changed is known.
import type { CheckOptions, CompilerHost } from "@sequitur/compiler";
import type { Diagnostic } from "@sequitur/grammar";
import { openMemory, remember } from "../cache/remember.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { checkAlone, isWhole, supplied, today } from "../lint/check-project.ts";
import type { CheckedProject, Wanted } from "../lint/check-project.ts";
import type { Selected } from "../lint/select-findings.ts";
import { shownSilent } from "../lint/shown-silent.ts";
import { diskHost } from "../project/disk-host.ts";
import { displayPath, inputName, joinFindings, showFindings } from "../project/display-paths.ts";
import type { ShownFindings } from "../project/display-paths.ts";
import { findSources } from "../project/find-sources.ts";
import { openInput } from "../project/open-source.ts";
import { renderGithub } from "../render/github.ts";
import { renderJson } from "../render/json.ts";
import { renderJunit } from "../render/junit.ts";
import { renderSarif } from "../render/sarif.ts";
import type { SilentFinding } from "../render/sarif.ts";
import { counted, countOf, summaryOf } from "../render/summary.ts";
import { renderText } from "../render/text.ts";
import type { Output } from "../surroundings.ts";
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

interface FoundProject extends Pick<Project, "host" | "root"> {
  readonly checked: CheckedProject;
}

export async function checkFiles(call: Call<"check">): Promise<ExitCode> {
  const { options, surroundings } = call;
  if (!options.watch) return checkOnce(call);
  const writes = options.fix || options.fixUnsafe || options.updateBaseline;
  if (writes) return wrongCall(surroundings, "--watch writes nothing, so no option that does can stand with it.");
  const paths = call.arguments.paths.length === 0 ? ["."] : call.arguments.paths;
  if (paths.includes("-")) return wrongCall(surroundings, "--watch needs files: standard input does not change.");
  const { watchFiles } = await import("./check-watch.ts");
  const checkTo = (stdout: Output): Promise<ExitCode> =>
    checkOnce({ ...call, surroundings: { ...surroundings, stdout } });
  return watchFiles(paths, checkTo, surroundings);
}

async function checkOnce(call: Call<"check">): Promise<ExitCode> {
  const { surroundings } = call;
  const named = call.arguments.paths.length === 0 ? ["."] : call.arguments.paths;
  const opened = named.includes("-") ? await openStandardInput(call) : openFiles(named, call);
  if (!Array.isArray(opened)) return opened;
  const projects: readonly Project[] = opened;

  const { baseline, updateBaseline, changedSince } = call.options;
  if (updateBaseline && baseline === undefined) return wrongCall(surroundings, "--update-baseline needs --baseline.");
  if (updateBaseline && changedSince !== undefined) {
    return wrongCall(surroundings, "--update-baseline notes all findings, so it can't stand with --changed-since.");
  }
  const checked: FoundProject[] = [];
  for (const project of projects) checked.push(await checkProject(project, call));
  const selected = await select(checked, call);
  if ("why" in selected) return wrongCall(surroundings, `${selected.why}.`);
  const shownOf = ({ host, root }: FoundProject, diagnostics: readonly Diagnostic[]): ShownFindings =>
    showFindings(diagnostics, host, root, surroundings.folder);
  const found = joinFindings(checked.map((project, index) => shownOf(project, selected.shown[index] ?? [])));
  const files = projects.flatMap((project) =>
    project.paths.map((path) => displayPath(path, project.root, surroundings.folder)),
  );
  const silent = checked.map((project, index) =>
    shownSilent(project, selected.known[index] ?? [], surroundings.folder),
  );
  surroundings.stdout.write(await render(found, files, silent.flat(), call));
  return verdict(found, call);
}

async function openStandardInput(call: Call<"check">): Promise<Project[] | ExitCode> {
  const { surroundings } = call;
  if (call.arguments.paths.length > 1)
    return wrongCall(surroundings, "- is standard input, and can't stand beside other files.");
  if (call.options.fix || call.options.fixUnsafe)
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

/** Without an option that asks for it nothing of it is loaded. */
async function select(projects: readonly FoundProject[], call: Call<"check">): Promise<Selected> {
  const { baseline, updateBaseline, changedSince } = call.options;
  if (baseline === undefined && changedSince === undefined) {
    return { shown: projects.map(({ checked }) => checked.diagnostics), known: projects.map(() => []) };
  }
  const { selectFindings } = await import("../lint/select-findings.ts");
  return selectFindings(projects, { baseline, updateBaseline, changedSince }, call.surroundings);
}

async function checkProject(project: Project, call: Call<"check">): Promise<FoundProject> {
  const wanted = { keys: call.options.baseline !== undefined, imports: call.options.changedSince !== undefined };
  const { host, root, paths } = project;
  const first = await checkRemembered(project, wanted, call);
  const isFixing = call.options.fix || call.options.fixUnsafe;
  if (isWhole(first) && !isFixing) return { host, root, checked: first };
  const options = await supplied(first, root, call.surroundings);
  const mended = isFixing ? await fixAll(project, options, call) : host;
  return { host: mended, root, checked: await checkAlone(mended, paths, wanted, options) };
}

/** Standard input is in no file that could be compared later. */
async function checkRemembered(project: Project, wanted: Wanted, call: Call<"check">): Promise<CheckedProject> {
  const { root, paths } = project;
  const memory = paths.includes(inputName) ? undefined : openMemory(call.options.noCache, call.surroundings);
  const day = today();
  const task = { command: "check", root, paths, settings: { ...wanted, today: day } } as const;
  const kept = await remember(memory, task, project.host, async (host) => ({
    result: await checkAlone(host, paths, wanted, { today: day }),
    text: "",
  }));
  return kept.result;
}

/** Applies fixes and says how many; gives a host that has the new texts. */
async function fixAll(project: Project, options: CheckOptions, call: Call<"check">): Promise<CompilerHost> {
  const { stderr } = call.surroundings;
  const { check } = await import("@sequitur/compiler");
  const { fixProject } = await import("../project/fix-project.ts");
  const find = (host: CompilerHost): readonly Diagnostic[] => check(host, project.paths, options).diagnostics;
  const fixed = await fixProject(project.host, project.root, find, call.options.fixUnsafe ? "all" : "safe");
  for (const problem of fixed.problems) stderr.write(`sequitur: ${problem}\n`);
  if (fixed.applied > 0) {
    stderr.write(`fixed ${counted(fixed.applied, "finding")} in ${counted(fixed.files, "file")}\n`);
  }
  return fixed.host;
}

async function render(
  found: ShownFindings,
  files: readonly string[],
  silent: readonly SilentFinding[],
  call: Call<"check">,
): Promise<string> {
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
      return renderSarif(diagnostics, sources, allDiagnostics, version, silent);
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
