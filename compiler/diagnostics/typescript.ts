// What can be wrong with actions that are written in TypeScript: SEQ215x. Findings about the TypeScript itself stand in its file.
import { defineDiagnostics } from "@sequitur/grammar";

const use = (text: string): string => `import { tag } from "./tag.ts"\nsequence a {\n  ${text}\n}\n`;
const good = `import { tag } from "./good.ts"\nsequence a {\n  use tag { path: "/a" }\n}\n`;
const goodFile = { "good.ts": "export function tag(input: { path: string }): void {}\n" };
const files = (text: string) => ({ ...goodFile, "tag.ts": text });

export const typescriptDiagnostics = defineDiagnostics({
  SEQ2150: {
    name: "typescript-error",
    severity: "error",
    message: (a: { message: string }) => `TypeScript says: ${a.message}`,
    why: "A file that TypeScript has errors for is neither read nor run. It is checked strictly, whatever a tsconfig.json says.",
    wrong: use('use tag { path: "/a" }'),
    right: good,
    files: files("export function tag(input: { path: string }): void {\n  const size: number = input.path;\n}\n"),
  },
  SEQ2151: {
    name: "unknown-typescript-action",
    severity: "error",
    message: (a: { name: string; path: string }) => `"${a.path}" exports no action "${a.name}"`,
    why: "An action is a function that a TypeScript file exports by its name.",
    wrong: use('use tag { path: "/a" }'),
    right: good,
    files: files("export function mark(input: { path: string }): void {}\n"),
  },
  SEQ2152: {
    name: "not-an-action",
    severity: "error",
    message: (a: { name: string; why: string }) => `"${a.name}" can't be an action: ${a.why}`,
    why:
      "An action is one function without type parameters. It takes a record with its parameters, then, if it likes, the " +
      "context that the SDK calls ActionContext.",
    wrong: use('use tag { path: "/a" }'),
    right: good,
    files: files("export function tag(path: string): void {}\n"),
  },
  SEQ2153: {
    name: "unfit-parameter",
    severity: "error",
    message: (a: { name: string; why: string }) => `the parameter "${a.name}" can't be given by a sequence: ${a.why}`,
    why:
      "A parameter is a text, a whole number, a boolean, a union of literals, a list or record of those, or a type of the " +
      "SDK: Duration, Size, Version, Secret, PackageFolder, ApplicationFolder, ContentFile, ImagePath. Nothing else has a counterpart in a sequence.",
    wrong: use('use tag { path: "/a", at: 1 }'),
    right: good,
    files: files("export function tag(input: { path: string; at: Date }): void {}\n"),
  },
  SEQ2154: {
    name: "unfit-output",
    severity: "error",
    message: (a: { name: string; why: string }) => `what "${a.name}" returns can't be an output: ${a.why}`,
    why: "An output is data with a type that a sequence has too, since it goes to a variable and into the journal.",
    wrong: use('use tag { path: "/a" }'),
    right: good,
    files: files("export function tag(input: { path: string }): any {}\n"),
  },
  SEQ2155: {
    name: "typescript-outside-project",
    severity: "error",
    message: (a: { path: string }) => `"${a.path}" lies outside of the project`,
    why:
      "What an action is made of goes into the plan: files of the project and of packages in node_modules, so that the " +
      "same project gives the same plan everywhere.",
    wrong: use('use tag { path: "/a" }'),
    right: good,
    files: {
      ...files(
        'import { write } from "../outside.ts";\n\nexport function tag(input: { path: string }): void {\n  write(input.path);\n}\n',
      ),
      "../outside.ts": "export function write(path: string): void {}\n",
    },
  },
  SEQ2156: {
    name: "wrong-action-tag",
    severity: "error",
    message: (a: { tag: string; why: string }) => `@${a.tag} ${a.why}`,
    why: "The tags @needs winpe, @needs fullos, @repeatable and @destroys above an action say what a sequence must know of it.",
    wrong: use('use tag { path: "/a" }'),
    right: good,
    files: files("/** @needs windows */\nexport function tag(input: { path: string }): void {}\n"),
  },
  SEQ2157: {
    name: "typescript-not-available",
    severity: "error",
    message: () => "actions in TypeScript can't be read here: the packages ts-morph and esbuild are not installed",
    why: "They come with Sequitur's package. Where its command was copied alone, everything works but this.",
    wrong: use('use tag { path: "/a" }'),
    right: `sequence a {\n  use folder.create { path: "/a" }\n}\n`,
    files: files("export function tag(input: { path: string }): void {}\n"),
  },
  SEQ2158: {
    name: "bundle-failed",
    severity: "error",
    message: (a: { path: string; why: string }) => `"${a.path}" can't be bundled: ${a.why}`,
    why: "A plan carries the code of its actions with all that it imports, so that a target needs nothing but Node.js.",
    wrong: use('use tag { path: "/a" }'),
    right: good,
    files: files("export function tag(input: { path: string }): void {}\n"),
  },
  SEQ2159: {
    name: "bundle-too-large",
    severity: "error",
    message: (a: { path: string; length: number }) =>
      `"${a.path}" with all that it imports has ${a.length} characters; a plan takes 1048576`,
    why: "A plan goes to many machines and is verified on each. Import less, or put large data into a package.",
    wrong: use('use tag { path: "/a" }'),
    right: good,
    files: files("export function tag(input: { path: string }): void {}\n"),
  },
});
