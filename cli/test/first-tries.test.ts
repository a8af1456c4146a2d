// What people who come from other languages write at first: each is one finding that says the way out.
import { describe, expect, test } from "vitest";
import { callCli } from "../test-support/call-cli.ts";

async function firstLines(source: string): Promise<readonly string[]> {
  const { stdout } = await callCli(["check", "-"], { input: source });
  return stdout.split("\n").filter((line) => /^(error|warning) /.test(line) || /\^ \S/.test(line));
}

const around = (statement: string): string => `sequence deploy {\n  var count: int = 0\n  ${statement}\n}\n`;

describe("a first try", () => {
  test.each([
    [`log "x" when count = 3`, `error SEQ1013: "=" is no operator here: write "=="`],
    [`if count > 2\n    log "two"\n  log "three"`, `error SEQ1101: "{" is missing before "log"`],
    [`group "Apps"\n    log "two"\n  log "three"`, `error SEQ1101: "{" is missing before "log"`],
    [`run "setup.exe";`, `error SEQ1014: no semicolon is needed: a statement ends where the next one starts`],
    [`count = 5`, `error SEQ1124: a variable is assigned with "set": set count = …`],
    [
      `step "a" timeout 5m run "setup.exe"`,
      `error SEQ1120: the action comes before its clauses: "timeout" stands too early`,
    ],
  ])("%s", async (statement, head) => {
    expect(await firstLines(around(statement))).toEqual([head]);
  });

  test.each([
    ["param on_line: boolean = true", 'error SEQ2106: there is no type named "boolean"', "bool"],
    ["param size: integer = 3", 'error SEQ2106: there is no type named "integer"', "int"],
    ["param name: String", 'error SEQ2106: there is no type named "String"', "string"],
    ["param ready: bool = True", 'error SEQ2101: there is nothing named "True" here', "true"],
  ])("%s", async (statement, head, meant) => {
    const [first, place = "", ...rest] = await firstLines(around(statement));
    expect([first, rest]).toEqual([head, []]);
    expect(place).toContain(`did you mean "${meant}"?`);
  });

  test("a Windows path in double quotes is shown the single ones", async () => {
    const [, place] = await firstLines(around(String.raw`run "C:\Temp\setup.exe"`));
    expect(place).toContain(String.raw`in single quotes a \ stands for itself`);
  });

  test("tabs, CRLF and a byte order mark are no mistakes, and columns count them as one", async () => {
    const source =
      '\ufeffsequence deploy {\r\n\tstep "One"\r\n\t\trun "setup.exe"\r\n\t\twhen devcie.cpus > 2\r\n}\r\n';
    const { stdout } = await callCli(["check", "-", "--format", "json"], { input: source });
    const found = JSON.parse(stdout) as readonly {
      readonly code: string;
      readonly range: { readonly start: object };
    }[];
    expect(found.map(({ code, range }) => ({ code, ...range.start }))).toMatchObject([
      { code: "SEQ2101", line: 4, column: 8 },
    ]);
  });
});
