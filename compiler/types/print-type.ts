// Types as an author writes them, for messages and hovers.
import type { Type } from "./type.ts";

/** How much of a union or record a message shows before it says `…`. */
const shownMembers = 8;

/** As in source: `list<string>`, `"AMS" | "RTM"`. */
export function printType(type: Type): string {
  switch (type.kind) {
    case "literal":
      return JSON.stringify(type.value);
    case "union":
      return shorten(type.members.map(printType), " | ");
    case "optional":
      return type.inner.kind === "union" ? `(${printType(type.inner)})?` : `${printType(type.inner)}?`;
    case "list":
      return `list<${printType(type.item)}>`;
    case "record": {
      const fields = [...type.fields].map(([name, field]) => `${name}: ${printType(field)}`);
      return fields.length === 0 ? "{}" : `{ ${shorten(fields, ", ")} }`;
    }
    case "handle":
      return type.handle;
    case "extent":
      return "size or percentage";
    case "percent":
      return "percentage";
    case "never":
      return "nothing";
    case "error":
      return "unknown";
    default:
      return type.kind;
  }
}

/** With its article, for the middle of a sentence: `an int`, `a list<string>`, `"AMS" | "RTM"`. */
export function describeType(type: Type): string {
  const text = printType(type);
  if (type.kind === "literal" || type.kind === "union") return text;
  if (type.kind === "optional") return `an optional value (${text})`;
  if (type.kind === "record") return `a record ${text}`;
  if (type.kind === "never") return text;
  return `${/^[aeiou]/.test(text) ? "an" : "a"} ${text}`;
}

function shorten(texts: readonly string[], separator: string): string {
  if (texts.length <= shownMembers) return texts.join(separator);
  return [...texts.slice(0, shownMembers), "…"].join(separator);
}
