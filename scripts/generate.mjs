// Writes every generated file from its declaration, or with --check compares them and names those that differ.
// `npm run generate [-- --check]`. The list of files is scripts/generated-files.ts, which a test reads too.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const check = process.argv.includes("--check");
const outfile = join(root, ".build/generated-files.mjs");
await build({
  absWorkingDir: root,
  entryPoints: ["scripts/generated-files.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  outfile,
  external: ["prettier", "commander", "ts-morph", "esbuild"],
  logLevel: "warning",
});
const { generatedFiles } = await import(pathToFileURL(outfile).href);

let stale = 0;
for (const { path, text } of await generatedFiles()) {
  const target = join(root, path);
  const present = await readFile(target, "utf8").catch(() => null);
  if (present === text) continue;
  stale += 1;
  if (check) {
    console.error(`${path} is not what its declaration gives: run "npm run generate" and commit the result.`);
  } else {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    console.log(`wrote ${path}`);
  }
}
if (check && stale > 0) process.exitCode = 1;
