// Values in a query never become a part of it.
import { expect, it } from "vitest";
import { check, memoryHost } from "../index.ts";

/** Codes and texts of what is found in a query, as `code: text`. */
function findings(query: string): readonly string[] {
  const text = `const fixed = "SELECT * FROM Win32_Bios"
sequence main {
  param name: string = "x"
  log "found" when wmi('root\\cimv2', ${query}).exists
}
`;
  const { diagnostics } = check(memoryHost({ "main.seq": text }), ["main.seq"], { lints: false });
  return diagnostics.map(({ code, start, end }) => `${code}: ${text.slice(start, end)}`);
}

it.each([
  '"SELECT * FROM C WHERE Name = ${name}"',
  "\"SELECT * FROM C WHERE A = 'b' AND Name = ${name}\"",
  "fixed",
  "'SELECT 1'",
])("takes %s", (query) => expect(findings(query)).toEqual([]));

it.each([
  ["\"SELECT * FROM C WHERE Name = '${name}'\"", "SEQ3205: ${name}"],
  ["\"SELECT * FROM C WHERE Name LIKE '%${name}%'\"", "SEQ3205: ${name}"],
  ["\"SELECT * FROM C WHERE Name = 'it\\\\'s ${name}'\"", "SEQ3205: ${name}"],
  ["name", "SEQ3204: name"],
])("refuses %s", (query, finding) => expect(findings(query)).toEqual([finding]));
