// No secret in the clear: canaries go in by every way that a secret can, programs write them out in every form that is
// masked, and every byte that a run leaves behind is searched.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const canaries = {
  parameter: "canary-parameter-5f1",
  environment: "canary-environment-5f2",
  global: "canary-global-5f3",
  child: "canary-child-5f4",
  list: "canary+list/5f5?&x",
};

const leaky = `sequence main {
  secret pin: string
  secret token: string = env("API_TOKEN") ?? ""
  secret spare: string
  secret odd: string
  global secret Key: string

  set Key = spare
  group "Every way out" continue on error {
    step write "Write it out"
      sh '''
        echo "$PIN"; echo "$TOKEN" >&2; printf %s "$KEY"; printf '\\n%s\\n' "$ODD"
        printf %s "$PIN" | base64
        printf %s "x$TOKEN" | base64
        printf %s "xy$KEY" | base64 -w 0
        printf '\\ncanary-param'; sleep 0.1; printf 'eter-5f1\\n'
        printf 'canary%%2Blist%%2F5f5%%3F%%26x\\n'
      '''
      env { PIN: pin, TOKEN: token, KEY: Key, ODD: odd }
    step "Fail with it"
      sh '''
        echo "no entry with $PIN" >&2
        exit 5
      '''
      env { PIN: pin }
      retry 1 every 10ms
  } on error {
    log "failed with \${error.message}"
  }
  call child { inner: pin }
}
sequence child {
  secret inner: string
  secret own: string = env("CHILD_TOKEN") ?? ""
  step "In a child"
    sh '''
      echo "$A $B"
    '''
    env { A: inner, B: own }
}
`;

/** Forms in which a value may be found again. */
function formsOf(value: string): readonly string[] {
  const base64 = ["", "x", "xy"].map((before) => Buffer.from(before + value).toString("base64"));
  // What surrounds a value in base64 reaches into its first and last group.
  const inner = base64.map((text) => text.slice(4, -5));
  return [value, encodeURIComponent(value), ...inner, Buffer.from(value).toString("hex")];
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test("a secret lies in no byte that a run leaves behind or shows", async () => {
  const given = { pin: canaries.parameter, spare: canaries.global, odd: canaries.list };
  const folder = temporaryFolder({ "main.seq": leaky, "given.json": JSON.stringify(given) });
  const environment = { API_TOKEN: canaries.environment, CHILD_TOKEN: canaries.child };
  const run = await callCli(
    ["run", "main.seq", "--sequence", "main", "--params", "given.json", "--state", "state", "--events", "events.jsonl"],
    { folder, environment },
  );
  expect(run.stderr).not.toContain("internal error");
  expect(run.code).toBe(0);
  const listed = await callCli(["runs", "--state", "state", "--format", "json"], { folder });
  const [{ id }] = JSON.parse(listed.stdout) as [{ id: string }];
  const shown = await callCli(["runs", "show", id, "--state", "state"], { folder });
  const asJson = await callCli(["runs", "show", id, "--state", "state", "--format", "json"], { folder });

  const written = filesBelow(folder).filter((file) => !file.endsWith("given.json"));
  expect(written.length).toBeGreaterThan(5);
  const texts = [
    ...written.map((file) => [file, readFileSync(file, "latin1")] as const),
    ...[run, listed, shown, asJson].map((call, index) => [`call ${index}`, call.stdout + call.stderr] as const),
  ];
  const leaks = texts.flatMap(([where, text]) =>
    Object.entries(canaries).flatMap(([name, value]) =>
      formsOf(value)
        .filter((form) => text.includes(form))
        .map((form) => `${name} as ${form} in ${where}`),
    ),
  );
  expect(leaks).toEqual([]);
  // What is not secret is there: the search looks where output lies.
  expect(texts.some(([, text]) => text.includes("no entry with"))).toBe(true);
});
