// Shows and compares trees: a text for goldens, and equality that does not look at places.
import { unreachable } from "../diagnostics/invariant.ts";
import { clauseRank } from "./clause-order.ts";
import { childrenOf } from "./walk.ts";
import type { Node } from "./tree.ts";

/** A tree as readable text: a line a node, indented by depth, with what the node says besides its children. */
export function dump(tree: Node): string {
  const lines: string[] = [];
  const waiting: { readonly node: Node; readonly depth: number }[] = [{ node: tree, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    const details = ownDetails(node);
    lines.push(`${"  ".repeat(depth)}${node.kind}${details === "" ? "" : ` ${details}`} ${node.start}-${node.end}`);
    for (const child of [...childrenOf(node)].reverse()) waiting.push({ node: child, depth: depth + 1 });
  }
  return `${lines.join("\n")}\n`;
}

/** Whether two trees say the same, wherever it stands, however it was spelt, and in whatever order clauses stand. */
export function equalTrees(left: Node, right: Node): boolean {
  const waiting: [Node, Node][] = [[left, right]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [one, other] = pair;
    if (one.kind !== other.kind || ownDetails(one) !== ownDetails(other)) return false;
    const children = comparable(one);
    const others = comparable(other);
    if (children.length !== others.length) return false;
    children.forEach((child, index) => {
      const counterpart = others[index];
      if (counterpart !== undefined) waiting.push([child, counterpart]);
    });
  }
  return true;
}

/** The children of a node, clauses in their canonical order. */
function comparable(node: Node): readonly Node[] {
  const children = childrenOf(node);
  if (node.kind !== "step" && node.kind !== "group") return children;
  const clauses: ReadonlySet<Node> = new Set(node.clauses);
  const others = children.filter((child) => !clauses.has(child));
  return [...others, ...node.clauses.toSorted((left, right) => clauseRank(left) - clauseRank(right))];
}

/** What a node says besides its children, spelt in one way. Which optional children it has is part of it. */
function ownDetails(node: Node): string {
  switch (node.kind) {
    case "name":
    case "doc":
      return JSON.stringify(node.text);
    case "string":
      return node.form;
    case "stringText":
      return JSON.stringify(node.value);
    case "number":
      return node.unit === "error" ? `error ${node.text}` : `${node.unit} ${node.value}`;
    case "boolean":
      return String(node.value);
    case "member":
      return node.optional ? "?." : ".";
    case "unary":
    case "binary":
      return node.operator;
    case "literalType":
      return node.negative ? "negative" : "";
    case "code":
      return node.negative ? "negative" : "";
    case "content":
      return node.contentKind;
    case "fleet":
      return present(node.fleetKind, { title: node.title });
    case "deployment":
      return present("", { title: node.title });
    case "sequence":
      return present("", { title: node.title });
    case "testWhen":
      return node.subjectKind;
    case "testExpect":
      return node.mode;
    case "variable":
      return node.role;
    case "step":
      return present(node.bare ? "bare" : "", { label: node.label, title: node.title });
    case "group":
      return present("", { label: node.label, title: node.title, onError: node.onError, finally: node.finally });
    case "comprehension":
      return present("", { if: node.condition });
    case "commandline":
      return node.unchecked ? "unchecked" : "";
    case "script":
      return node.language;
    case "set":
      return node.block ? "block" : "";
    case "restart":
      return present("", { to: node.target, after: node.after, message: node.message });
    case "retry":
      return node.doubling ? "doubling" : "";
    case "needs":
      return node.phase;
    case "onInterruption":
      return node.policy;
    case "file":
    case "missing":
    case "path":
    case "interpolation":
    case "reference":
    case "invocation":
    case "conditional":
    case "list":
    case "record":
    case "field":
    case "parenthesized":
    case "namedType":
    case "optionalType":
    case "unionType":
    case "recordType":
    case "typeField":
    case "parenthesizedType":
    case "importModule":
    case "importNames":
    case "const":
    case "typeDeclaration":
    case "fn":
    case "fnParameter":
    case "account":
    case "test":
    case "testGiven":
    case "options":
    case "externSequence":
    case "if":
    case "for":
    case "block":
    case "run":
    case "scriptFile":
    case "use":
    case "call":
    case "assignment":
    case "log":
    case "fail":
    case "wait":
    case "waitUntil":
    case "from":
    case "workdir":
    case "args":
    case "env":
    case "into":
    case "when":
    case "success":
    case "reboots":
    case "timeout":
    case "as":
    case "continueOnError":
    case "disabled":
    case "foreign":
      return "";
    default:
      return unreachable(node);
  }
}

/** Names the optional children that are there, so that two trees differ when another one of them lacks. */
function present(first: string, optional: Readonly<{ [name: string]: unknown }>): string {
  const names = Object.keys(optional).filter((name) => optional[name] !== undefined);
  return [...(first === "" ? [] : [first]), ...names.map((name) => `+${name}`)].join(" ");
}
