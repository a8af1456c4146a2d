// A reference to nothing in a step: what was meant, and two ways out that go for any step. In a disabled step it is a warning.
import { expect, test } from "vitest";
import { checkFiles } from "../test-support/check.ts";

/** The text with the edits of one fix made. */
function fixed(text: string, title: string): string {
  const [diagnostic] = checkFiles(text).diagnostics;
  const edits = diagnostic?.fixes.find((fix) => fix.title === title)?.edits ?? [];
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}

const text = `account installer { user: "svc" }

sequence main {
  log "before"
  /// Installs.
  step "Install"
    run "setup"
    as instaler
  log "after"
}
`;

test.each([
  [`run "x" from ofice`, "SEQ2004"],
  [`run "x" as instaler`, "SEQ2104"],
  [`sh file("./colect.sh")`, "SEQ2007"],
  [`call chidl`, "SEQ2103"],
  [`log countr`, "SEQ2101"],
  [`set conter = 1`, "SEQ2107"],
  [`use file.wirte { path: "/a" }`, "SEQ2102"],
  [`use file.remove { pth: "/a", path: "/a" }`, "SEQ2109"],
  [`restart to bootImag`, "SEQ2105"],
  [`log "x" when prob.succeeded`, "SEQ2101"],
  [`log "x" when device.cpu > 1`, "SEQ2108"],
  [`log uper("x")`, "SEQ2111"],
])("%s can be removed and disabled", (step, code) => {
  const [diagnostic] = checkFiles(`sequence main {\n  step "a" ${step}\n}\n`).diagnostics;
  expect(diagnostic?.code).toBe(code);
  expect(diagnostic?.fixes.slice(-2)).toMatchObject([
    { title: "Disable the step", safe: false },
    { title: "Remove the step", safe: false },
  ]);
});

test("the correction comes first and is the safe one", () => {
  const [diagnostic] = checkFiles(text).diagnostics;
  expect(diagnostic?.fixes.map(({ title, safe }) => `${title} ${safe}`)).toEqual([
    'Change to "installer" true',
    "Disable the step false",
    "Remove the step false",
  ]);
});

test("a step goes with its documentation and its lines", () => {
  expect(fixed(text, "Remove the step")).toBe(`account installer { user: "svc" }

sequence main {
  log "before"
  log "after"
}
`);
});

test("in a disabled step it is a warning, and there is nothing to disable", () => {
  const disabled = fixed(text, "Disable the step");
  expect(disabled).toContain("as instaler disabled\n");
  const { diagnostics } = checkFiles(disabled);
  expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(["warning SEQ2104"]);
  expect(diagnostics[0]?.fixes.map(({ title }) => title)).toEqual(['Change to "installer"', "Remove the step"]);
});

test("a declaration that a step uses is no part of the step", () => {
  const program = checkFiles(`sequence main {\n  log first\n}\nconst first = second\n`);
  expect(program.diagnostics.map(({ code, fixes }) => [code, fixes.length])).toEqual([["SEQ2101", 0]]);
});

test("outside of a step there is nothing to remove", () => {
  const [diagnostic] = checkFiles(`sequence main {\n  group when nothing {\n    log "x"\n  }\n}\n`).diagnostics;
  expect(diagnostic?.fixes).toEqual([]);
});

test("a name that only resembles another one is hinted at, not written without being asked", () => {
  const [diagnostic] = checkFiles(`sequence main {\n  use file.move { path: "/a" }\n}\n`).diagnostics;
  expect(diagnostic?.hint).toBe('did you mean "file.remove"?');
  expect(diagnostic?.fixes.map(({ title, safe }) => `${title} ${safe}`)[0]).toBe('Change to "file.remove" false');
});
