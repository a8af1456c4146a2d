// Where the rules that guess draw the line: texts that are findings, and texts that look like it.
import { describe, expect, it } from "vitest";
import { check } from "../check.ts";
import { memoryHost } from "../memory-host.ts";

/** What one rule, turned on, says of a text: the source text of each finding. */
function found(rule: string, text: string, files: { readonly [path: string]: string } = {}): readonly string[] {
  const settings = JSON.stringify({ rules: { [rule]: "warning" } });
  const { diagnostics } = check(memoryHost({ ...files, "sequitur.json": settings, "main.seq": text }), ["main.seq"]);
  return diagnostics
    .filter(({ name, file }) => name === rule && file === "main.seq")
    .map(({ start, end }) => text.slice(start, end));
}

const inStep = (action: string): string =>
  `sequence main {\n  param site: string\n  step "One" ${action}\n  log site\n}\n`;

describe.each([
  ["hard-coded-secret", `run "join.exe /password:Winter26"`, "/password:Winter26"],
  ["hard-coded-secret", `run "join.exe --token=\${site}"`, undefined],
  ["hard-coded-secret", `run "join.exe" env { TOKEN_PASSWORD: "/run/secrets/token" }`, undefined],
  ["hard-coded-secret", `run "aws" env { ID: "AKIAABCDEFGHIJKLMNOP" }`, "AKIAABCDEFGHIJKLMNOP"],
  ["shell-in-run", `run "/bin/bash -ec 'ls'"`, `"/bin/bash -ec 'ls'"`],
  ["shell-in-run", `run "cmd.exe /c dir"`, `"cmd.exe /c dir"`],
  ["shell-in-run", `run "bash setup.sh"`, undefined],
  ["script-of-one-command", `sh 'ls "$HOME"'`, undefined],
  ["script-of-one-command", `sh 'cd /srv'`, undefined],
  ["restart-by-program", `run "systemctl reboot"`, `"systemctl reboot"`],
  ["restart-by-program", `run "systemctl restart cron"`, undefined],
  ["restart-by-program", `run "shutdown -c"`, undefined],
  ["restart-by-program", `sh 'sync; reboot'`, `'sync; reboot'`],
  ["shell-character-in-run", `run "echo a && echo b"`, `"echo a && echo b"`],
  ["shell-character-in-run", `run "tool >out.txt"`, `"tool >out.txt"`],
  ["shell-character-in-run", `run "cp $HOME/a /b"`, `"cp $HOME/a /b"`],
  ["shell-character-in-run", `run "find / -name *.log"`, undefined],
  ["shell-character-in-run", `run "tool --filter=a|b '<x>'"`, undefined],
  ["program-that-asks", `run "apt-get update"`, undefined],
  ["program-that-asks", `run "dnf install -y vim"`, undefined],
  ["program-that-asks", `run "msiexec /i a.msi /quiet"`, undefined],
  ["program-that-asks", `run "msiexec /i a.msi"`, `"msiexec /i a.msi"`],
  ["unreplaced-value", `log "at %SITE%"`, "%SITE%"],
  ["unreplaced-value", `log "at $site"`, "$site"],
  ["unreplaced-value", `log "at $(site)"`, "$(site)"],
  ["unreplaced-value", `log 'at \${site}'`, "${site}"],
  ["unreplaced-value", `log "costs $5 and 100% of $HOME"`, undefined],
  ["unreplaced-value", `sh 'echo "$site %site%"'`, undefined],
  ["unreplaced-value", `log "x" when site matches "^a$"`, undefined],
  ["case-sensitive-comparison", `log "x" when device.model == "1234"`, undefined],
  ["case-sensitive-comparison", `log "x" when "Lenovo" != device.manufacturer`, `"Lenovo" != device.manufacturer`],
  ["case-sensitive-comparison", `log "x" when os.family == "linux"`, undefined],
  ["version-as-text", `log "x" when os.version < "10.0.2"`, undefined],
  ["version-as-text", `log "x" when site >= "2.10"`, `site >= "2.10"`],
  ["trailing-separator", `use folder.create { path: "/" }`, undefined],
  ["trailing-separator", `use folder.create { path: 'C:\\' }`, undefined],
  ["trailing-separator", `use folder.create { path: "/srv/\${site}/" }`, `"/srv/\${site}/"`],
  ["comparison-with-bool", `log "x" when file("/a").size == 1KB`, undefined],
  ["comparison-with-bool", `log "x" when last.succeeded != false`, "last.succeeded != false"],
  ["negated-comparison", `log "x" when not (site == "a")`, `not (site == "a")`],
  ["negated-comparison", `log "x" when not (site == "a" or site == "b")`, undefined],
  ["negated-comparison", `log "x" when not not not (site == "a" or false)`, `not not not (site == "a" or false)`],
  ["same-operands", `log "x" when site == "a" or site == "a"`, `site == "a" or site == "a"`],
  ["download-into-shell", `sh 'curl -O https://a.example/x; sh ./y'`, undefined],
  ["download-into-shell", `powershell 'irm https://a.example | iex'`, `'irm https://a.example | iex'`],
  ["removal-of-the-system", `use folder.remove { path: "/etc" }`, `"/etc"`],
  ["removal-of-the-system", `sh 'rm -rf "/usr"/*'`, undefined],
  ["removal-of-the-system", `sh 'rm -rf /var'`, `'rm -rf /var'`],
  ["removal-of-the-system", `run "rm -rf /var/tmp/old"`, undefined],
  ["unprotected-download", `run "tool http://localhost:8080/"`, undefined],
  ["disabled-without-reason", `run "x" disabled`, "disabled"],
  ["retry-without-delay", `run "x" retry 3 disabled "why"`, undefined],
] as const)("%s: %s", (rule, action, finding) => {
  it(finding === undefined ? "is none" : "is a finding", () => {
    expect(found(rule, inStep(action))).toEqual(finding === undefined ? [] : [finding]);
  });
});

