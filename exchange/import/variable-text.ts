// `%Name%` in values of the other systems as an expression of ours. Case of names does not count there.
import { isBaseVariable, isSystemVariable } from "@sequitur/compiler";
import type { Variables } from "./names.ts";
import { escaped, literal } from "./source-text.ts";

/** Read-only variables of an agent that have a fact of their own here. */
const facts: ReadonlyMap<string, string> = new Map([
  ["_smstsmachinename", "device.name"],
  ["_smstslogpath", "run.logs"],
  ["_smstslastactionretcode", "last.code"],
  ["_smstslastactionname", "last.name"],
]);

/** An expression for a text with variables; undefined: one of them has no expression here. */
export function textExpression(text: string, variables: Variables): string | undefined {
  const pieces = text.split(/%([^%\r\n]+)%/);
  if (pieces.length === 1) return literal(text);
  const values: string[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 0) {
      values.push(escaped(piece));
      continue;
    }
    const value = variableExpression(piece, variables);
    if (value === undefined) return undefined;
    if (pieces.length === 3 && pieces[0] === "" && pieces[2] === "" && value.isText) return value.text;
    values.push(`\${${value.text}}`);
  }
  return `"${values.join("")}"`;
}

function variableExpression(
  name: string,
  variables: Variables,
): { readonly text: string; readonly isText: boolean } | undefined {
  const fact = facts.get(name.toLowerCase());
  if (fact !== undefined) return { text: fact, isText: fact !== "last.code" };
  if (
    isSystemVariable(name) ||
    /^(ProgramFiles(\(x86\))?|ProgramData|Public|UserProfile|AppData|LocalAppData)$/i.test(name)
  ) {
    const read = `env("${name}")`;
    return { text: isBaseVariable(name) ? read : `${read} ?? ""`, isText: isBaseVariable(name) };
  }
  if (variables.isSecret(name)) return undefined;
  const text = variables.read(name);
  return text === undefined ? undefined : { text, isText: true };
}
