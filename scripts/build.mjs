// Builds what people install: dist/sequitur.mjs (the command, which loads its program and the code cache of that from
// dist/parts) and dist/runtime.mjs (what goes to targets: one file, no dependency). `node scripts/build.mjs`.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";

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

/** Made beside what is there, and put in its place when it is whole: something may be using that. */
const made = `${root}.build/dist-${process.pid}`;
await mkdir(`${made}/parts`, { recursive: true });
await buildCommand();
await buildTypeScriptPart();
await buildLanguageServerPart();
await buildSdk();
await buildLintKit();
await buildPrettierPlugin();
await buildRuntime();
await rm(`${root}dist`, { recursive: true, force: true });
await rename(made, `${root}dist`);

/**
 * Writes the command as a start (sequitur.mjs), which answers `--version`, the program that it loads as one script, and V8's
 * bytecode of that (see docs/decisions/0006-code-cache.md).
 */
async function buildCommand() {
  const [program] = (
    await build({
      ...shared,
      format: "cjs",
      entryPoints: ["cli/shipped-program.ts"],
      write: false,
      // An expression: the function that cli/load-shipped-program.ts calls. Nothing in it may import by itself.
      banner: { js: "(function(require,module,__importMetaUrl){" },
      footer: { js: "})" },
      define: { ...shared.define, "import.meta.url": "__importMetaUrl" },
      supported: { "dynamic-import": false },
      charset: "ascii",
      plugins: [commanderWithoutProcesses()],
    })
  ).outputFiles;
  // V8 compares no more than lengths: the name keeps a script from being run with the bytecode of another one.
  const name = `program-${createHash("sha256").update(program.contents).digest("hex").slice(0, 16)}`;
  await writeFile(`${made}/parts/${name}.js`, program.contents);
  const define = { ...shared.define, __SEQUITUR_PROGRAM__: JSON.stringify(name) };
  await build({ ...shared, define, entryPoints: { sequitur: "cli/bin.ts" }, outdir: made });
  await cp(`${root}cli/templates`, `${made}/templates`, { recursive: true });
  await buildCodeCache(name);
}

/**
 * Commander can start programs as commands of another one, for which it loads what starts processes: at every call, and 3 ms
 * long. None of our commands is such a program.
 */
function commanderWithoutProcesses() {
  const namespace = "none";
  return {
    name: "commander-without-processes",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
        /[/\\]commander[/\\]/.test(importer) ? { path: namespace, namespace } : undefined,
      );
      onLoad({ filter: /^none$/, namespace }, () => ({ contents: "module.exports = {};" }));
    },
  };
}

/** What reads and bundles actions in TypeScript, which the command loads when it must; its large packages stay outside. */
async function buildTypeScriptPart() {
  await build({
    ...shared,
    format: "cjs",
    entryPoints: { typescript: "cli/typescript/typescript-part.ts" },
    outdir: `${made}/parts`,
    outExtension: { ".js": ".cjs" },
    external: ["ts-morph", "esbuild"],
    banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: { ...shared.define, "import.meta.url": "__importMetaUrl" },
  });
}

/** What serves editors, with a compiler of its own: the command's is a script that nobody else can reach into. */
async function buildLanguageServerPart() {
  await build({
    ...shared,
    format: "cjs",
    entryPoints: { "language-server": "cli/language-server/language-server-part.ts" },
    outdir: `${made}/parts`,
    outExtension: { ".js": ".cjs" },
    banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: { ...shared.define, "import.meta.url": "__importMetaUrl" },
  });
}

/** The SDK as a package: declarations and JavaScript for an author, sources for the command itself. */
async function buildSdk() {
  const entryPoints = ["index", "testing"].map((name) => `sdk/${name}.ts`);
  const plain = { bundle: false, minify: false, outExtension: { ".js": ".js" } };
  await build({ ...shared, ...plain, entryPoints, outdir: `${made}/sdk` });
  for (const name of ["index", "testing"]) {
    const text = await readFile(`${root}sdk/${name}.ts`, "utf8");
    const { outputText } = ts.transpileDeclaration(text, { fileName: `${name}.ts`, compilerOptions: { target: 99 } });
    await writeFile(`${made}/sdk/${name}.d.ts`, outputText.replaceAll(/"(\.\/\w+)\.ts"/g, '"$1.js"'));
    await cp(`${root}sdk/${name}.ts`, `${made}/sdk/${name}.ts`);
  }
  const manifest = JSON.parse(await readFile(`${root}sdk/package.json`, "utf8"));
  const entry = (name) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
  const exports = { ".": entry("index"), "./testing": entry("testing") };
  await writeFile(`${made}/sdk/package.json`, `${JSON.stringify({ ...manifest, version, exports }, null, 2)}\n`);
}

/** A process of its own, whose functions are those that checks have called. */
async function buildCodeCache(name) {
  const { outputFiles } = await build({ ...shared, entryPoints: ["cli/load-shipped-program.ts"], write: false });
  const loader = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`;
  const code = `
    import { writeFileSync } from "node:fs";
    import { loadShippedProgram } from ${JSON.stringify(loader)};
    const place = (file) => new URL(file, ${JSON.stringify(`file://${made}/parts/`)});
    const { script, program } = loadShippedProgram(place("${name}.js"), place("${name}.cache"));
    const silent = { write() {}, isTerminal: false, columns: () => undefined, onResize: () => () => undefined };
    // The second time it finds what the first has kept, which is the most frequent way.
    const environment = { XDG_CACHE_HOME: ${JSON.stringify(`${made}/kept`)} };
    const surroundings = { ...program.nodeSurroundings(), stdout: silent, stderr: silent, environment };
    for (let time = 0; time < 2; time++) await program.main(["check", "examples"], surroundings);
    writeFileSync(place("${name}.cache"), script.createCachedData());
  `;
  const { status } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("the code cache could not be made");
  await rm(`${made}/kept`, { recursive: true, force: true });
}

/** What rules of a project's own are written and tried out with: `sequitur/lint`. */
async function buildLintKit() {
  await build({ ...shared, entryPoints: { lint: "compiler/lint/public.ts" }, outdir: made });
}

/** The formatter for those who use Prettier: `sequitur/prettier`. */
async function buildPrettierPlugin() {
  await build({ ...shared, entryPoints: { prettier: "grammar/prettier/plugin.ts" }, outdir: made });
}

/**
 * Writes the runtime twice: runtime.plain.mjs to read and debug, and runtime.mjs, which holds the same code compressed (see
 * docs/decisions/0005-compressed-runtime.md).
 */
async function buildRuntime() {
  const options = { ...shared, entryPoints: ["runtime/bin.ts"], write: false };
  const [plain] = (await build(options)).outputFiles;
  await writeFile(`${made}/runtime.plain.mjs`, plain.contents, { mode: 0o755 });
  const [code] = (await build({ ...options, format: "cjs" })).outputFiles;
  const body = code.text.replace(/^#!.*\n/, "");
  const text = compressedModule(body);
  await writeFile(`${made}/runtime.mjs`, text, { mode: 0o755 });
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
