// `sequitur explain CODE`: the page of a finding, in the terminal.
import { allDiagnostics, explain, memoryHost } from "@sequitur/compiler";
import type { ExampleHost } from "@sequitur/compiler";
import { didYouMean } from "@sequitur/grammar";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

export async function explainFinding(call: Call<"explain">): Promise<ExitCode> {
  const asked = call.arguments.code;
  const hostOf = exampleHost(call.surroundings);
  const page = explain(asked, hostOf) ?? explain(asked.toUpperCase(), hostOf) ?? explain(asked.toLowerCase(), hostOf);
  if (page === undefined) {
    const known = Object.entries(allDiagnostics).flatMap(([code, declared]) => [code, declared.name]);
    const near = didYouMean(asked, known);
    const wayOut =
      near === undefined
        ? "Findings have codes such as SEQ2004 and names such as unknown-package."
        : `Did you mean ${near}?`;
    return wrongCall(call.surroundings, `no finding has the code or name ${asked}.`, wayOut);
  }
  call.surroundings.stdout.write(page.endsWith("\n") ? page : `${page}\n`);
  return exitCode.done;
}

/** Examples are in memory; the way to TypeScript is the command's own. */
function exampleHost({ loadTypeScript }: Surroundings): ExampleHost {
  return (files) => {
    const host = memoryHost(files);
    return { ...host, typescript: () => loadTypeScript()?.createTypeScriptReader(host, "/") };
  };
}
