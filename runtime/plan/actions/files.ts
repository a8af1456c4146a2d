// Files, folders, archives and the content of packages.
import { type ActionTable, everywhere, flag, onLinux, optional, required, text, texts, word } from "./declaration.ts";

export const fileActions = {
  /** Writes a text file, whole, by replacing it; parent folders are made. */
  "file.write": {
    ...everywhere,
    parameters: { path: required("string"), text: required("string"), executable: flag },
  },
  "file.copy": { ...everywhere, parameters: { from: required("string"), to: required("string") } },
  "file.remove": { ...everywhere, parameters: { path: required("string") } },
  "folder.create": { ...everywhere, parameters: { path: required("string") } },
  /** Copies a folder and all in it. */
  "folder.copy": { ...everywhere, parameters: { from: required("string"), to: required("string") } },
  "folder.remove": { ...everywhere, parameters: { path: required("string") } },
  /** Copies a package's verified content into a folder. */
  "content.copy": { ...everywhere, parameters: { package: required("package"), to: required("string") } },
  /** Puts the verified content of packages where later steps can use it, and says where. */
  "content.download": {
    ...everywhere,
    parameters: {
      packages: required({ list: "package" }),
      location: word(["work", "cache", "folder"], { default: "work" }),
      folder: text,
      variable: optional("variable"),
      continueOnErrors: flag,
    },
    output: { list: "string" },
  },
  "archive.create": {
    ...onLinux,
    parameters: { from: required("string"), to: required("string"), exclude: texts },
  },
  "archive.extract": { ...onLinux, parameters: { from: required("string"), to: required("string") } },
} as const satisfies ActionTable;
