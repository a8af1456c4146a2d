// The real shellcheck looks at scripts in a sequence, and its findings point into the .seq file. Needs the package
// shellcheck: runs when SEQUITUR_SYSTEM_TESTS=1.
import { expect, it } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const onSystem = process.env["SEQUITUR_SYSTEM_TESTS"] === "1";

const source = `sequence main {
  step "Empty it"
    sh '''
      cd "$FOLDER"
      rm -rf $OLD
    '''
    env { FOLDER: "/srv", OLD: "a b" }
  // sequitur-ignore shellcheck: one word is meant
  step "One line" bash 'echo $HOME'
  step "Sound" sh 'echo "$HOME"'
}
`;
const configuration = `{ "rules": { "shellcheck": "error", "script-of-one-command": "off" } }`;

it.runIf(onSystem)("shellcheck speaks at its place in the source (needs SEQUITUR_SYSTEM_TESTS=1)", async () => {
  const folder = temporaryFolder({ "main.seq": source, "sequitur.json": configuration });
  const path = process.env["PATH"] ?? "";
  const { code, stdout } = await callCli(["check", "main.seq"], { folder, environment: { PATH: path } });
  expect(code).toBe(1);
  expect(stdout).toContain(
    "error SEQ8090: double quote to prevent globbing and word splitting (SC2086)\n --> main.seq:5:14",
  );
  expect(stdout.match(/SEQ8090:/g)).toHaveLength(1);
});

it("a machine without shellcheck is told so, at the script", async () => {
  const folder = temporaryFolder({ "main.seq": source, "sequitur.json": configuration });
  const { code, stdout } = await callCli(["check", "main.seq"], { folder, environment: { PATH: folder } });
  expect(code).toBe(1);
  expect(stdout).toContain("error SEQ8090: shellcheck is not at hand\n --> main.seq:3:5");
});
