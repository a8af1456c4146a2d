// Imports run one way: cli → editor, exchange, compiler, runtime, grammar; exchange → compiler, grammar, runtime/plan; compiler → grammar, runtime/plan; runtime → node:* alone.
// The packages' "exports" and TypeScript's project references hold most of it; this holds what they can't see.
const testFile = "(\\.test\\.ts$|/test/|/test-support/|\\.test-support\\.ts$)";

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "grammar-knows-no-other-part",
      severity: "error",
      comment: "grammar/ is the language as text: it knows nothing of what names mean.",
      from: { path: "^grammar/", pathNot: testFile },
      to: { path: "^(compiler|runtime|exchange|cli|editor|fleet)/" },
    },
    {
      name: "compiler-sees-the-plan-alone",
      severity: "error",
      comment: "compiler/ may use grammar/ and the plan's contract, nothing else of the runtime.",
      from: { path: "^compiler/", pathNot: testFile },
      to: { path: "^(exchange|cli|editor|fleet)/|^runtime/(?!plan/)" },
    },
    {
      name: "runtime-ships-alone",
      severity: "error",
      comment: "runtime/ goes to targets as one file: no dependency outside Node.js, none on the other parts.",
      from: { path: "^runtime/", pathNot: testFile },
      to: { path: "^(grammar|compiler|exchange|cli|editor|fleet)/|node_modules" },
    },
    {
      name: "plan-is-the-contract",
      severity: "error",
      comment: "runtime/plan/ is what compiler and runtime agree on: it uses neither, and not Node.js.",
      from: { path: "^runtime/plan/", pathNot: testFile },
      to: { path: "^(?!runtime/plan/)" },
    },
    {
      name: "exchange-reads-no-disk",
      severity: "error",
      comment:
        "exchange/ makes texts of texts: files and what unpacks them come from its caller, and nothing of a run.",
      from: { path: "^exchange/", pathNot: testFile },
      to: { path: "^(cli|editor|fleet)/|^runtime/(?!plan/)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "features-know-no-protocol",
      severity: "error",
      comment: "editor/ answers questions about sequences in a browser, too: only its server/ speaks with a client.",
      from: { path: "^editor/(?!server/)", pathNot: testFile },
      to: {
        path: "^(cli|exchange|fleet)/|^editor/server/|^runtime/(?!plan/)|^node_modules/vscode-languageserver/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "pure-core-has-no-node",
      severity: "error",
      comment: "grammar/, compiler/ and the interpreter run in a browser too: the world comes in through a host.",
      from: { path: "^(grammar|compiler|exchange|editor|runtime/machine)/", pathNot: testFile },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "typescript-stays-lazy",
      severity: "error",
      comment:
        "TypeScript takes a second to load: one part of the command has it, which is loaded when a program needs it.",
      from: { path: "^(grammar|runtime|cli/(?!typescript/)|compiler/(?!typescript/))", pathNot: testFile },
      to: {
        path: "^compiler/typescript/|^cli/typescript/|node_modules/(ts-morph|esbuild)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "sdk-stands-alone",
      severity: "error",
      comment: "What an action imports of the SDK goes into its bundle.",
      from: { path: "^sdk/", pathNot: testFile },
      to: { path: "^(?!sdk/)" },
    },
    {
      name: "reference-texts-stay-out",
      severity: "error",
      comment: "Texts of reference pages are for the documents: neither the command nor the runtime loads them.",
      from: { path: "^(cli|runtime|grammar|compiler/(?!reference/))", pathNot: testFile },
      to: { path: "^compiler/reference/" },
    },
    {
      name: "tests-stay-apart",
      severity: "error",
      comment: "What ships does not import test code.",
      from: { pathNot: testFile + "|^(scripts|bench)/" },
      to: { path: testFile },
    },
    {
      name: "no-cycles",
      severity: "error",
      comment: "A cycle of modules has no reading order. Types may refer to each other.",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "declared-dependencies",
      severity: "error",
      comment: "Only what package.json declares.",
      from: { path: "^(grammar|compiler|runtime|sdk|exchange|editor|cli)/", pathNot: testFile },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "unknown"] },
    },
    {
      name: "resolvable",
      severity: "error",
      comment: "An import that leads nowhere.",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|\\.build)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
      extensions: [".ts", ".js"],
    },
  },
};
