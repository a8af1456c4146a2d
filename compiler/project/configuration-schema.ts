// What may stand in sequitur.json, as a JSON Schema: editors read it, `loadConfiguration` checks against it, the reference
// page is made from it. Only the few keywords that `SettingSchema` names are used.

export interface SettingSchema {
  /** Absent where `anyOf` says it. */
  readonly type?: "object" | "array" | "string" | "integer" | "boolean";
  readonly description: string;
  /** Alternatives of different types. */
  readonly anyOf?: readonly SettingSchema[];
  readonly enum?: readonly (string | number)[];
  readonly items?: SettingSchema;
  readonly properties?: { readonly [name: string]: SettingSchema };
  /** The schema of members that have no name of their own; false: there are none. */
  readonly additionalProperties?: SettingSchema | false;
  readonly default?: unknown;
}

export const configurationSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Sequitur configuration",
  type: "object",
  description:
    "Settings for all Sequitur files in this folder and below. Files further in add to those further out, and win where both say something.",
  additionalProperties: false,
  properties: {
    $schema: { type: "string", description: "Where this schema is, for editors." },
    language: {
      type: "integer",
      enum: [1],
      default: 1,
      description: "Version of the language that the files are written in.",
    },
    rules: {
      type: "object",
      description: "How severe findings are, by code or name. Errors of the language stay errors.",
      default: {},
      additionalProperties: {
        description: "Severity of this finding, or severity and options of this rule.",
        anyOf: [
          {
            type: "string",
            enum: ["off", "info", "warning", "error"],
            description: "Severity of this finding.",
          },
          {
            type: "object",
            description: "Severity and options of this rule.",
            additionalProperties: false,
            properties: {
              severity: {
                type: "string",
                enum: ["off", "info", "warning", "error"],
                description: "Severity of this finding; as it is without this setting if left out.",
              },
              options: {
                type: "object",
                description: "Options of the rule by name: see its page.",
                additionalProperties: { description: "Value of this option." },
              },
            },
          },
        ],
      },
    },
    extends: {
      type: "array",
      description:
        "Shared configurations that come before this file: paths from this file, or names of npm packages that hold a sequitur.json.",
      default: [],
      items: { type: "string", description: "A path that starts with ./ or ../, or the name of a package." },
    },
    plugins: {
      type: "array",
      description: "Modules with lint rules of one's own: paths from this file, or names of npm packages.",
      default: [],
      items: { type: "string", description: "A path that starts with ./ or ../, or the name of a package." },
    },
    content: {
      type: "object",
      description:
        "Where objects of other systems lie (`configmgr:ABC00012`), as a path from this file, so that plans can hold them.",
      default: {},
      additionalProperties: { type: "string", description: "A folder or file, relative to this file." },
    },
    catalogues: {
      type: "array",
      description: "Further catalogues of actions, as paths from this file.",
      default: [],
      items: { type: "string", description: "A catalogue file, relative to this file." },
    },
    targets: {
      type: "array",
      description: "Systems that `check` makes sure the sequences can be exported to.",
      default: [],
      items: { type: "string", enum: ["configmgr", "mdt"], description: "A system to export to." },
    },
    root: {
      type: "boolean",
      description: "True: files further out do not count here.",
      default: false,
    },
  },
} as const satisfies SettingSchema & { readonly $schema: string; readonly title: string };
