// The file through which a script sets globals: `Name=value` a line, or `Name<<END`, lines, `END`. Strict: a line that is
// neither is an error, since a setting that got lost would be found out much later.
import { globalNameProblem } from "../plan/global-name.ts";
import { limits } from "../plan/limits.ts";

export type Settings = { readonly globals: { readonly [name: string]: string } } | { readonly problem: string };

/** By the spelling of `declared`; names that are not declared are a problem, told as a sentence. */
export function parseSettings(text: string, declared: readonly string[]): Settings {
  const spelling = new Map(declared.map((name) => [name.toUpperCase(), name]));
  const globals: { [name: string]: string } = {};
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? "";
    const where = `Line ${i + 1} of the file that SEQUITUR_SET names`;
    const match = /^([^=<]*)(=|<<)(.*)$/s.exec(line);
    if (match === null)
      return { problem: `${where} is not of the form Name=value: ${JSON.stringify(line.slice(0, 80))}` };
    const [, written = "", kind, rest = ""] = match;
    const name = spelling.get(written.trim().toUpperCase());
    if (name === undefined || globalNameProblem(name) !== null) {
      return {
        problem: `${where} sets ${JSON.stringify(written.trim())}, which is no global variable of this sequence`,
      };
    }
    let value = rest;
    if (kind === "<<") {
      const end = lines.indexOf(rest, i + 1);
      if (rest === "" || end === -1)
        return { problem: `${where} begins a text whose end mark "${rest}" does not follow` };
      value = lines.slice(i + 1, end).join("\n");
      i = end;
    }
    if (value.includes("\0")) return { problem: `${where} holds a NUL character` };
    if (value.length > limits.argumentLength) {
      return {
        problem: `${where} sets ${name} to ${value.length} UTF-16 units; ${limits.argumentLength} is the limit`,
      };
    }
    globals[name] = value;
  }
  return { globals };
}
