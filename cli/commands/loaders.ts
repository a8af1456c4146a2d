// Where each command's implementation is: loaded when the command is called, since starting must be fast.
import type { ExitCode } from "../exit-code.ts";
import type { Call, CommandName } from "./table.ts";

type Loaders = { readonly [K in CommandName]: () => Promise<(call: Call<K>) => Promise<ExitCode>> };

const loaders: Loaders = {
  new: async () => (await import("./new.ts")).newProject,
  check: async () => (await import("./check.ts")).checkFiles,
  fmt: async () => (await import("./fmt.ts")).formatFiles,
  config: async () => (await import("./config.ts")).showConfiguration,
  build: async () => (await import("./build.ts")).build,
  import: async () => (await import("./import.ts")).importFiles,
  export: async () => (await import("./export.ts")).exportFile,
  verify: async () => (await import("./verify.ts")).verifyPlan,
  disassemble: async () => (await import("./disassemble.ts")).disassemblePlan,
  run: async () => (await import("./run.ts")).run,
  resume: async () => (await import("./resume.ts")).resume,
  cancel: async () => (await import("./cancel.ts")).cancel,
  runs: async () => (await import("./runs.ts")).showRuns,
  "runs show": async () => (await import("./runs-show.ts")).showRun,
  diff: async () => (await import("./diff.ts")).diffVersions,
  graph: async () => (await import("./graph.ts")).drawGraph,
  explain: async () => (await import("./explain.ts")).explainFinding,
  lsp: async () => (await import("./lsp.ts")).serveEditor,
  completion: async () => (await import("./completion.ts")).printCompletion,
};

/** Loads a command and calls it. */
export async function execute<K extends CommandName>(call: Call<K>): Promise<ExitCode> {
  const load: Loaders[K] = loaders[call.command];
  const command = await load();
  return command(call);
}
