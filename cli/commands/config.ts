// `sequitur config [FILE]`: the merged configuration, each value with the file that says it.
import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { loadConfiguration } from "@sequitur/compiler";
import type { SettingOrigin } from "@sequitur/compiler";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { diskHost } from "../project/disk-host.ts";
import { displayPath } from "../project/display-paths.ts";
import { outermostProject } from "../project/find-root.ts";
import { printable } from "../render/printable.ts";
import { reportFindings } from "./report-findings.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

export async function showConfiguration(call: Call<"config">): Promise<ExitCode> {
  const { surroundings } = call;
  const name = call.arguments.file ?? ".";
  const path = resolve(surroundings.folder, name);
  if (!existsSync(path)) return wrongCall(surroundings, `can't read ${name}: there is no such file or folder.`);
  const root = outermostProject(path) ?? path;
  const host = diskHost(root);
  const loaded = loadConfiguration(host, relative(root, path).split(sep).join("/") || ".");
  const shownFile = (file: string): string => displayPath(file, root, surroundings.folder);
  if (call.options.format === "json") {
    const settings = loaded.origins.map(({ name: setting, value, file }) => ({
      name: setting,
      value,
      from: file === undefined ? null : shownFile(file),
    }));
    surroundings.stdout.write(`${JSON.stringify(settings, null, 2)}\n`);
  } else {
    surroundings.stdout.write(asText(loaded.origins, shownFile));
  }
  const hasErrors = reportFindings(loaded.diagnostics, { host, root }, call.options.color, surroundings);
  return hasErrors ? exitCode.problem : exitCode.done;
}

/** `rules.SEQ8003 = "off"  (sequitur.json)`, one a line, the files in a column. */
function asText(origins: readonly SettingOrigin[], shownFile: (file: string) => string): string {
  const lines = origins.map(({ name, value, file }) => ({
    setting: `${printable(name)} = ${printable(JSON.stringify(value))}`,
    from: file === undefined ? "default" : printable(shownFile(file)),
  }));
  const width = Math.max(0, ...lines.map((line) => line.setting.length));
  return lines.map((line) => `${line.setting.padEnd(width)}  (${line.from})\n`).join("");
}
