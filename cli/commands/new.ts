// `sequitur new`: copies a template into a folder. Existing files are never touched: it copies all of it or nothing.
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { errorCode, systemReason } from "../project/disk-read.ts";
import { displayPath } from "../project/display-paths.ts";
import type { Surroundings } from "../surroundings.ts";
import type { commands } from "./table.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

type TemplateName = (typeof commands)["new"]["options"]["template"]["choices"][number];

/** What each is for; the folder of the same name in cli/templates/ holds its files. */
const templates: { readonly [K in TemplateName]: string } = {
  custom: "a sequence of your own: parameters, a group, error handling",
  "install-image": "bare metal: partition the disk, apply an image, restart into it, install software",
  "build-and-capture": "build a reference system and capture it as an image",
  upgrade: "upgrade a running system in place, with a readiness check and a way back",
};

export async function newProject(call: Call<"new">): Promise<ExitCode> {
  const { surroundings } = call;
  const { template } = call.options;
  if (template === undefined) {
    if (call.arguments.folder !== undefined) {
      return wrongCall(
        surroundings,
        "a template must be named.",
        `${templateList()}\n  e.g. sequitur new ${call.arguments.folder} --template custom`,
      );
    }
    surroundings.stdout.write(`${templateList()}\n`);
    return exitCode.done;
  }
  const target = resolve(surroundings.folder, call.arguments.folder ?? ".");
  const source = templateFolder(template);
  const files = await filesBelow(source);
  const existing = files.filter((file) => existsSync(join(target, file)));
  if (existing.length > 0) {
    const names = existing.map((file) => displayPath(file, target, surroundings.folder)).join(", ");
    return wrongCall(
      surroundings,
      `nothing was made, since this would be overwritten: ${names}.`,
      "Name an empty folder.",
    );
  }
  return copyTemplate(source, target, files, surroundings);
}

async function copyTemplate(
  source: string,
  target: string,
  files: readonly string[],
  surroundings: Surroundings,
): Promise<ExitCode> {
  for (const file of files) {
    const shown = displayPath(file, target, surroundings.folder);
    try {
      await mkdir(dirname(join(target, file)), { recursive: true });
      const executable = file.endsWith(".sh");
      await writeFile(join(target, file), await readFile(join(source, file)), {
        flag: "wx",
        mode: executable ? 0o755 : 0o644,
      });
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      return wrongCall(surroundings, `can't write ${shown}: ${systemReason(error)}.`);
    }
    surroundings.stdout.write(`${shown}\n`);
  }
  const sequence = files.find((file) => file.endsWith(".seq"));
  if (sequence !== undefined) {
    surroundings.stderr.write(`next: sequitur check ${displayPath(sequence, target, surroundings.folder)}\n`);
  }
  return exitCode.done;
}

function templateList(): string {
  return Object.entries(templates)
    .map(([name, summary]) => `  ${name.padEnd(18)} ${summary}`)
    .join("\n");
}

/** From source the templates lie beside this folder, in the built program beside the folder of its parts. */
function templateFolder(name: TemplateName): string {
  return fileURLToPath(new URL(`../templates/${name}`, import.meta.url));
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry) =>
      entry.isDirectory()
        ? (await filesBelow(join(folder, entry.name))).map((file) => `${entry.name}/${file}`)
        : [entry.name],
    ),
  );
  return nested.flat().sort();
}
