// Lint rules. The interesting part is the pure core: there the world may only come in through a host interface.
import tseslint from "typescript-eslint";

const pureCore = [
  "grammar/**/*.ts",
  "compiler/**/*.ts",
  "exchange/**/*.ts",
  "editor/*.ts",
  "editor/features/**/*.ts",
  "runtime/plan/**/*.ts",
  "runtime/machine/**/*.ts",
];
const tests = ["**/*.test.ts", "**/test/**/*.ts", "**/test-support/**/*.ts", "**/*.test-support.ts"];
const impure = "comes in through a host interface here, see ARCHITECTURE.md";

export default tseslint.config(
  { ignores: ["**/dist/**", ".build/**", "node_modules/**", "**/fixtures/**", "cli/templates/**", "examples/**"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Two ways to one name end in two habits: export by name." },
        { selector: "ExportAllDeclaration", message: "List the names that a package exports." },
        { selector: "TSEnumDeclaration", message: "Use a union of literals." },
      ],
      eqeqeq: "error",
      "no-console": "error",
      "no-empty": "error",
    },
  },
  {
    files: pureCore,
    ignores: tests,
    rules: {
      "no-restricted-globals": [
        "error",
        ...["process", "Buffer", "fetch", "setTimeout", "setInterval", "window", "document"].map((name) => ({
          name,
          message: impure,
        })),
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: impure },
        { object: "Math", property: "random", message: impure },
        { object: "performance", property: "now", message: impure },
      ],
      "no-restricted-imports": ["error", { patterns: [{ group: ["node:*"], message: impure }] }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Export by name." },
        { selector: "ExportAllDeclaration", message: "List the names that a package exports." },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: impure },
      ],
    },
  },
  {
    files: ["scripts/**", "bench/**", "*.config.{js,ts,mjs}", "vitest.config.ts"],
    rules: { "no-console": "off", "no-restricted-syntax": "off" },
  },
  { files: tests, rules: { "@typescript-eslint/no-non-null-assertion": "off", "no-console": "off" } },
);
