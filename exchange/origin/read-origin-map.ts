// Reads the map that import wrote beside the origin. It may have been edited or damaged: nothing in it is trusted.
import type { OriginMap, OriginNode } from "./origin-map.ts";

/** Undefined: it is no map of this format. */
export function readOriginMap(text: string): OriginMap | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Text that is no JSON is no map.
    return undefined;
  }
  if (!isRecord(value) || value["format"] !== 1 || typeof value["sequence"] !== "string") return undefined;
  const nodes = nodesOf(value["nodes"], 0);
  return nodes === undefined ? undefined : { format: 1, sequence: value["sequence"], nodes };
}

function nodesOf(value: unknown, depth: number): readonly OriginNode[] | undefined {
  if (!Array.isArray(value) || depth > 250) return undefined;
  const nodes: OriginNode[] = [];
  for (const item of value as readonly unknown[]) {
    const node = nodeOf(item, depth);
    if (node === undefined) return undefined;
    nodes.push(node);
  }
  return nodes;
}

function nodeOf(value: unknown, depth: number): OriginNode | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, name, parts } = value;
  if ((kind !== "group" && kind !== "step") || typeof name !== "string" || !isRecord(parts)) return undefined;
  const texts: [string, string][] = [];
  for (const [part, digest] of Object.entries(parts)) {
    if (typeof digest !== "string") return undefined;
    texts.push([part, digest]);
  }
  const own: OriginNode = { kind, name, parts: Object.fromEntries(texts) };
  if (kind === "step") return own;
  const children = nodesOf(value["children"], depth + 1);
  return children === undefined ? undefined : { ...own, children };
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
