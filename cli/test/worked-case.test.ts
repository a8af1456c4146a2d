// The worked case of the language: group 1 continues on error, and so does its step 1; nothing else does. Steps 1, 2 and 4
// fail. Then steps 1, 2 and 4 are all that run, in this order, and the sequence has failed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const step = (number: number, code: number, clauses = ""): string => `
    step "Step ${number}"
      sh '''
        echo ${number} >> "$RAN"
        exit ${code}
      '''
      env { RAN: ran }
      ${clauses}`;

const workedCase = `
sequence worked "Two groups" {
  param ran: string
  group "Group 1" continue on error {${step(1, 1, "continue on error")}${step(2, 1)}${step(3, 0)}
  }
  group "Group 2" {${step(4, 1)}${step(5, 0)}${step(6, 0)}
  }
}
`;

it("runs exactly steps 1, 2 and 4, and ends with exit status 1", async () => {
  const folder = temporaryFolder({ "worked.seq": workedCase });
  const ran = join(folder, "ran");
  const { code, stdout, stderr } = await callCli(["run", "worked.seq", "--set", `ran=${ran}`, "--state", "state"], {
    folder,
  });
  expect(readFileSync(ran, "utf8").split("\n")).toEqual(["1", "2", "4", ""]);
  expect(code).toBe(1);
  expect(stdout + stderr).toMatch(/failed.*Step 4: exited with 1/);
});
