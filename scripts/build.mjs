// Builds what people install: dist/sequitur.mjs (the command, split into parts that are loaded when needed) and
// dist/runtime.mjs (what goes to targets: one file, no dependency). `node scripts/build.mjs`.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";
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

/** What goes to targets must stay small: it is copied over slow lines to many machines. */
const runtimeLimitInBytes = 150 * 1024;

await rm(`${root}dist`, { recursive: true, force: true });
await mkdir(`${root}dist`, { recursive: true });
await buildCommand();
await buildRuntime();

async function buildCommand() {
  await build({
    ...shared,
    entryPoints: { sequitur: "cli/bin.ts" },
    outdir: "dist",
    splitting: true,
    // commander is CommonJS and requires parts of Node.js.
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
    chunkNames: "parts/[name]-[hash]",
  });
  await cp(`${root}cli/templates`, `${root}dist/templates`, { recursive: true });
}

/**
 * Writes the runtime twice: runtime.plain.mjs to read and debug, and runtime.mjs, which holds the same code compressed (see
 * docs/decisions/0005-compressed-runtime.md).
 */
async function buildRuntime() {
  const options = { ...shared, entryPoints: ["runtime/bin.ts"], write: false };
  const [plain] = (await build(options)).outputFiles;
  await writeFile(`${root}dist/runtime.plain.mjs`, plain.contents, { mode: 0o755 });
  const [code] = (await build({ ...options, format: "cjs" })).outputFiles;
  const body = code.text.replace(/^#!.*\n/, "");
  const text = compressedModule(body);
  await writeFile(`${root}dist/runtime.mjs`, text, { mode: 0o755 });
  console.log(`dist/runtime.mjs: ${text.length} bytes, ${body.length} unpacked`);
  if (text.length > runtimeLimitInBytes) {
    console.error(`dist/runtime.mjs has ${text.length} bytes; at most ${runtimeLimitInBytes} are allowed.`);
    process.exitCode = 1;
  }
}

function compressedModule(body) {
  const packed = brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_QUALITY]: 11 },
  });
  const digest = createHash("sha256").update(body).digest("hex");
  return `#!/usr/bin/env node
// Sequitur's runtime ${version}: runs a plan with nothing but Node.js 20.19 or newer. The last line is its code, compressed with
// Brotli; runtime.plain.mjs is the same code to read. SHA-256 of the code: ${digest}
import { Buffer } from "node:buffer";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";
import { brotliDecompressSync } from "node:zlib";

const code = brotliDecompressSync(Buffer.from(packed(), "base64")).toString();
compileFunction(code, ["require"], { filename: fileURLToPath(import.meta.url) })(createRequire(import.meta.url));

function packed() {
  return "${packed.toString("base64")}";
}
`;
}
