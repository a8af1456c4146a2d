// Bundles the code of an action: the file and all that it imports but the modules of Node.js, as one module of JavaScript. The
// same project gives the same bytes wherever it lies, and nothing in them tells where that was.
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { BuildFailure, BuildOptions, Message } from "esbuild";
import type { BundleAnswer, CompilerHost } from "@sequitur/compiler";
import { lineMap } from "@sequitur/grammar";
import { sdkFolder } from "./library-files.ts";

const settings = {
  bundle: true,
  write: false,
  metafile: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  // Names stay, for stacks; comments, which hold paths, go.
  minifyWhitespace: true,
  minifySyntax: true,
  charset: "utf8",
  legalComments: "none",
  sourcemap: "external",
  sourcesContent: false,
  tsconfigRaw: {},
  logLevel: "silent",
} as const satisfies BuildOptions;

/** `path` is relative to `root`, an absolute path. */
export function bundleModule(host: CompilerHost, root: string, path: string): BundleAnswer {
  const folder = realpathSync(root);
  const sdk = realpathSync(sdkFolder());
  try {
    const { outputFiles, metafile } = buildSync({
      ...settings,
      absWorkingDir: folder,
      entryPoints: [`./${path}`],
      outfile: join(folder, "action.mjs"),
      alias: { "@sequitur/sdk": join(sdk, "index.ts") },
    });
    const isSdk = (input: string): boolean => join(folder, input).startsWith(join(sdk, "/"));
    const outside = Object.keys(metafile.inputs).find((input) => leavesProject(input) && !isSdk(input));
    if (outside !== undefined) {
      const name = outside.replace(/^(?:\.\.\/)+/, "…/");
      return { kind: "failed", why: `it imports ${name}, which lies outside of the project` };
    }
    const text = (extension: string): string => outputFiles.find((file) => file.path.endsWith(extension))?.text ?? "";
    return { kind: "module", text: text(".mjs") + mapComment(text(".map"), isSdk) };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return failed(host, error.errors[0]);
  }
}

/** Packages may lie in a folder above the project, as they do where several projects share them. */
function leavesProject(input: string): boolean {
  return !/^(?:\.\.\/)*node_modules\//.test(input) && /^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(input);
}

/** The source map without the texts, in which files above the project have lost the way to them. */
function mapComment(text: string, isSdk: (input: string) => boolean): string {
  const map = JSON.parse(text) as { sources: readonly string[] };
  const sources = map.sources.map((source) =>
    isSdk(source) ? `@sequitur/sdk/${source.replace(/^.*\//, "")}` : source.replace(/^(?:\.\.\/)+/, ""),
  );
  const encoded = Buffer.from(JSON.stringify({ ...map, sources })).toString("base64");
  return `//# sourceMappingURL=data:application/json;base64,${encoded}\n`;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

function failed(host: CompilerHost, message: Message | undefined): BundleAnswer {
  const why = (message?.text ?? "esbuild gives no reason").replace(/\.$/, "");
  const { location } = message ?? {};
  const answer = location?.file === undefined ? undefined : host.readText(location.file);
  if (location === null || location === undefined || answer?.kind !== "text") return { kind: "failed", why };
  // Columns and lengths of esbuild are in bytes of UTF-8.
  const before = Buffer.from(location.lineText).subarray(0, location.column).toString("utf8").length;
  const start = lineMap(answer.text).offsetAt({ line: location.line, column: before + 1 });
  return { kind: "failed", why, at: { file: location.file, start, end: start + Math.max(1, location.length) } };
}
