// Builds what people install: dist/sequitur.mjs (the command, split into parts that are loaded when needed) and
// dist/runtime.mjs (what goes to targets: one file, no dependency). `node scripts/build.mjs`.
import { cp, mkdir, readFile, rm, stat } from "node:fs/promises";
import { build } from "esbuild";

const root = new URL("..", import.meta.url).pathname;
const { version } = JSON.parse(await readFile(`${root}package.json`, "utf8"));
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  minify: true,
  legalComments: "none",
  outExtension: { ".js": ".mjs" },
  define: { __SEQUITUR_VERSION__: JSON.stringify(version), __SEQUITUR_BUILT__: "true" },
  logLevel: "warning",
};

/** What goes to targets must stay small: it is copied over slow lines and held in memory while programs start. */
const runtimeLimitInBytes = 150 * 1024;

await rm(`${root}dist`, { recursive: true, force: true });
await mkdir(`${root}dist`, { recursive: true });
await build({ ...shared, entryPoints: { runtime: "runtime/bin.ts" }, outdir: "dist" });
await build({
  ...shared,
  entryPoints: { sequitur: "cli/bin.ts" },
  outdir: "dist",
  splitting: true,
  chunkNames: "parts/[name]-[hash]",
});
await cp(`${root}cli/templates`, `${root}dist/templates`, { recursive: true });

const { size } = await stat(`${root}dist/runtime.mjs`);
if (size > runtimeLimitInBytes) {
  console.error(`dist/runtime.mjs has ${size} bytes; at most ${runtimeLimitInBytes} are allowed.`);
  process.exitCode = 1;
}
