// The shape of plans as JSON Schema (2020-12), as data: published for other tools, and checked at run time by
// schema-check.ts, which knows the keywords that stand in here and no others.
import { instructions } from "./instructions.ts";
import { planFormat, planSemantics } from "./format.ts";

/** The subset of JSON Schema that plans need. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: "string" | "integer" | "boolean" | "null" | "array" | "object";
  readonly const?: string | number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly anyOf?: readonly Schema[];
}

type Properties = { readonly [name: string]: Schema };

const text: Schema = { type: "string" };
const flag: Schema = { type: "boolean" };
const index: Schema = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const integer: Schema = { type: "integer", minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
const hash: Schema = { type: "string", pattern: "^[0-9a-f]{64}$" };
const listOf = (items: Schema): Schema => ({ type: "array", items });
const mapOf = (values: Schema): Schema => ({ type: "object", additionalProperties: values });
const oneOf = (...names: readonly string[]): Schema => ({ enum: names });
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const tuple = (...prefixItems: readonly Schema[]): Schema => ({
  type: "array",
  prefixItems,
  items: false,
  minItems: prefixItems.length,
});
const object = (required: Properties, optional: Properties = {}): Schema => ({
  type: "object",
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});
const kind = (name: string, required: Properties = {}, optional: Properties = {}): Schema =>
  object({ kind: { const: name }, ...required }, optional);

const type = ref("type");
const position = ref("position");
const languages = oneOf("sh", "bash", "powershell", "cmd", "python");

const nodeRequired = { name: text, parent: { ...integer, minimum: -1 }, sequence: index, position };
const nodeOptional = { condition: text };

const step = kind(
  "step",
  {
    ...nodeRequired,
    titled: flag,
    end: index,
    continueOnError: flag,
    action: ref("action"),
    operands: listOf(ref("operand")),
    output: { anyOf: [type, { type: "null" }] },
    success: listOf(index),
    reboots: listOf(index),
    interruption: oneOf("fail", "rerun", "verify"),
  },
  {
    ...nodeOptional,
    label: text,
    disabled: flag,
    retry: object({ count: index, every: index, doubling: flag }),
    timeout: index,
    account: index,
    needs: oneOf("winpe", "fullos"),
    destroys: flag,
    verify: index,
    foreign: mapOf(text),
  },
);

const group = kind(
  "group",
  { ...nodeRequired, end: index, continueOnError: flag },
  { ...nodeOptional, label: text, handler: index, finally: index, timeout: index, disabled: flag },
);

const definitions: Properties = {
  value: {
    anyOf: [text, integer, flag, { type: "null" }, listOf(ref("value")), mapOf(ref("value"))],
  },
  type: {
    anyOf: [
      oneOf("string", "int", "bool", "duration", "size", "percent", "version", "secret", "extent", "never"),
      oneOf("package", "image", "application", "file", "account", "sequence", "step", "variable"),
      object({ list: ref("type") }),
      object({ record: mapOf(ref("type")) }),
      object({ optional: ref("type") }),
    ],
  },
  position: { ...tuple(index, index, index), description: "Source, line, column; line and column from 1." },
  action: {
    anyOf: [
      kind("run"),
      kind("commandline", { unchecked: flag }),
      kind("script", {
        language: languages,
        script: { anyOf: [object({ text: index }), object({ content: index, path: text })] },
      }),
      kind("use", { action: text }),
      kind("projectAction", { action: index }),
      kind("wait"),
      kind("restart", { to: oneOf("system", "winpe", "image") }, { image: index }),
      kind("call", { sequence: index, parameters: listOf(index) }),
      kind("set"),
      kind("log"),
      kind("fail"),
      kind("waitUntil"),
    ],
  },
  operand: {
    anyOf: [
      object({ role: oneOf("program", "word", "words", "rawArguments", "commandText", "commandValue"), type }),
      object({ role: oneOf("workdir", "from", "parameter", "duration", "delay", "message"), type }),
      object({ role: oneOf("environment", "argument"), name: text, type }),
    ],
  },
  node: {
    anyOf: [
      step,
      group,
      kind("if", nodeRequired, nodeOptional),
      kind("for", { ...nodeRequired, silent: flag }, nodeOptional),
    ],
  },
  patternInstruction: {
    anyOf: [
      tuple({ const: "char" }, flag, listOf(tuple(index, index))),
      tuple({ const: "split" }, index, index),
      tuple({ const: "jump" }, index),
      tuple({ const: "assert" }, oneOf("start", "end", "word", "notWord")),
      tuple({ const: "match" }),
    ],
  },
  instruction: {
    type: "array",
    prefixItems: [{ enum: Object.keys(instructions) }],
    items: { anyOf: [index, text, listOf(text)] },
    minItems: 1,
    maxItems: 4,
  },
};

const projectAction = object({
  name: text,
  module: index,
  parameters: mapOf(object({ type, required: flag }, { choices: listOf(text) })),
  output: { anyOf: [type, { type: "null" }] },
  phases: listOf(oneOf("winpe", "fullos")),
  destroys: flag,
  repeatable: flag,
});

const plan = object(
  {
    format: { const: planFormat },
    semantics: { const: planSemantics },
    digest: { type: "string", pattern: "^sha256:[0-9a-f]{64}$" },
    sequences: {
      ...listOf(
        object({
          name: text,
          title: text,
          slots: listOf(object({ name: text, type })),
          parameters: listOf(object({ slot: index, required: flag }, { choices: listOf(ref("value")) })),
          outputs: listOf(object({ name: text, type })),
          start: index,
          end: index,
        }),
      ),
      minItems: 1,
    },
    constants: listOf(object({ type, value: ref("value") })),
    globals: listOf(object({ name: text, secret: flag })),
    environment: listOf(text),
    content: listOf(
      object(
        {
          name: text,
          kind: oneOf("package", "image", "application", "file"),
          source: text,
          files: listOf(object({ path: text, size: index, sha256: hash, executable: flag })),
        },
        { digest: hash },
      ),
    ),
    accounts: listOf(object({ name: text, user: text }, { password: text })),
    nodes: listOf(ref("node")),
    parts: listOf(text),
    patterns: listOf(object({ source: text, program: listOf(ref("patternInstruction")) })),
    code: listOf(ref("instruction")),
    sources: listOf(text),
    positions: listOf(position),
  },
  {
    actions: listOf(projectAction),
    modules: listOf(object({ source: text, sha256: hash, text })),
    signature: object({ key: text, value: text }),
  },
);

/** The shapes that `$ref` names. */
export const schemaDefinitions = definitions;

/** The shape of a plan. */
export const planShape: Schema = plan;

/** The whole schema, for publishing. */
export function planSchema(): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `Sequitur plan, format ${planFormat}`,
    description: "Shape alone: what the fields must satisfy beyond it is the verifier's matter.",
    ...plan,
    $defs: definitions,
  };
}