describe("names", () => {
  it("of a library are used by who imports them, and else not looked at unless they are private", () => {
    const library = `const shared = 1\nconst _own = 2\n`;
    expect(found("unused-declaration", library)).toEqual(["_own"]);
    const main = `import "./lib.seq" as lib\nconst here = 1\nconst gone = 2\nsequence main {\n  log "\${lib.shared} \${here}"\n}\n`;
    expect(found("unused-declaration", main, { "lib.seq": library })).toEqual(["gone"]);
  });

  it("are used in types, defaults, scripts' environments and tests", () => {
    const text = `type Site = "A" | "B"
const first = "A"
sequence main {
  param site: Site = first
  var count: int = 0
  step ask "Ask" sh 'echo "$SITE"' env { SITE: site } into count
  output total: int = count
}
test "t" of main { given { site: "A" } when ask { code: 1 } expect not run.succeeded }
`;
    for (const rule of ["unused-declaration", "unused-variable", "unused-parameter", "unused-label"]) {
      expect(found(rule, text)).toEqual([]);
    }
  });

  it("are not called unused while something is misspelt", () => {
    expect(found("unused-variable", `sequence main {\n  var count: int = 0\n  log "\${cuont}"\n}\n`)).toEqual([]);
  });
});

describe("destruction without a guard", () => {
  const apply = `step "Apply" use image.apply { image: base, to: "/mnt" }`;
  const sequence = (body: string): readonly string[] =>
    found("unguarded-destruction", `image base "./base.wim"\nsequence main {\n${body}\n}\n`, { "base.wim": "x" });
  it.each([
    apply,
    `group "A" continue on error { fail "no" when device.cpus < 2 }\n${apply}`,
    `fail "no" when device.cpus < 2 continue on error\n${apply}`,
  ])("is found: %s", (body) => expect(sequence(body)).toEqual(["image.apply"]));
  it.each([
    `${apply} when device.cpus > 2`,
    `group "A" when device.cpus > 2 { group { ${apply} } }`,
    `if device.cpus > 2 { ${apply} }`,
    `group "A" { use machine.checkReadiness { memory: 2GB } }\ngroup "B" { ${apply} }`,
    `if device.cpus < 2 { fail "no" }\n${apply}`,
  ])("is none: %s", (body) => expect(sequence(body)).toEqual([]));
});

it("a step's time in memory ends with the restart", () => {
  const text = `sequence main {\n  use file.write { path: "/run/setup/site", text: "x" }\n  restart\n  use file.copy { from: "/run/setup/site", to: "/etc/site" }\n}\n`;
  expect(found("lost-at-restart", text)).toEqual([`"/run/setup/site"`]);
  expect(found("lost-at-restart", text.replace("  restart\n", ""))).toEqual([]);
});
