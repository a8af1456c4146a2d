// What findings sound like: one clause in lower case without a full stop, as the contract of the command line shows it.
import { expect, test } from "vitest";
import { allDiagnostics } from "../all-diagnostics.ts";
import { exampleFindings } from "../explain.ts";

/** What starts in upper case, or ends with a full stop; names in quotes or backticks and codes in capitals may. */
function isSentence(text: string): boolean {
  return /^[A-Z](?:[a-z]| )/.test(text) || /\.$/.test(text) || /\. [A-Z]/.test(text);
}

test.each(Object.entries(allDiagnostics))("%s speaks in a clause", (code, declaration) => {
  const findings = exampleFindings(code, declaration, declaration.wrong);
  expect(findings.length).toBeGreaterThan(0);
  for (const finding of findings) {
    // A related place starts with the name it is about, as it is written.
    expect([finding.message, finding.hint ?? ""].filter(isSentence)).toEqual([]);
  }
});

test("a capital at the start, a full stop at the end and a second sentence are found", () => {
  expect(["There is no file", "it lacks.", "it lacks. It is needed", "A name"].map(isSentence)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['"Office" is no file', "PATH is read by the system", "this is fine"].map(isSentence)).toEqual([
    false,
    false,
    false,
  ]);
});
