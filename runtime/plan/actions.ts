// The catalogue of built-in actions (`use name { … }`): parameters with types, phases, effects. Data alone: how an action is
// done on a platform is runtime/actions; the texts for people stand in action-texts.ts, which the shipped runtime leaves out.
import type { PlanType } from "./plan-type.ts";

export interface ActionParameter {
  readonly type: PlanType;
  readonly required: boolean;
  /** The only values allowed; an author may write them as bare words. */
  readonly choices?: readonly string[];
  /** Fields of records, and items of lists of records, that have choices: `"type"` → values. */
  readonly fieldChoices?: { readonly [field: string]: readonly string[] };
}

export type Platform = "linux" | "windows" | "macos";

export interface ActionDeclaration {
  readonly parameters: { readonly [name: string]: ActionParameter };
  /** What `into` receives; null: nothing. */
  readonly output: PlanType | null;
  readonly phases: readonly ("winpe" | "fullos")[];
  readonly platforms: readonly Platform[];
  /** Destroys data: `run` asks for consent. */
  readonly destroys: boolean;
  /** Safe to do again after an interruption: `on interruption rerun` is its default. */
  readonly repeatable: boolean;
  /** Not killed half way: a time-out or cancel takes effect at its end. */
  readonly uncuttable: boolean;
}

const required = (type: PlanType, choices?: readonly string[]): ActionParameter =>
  choices === undefined ? { type, required: true } : { type, required: true, choices };
const optional = (type: PlanType, choices?: readonly string[]): ActionParameter =>
  choices === undefined ? { type, required: false } : { type, required: false, choices };
const everywhere = { phases: ["winpe", "fullos"], platforms: ["linux", "windows", "macos"] } as const;
const onLinux = { phases: ["winpe", "fullos"], platforms: ["linux"] } as const;
const repeatable = { destroys: false, repeatable: true, uncuttable: false } as const;

export const actions = {
  /** Writes a text file, whole, by replacing it; parent folders are made. */
  "file.write": {
    parameters: { path: required("string"), text: required("string"), executable: optional("bool") },
    output: null,
    ...everywhere,
    ...repeatable,
  },
  "file.copy": {
    parameters: { from: required("string"), to: required("string") },
    output: null,
    ...everywhere,
    ...repeatable,
  },
  "file.remove": {
    parameters: { path: required("string") },
    output: null,
    ...everywhere,
    ...repeatable,
  },
  "folder.create": {
    parameters: { path: required("string") },
    output: null,
    ...everywhere,
    ...repeatable,
  },
  /** Copies a folder and all in it. */
  "folder.copy": {
    parameters: { from: required("string"), to: required("string") },
    output: null,
    ...everywhere,
    ...repeatable,
  },
  "folder.remove": {
    parameters: { path: required("string") },
    output: null,
    ...everywhere,
    ...repeatable,
  },
  /** Copies a package's verified content into a folder. */
  "content.copy": {
    parameters: { package: required("package"), to: required("string") },
    output: null,
    ...everywhere,
    ...repeatable,
  },
  "archive.create": {
    parameters: { from: required("string"), to: required("string"), exclude: optional({ list: "string" }) },
    output: null,
    ...onLinux,
    ...repeatable,
  },
  "archive.extract": {
    parameters: { from: required("string"), to: required("string") },
    output: null,
    ...onLinux,
    ...repeatable,
  },
  /** Partitions a whole disk (by number, or by device path or image file: exactly one) and makes the file systems. */
  "disk.format": {
    parameters: {
      disk: optional("int"),
      device: optional("string"),
      style: required("string", ["gpt", "mbr"]),
      partitions: {
        type: {
          list: {
            record: {
              name: "string",
              type: { optional: "string" },
              size: { optional: "extent" },
              fileSystem: { optional: "string" },
            },
          },
        },
        required: true,
        fieldChoices: { type: ["primary", "efi", "msr", "recovery"], fileSystem: ["ext4", "ntfs", "fat32", "xfs"] },
      },
    },
    output: null,
    ...onLinux,
    destroys: true,
    repeatable: false,
    uncuttable: true,
  },
  /** Applies one image of a WIM file to a folder or volume. */
  "image.apply": {
    parameters: { image: required("image"), index: optional("int"), to: required("string") },
    output: null,
    phases: ["winpe", "fullos"],
    platforms: ["linux", "windows"],
    destroys: true,
    repeatable: false,
    uncuttable: true,
  },
  "image.capture": {
    parameters: {
      from: required("string"),
      to: required("string"),
      name: required("string"),
      compression: optional("string", ["none", "fast", "maximum"]),
    },
    output: null,
    phases: ["winpe", "fullos"],
    platforms: ["linux", "windows"],
    ...repeatable,
  },
  /** Installs packages of the distribution (apt or dnf) that are not installed yet. */
  "software.installPackages": {
    parameters: { names: required({ list: "string" }), update: optional("bool") },
    output: null,
    phases: ["fullos"],
    platforms: ["linux"],
    ...repeatable,
  },
  /** Fails unless the machine has what is asked for. */
  "machine.checkReadiness": {
    parameters: {
      memory: optional("size"),
      disk: optional("size"),
      folder: optional("string"),
      firmware: optional("string", ["uefi", "bios"]),
    },
    output: null,
    ...everywhere,
    ...repeatable,
  },
} as const satisfies { readonly [name: string]: ActionDeclaration };

export type ActionName = keyof typeof actions;
