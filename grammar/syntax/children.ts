// One table says which fields of a node are children, in source order. Walker, comment attachment, equality and dump
// read it; a kind that lacks, or a misspelt field, does not compile.
import type { Node, NodeKind, NodeOfKind } from "./tree.ts";

type IsChild<V> = [Exclude<V, undefined>] extends [never]
  ? false
  : Exclude<V, undefined> extends Node
    ? true
    : Exclude<V, undefined> extends readonly (infer I)[]
      ? I extends Node
        ? true
        : false
      : false;

/** The fields of a node of kind `K` that hold a node or a list of nodes. */
export type ChildField<K extends NodeKind> = {
  [F in keyof NodeOfKind<K>]-?: IsChild<NodeOfKind<K>[F]> extends true ? F : never;
}[keyof NodeOfKind<K>];

export const childFields = {
  file: ["declarations"],
  missing: [],
  name: [],
  doc: [],
  path: ["names"],
  string: ["parts"],
  stringText: [],
  interpolation: ["expression"],
  number: [],
  boolean: [],
  reference: ["name"],
  member: ["object", "property"],
  invocation: ["callee", "arguments"],
  unary: ["operand"],
  binary: ["left", "right"],
  conditional: ["condition", "whenTrue", "whenFalse"],
  list: ["items"],
  comprehension: ["variable", "iterable", "condition", "item"],
  record: ["fields"],
  field: ["key", "value", "when"],
  parenthesized: ["expression"],
  namedType: ["path", "argument"],
  literalType: ["value"],
  optionalType: ["inner"],
  unionType: ["members"],
  recordType: ["fields"],
  typeField: ["name", "type"],
  parenthesizedType: ["type"],
  importModule: ["doc", "source", "alias"],
  importNames: ["doc", "names", "source"],
  const: ["doc", "name", "value"],
  typeDeclaration: ["doc", "name", "type"],
  fn: ["doc", "name", "parameters", "result", "body"],
  fnParameter: ["name", "type", "value"],
  content: ["doc", "name", "source", "options"],
  account: ["doc", "name", "settings"],
  fleet: ["doc", "name", "title", "settings"],
  deployment: ["doc", "name", "title", "sequence", "settings"],
  test: ["doc", "title", "sequence", "items"],
  testGiven: ["values"],
  testWhen: ["subject", "outcome"],
  testExpect: ["condition"],
  sequence: ["doc", "name", "title", "members"],
  options: ["settings"],
  variable: ["doc", "name", "type", "value"],
  externSequence: ["doc", "name", "source"],
  step: ["doc", "label", "title", "action", "clauses"],
  group: ["doc", "label", "title", "clauses", "body", "onError", "finally"],
  if: ["condition", "body", "otherwise"],
  for: ["variable", "iterable", "body"],
  block: ["statements"],
  run: ["command"],
  commandline: ["command"],
  script: ["source"],
  scriptFile: ["path"],
  use: ["action", "arguments"],
  call: ["sequence", "arguments"],
  set: ["assignments"],
  assignment: ["name", "value", "when"],
  restart: ["target", "after", "message"],
  log: ["value"],
  fail: ["message"],
  wait: ["duration"],
  waitUntil: ["condition"],
  from: ["package"],
  workdir: ["folder"],
  args: ["value"],
  env: ["variables"],
  into: ["variable"],
  when: ["condition"],
  success: ["codes"],
  reboots: ["codes"],
  code: ["value"],
  retry: ["count", "every"],
  timeout: ["duration"],
  as: ["account"],
  continueOnError: [],
  needs: [],
  onInterruption: ["condition"],
  disabled: ["reason"],
  foreign: ["settings"],
} satisfies { [K in NodeKind]: readonly ChildField<K>[] };
