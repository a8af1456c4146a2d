// Every kind of reference, misspelt once: one finding at the very word, with what was meant, and `check --fix` mends it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lineMap } from "@sequitur/grammar";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const complete = `import "./shared.seq" as shared
import { region } from "./shared.seq"

package office "./office"
account installer { user: "svc" }
type Site = "AMS" | "RTM"
const limits = { largest: 40, smallest: 4 }
fn isLarge(size: int): bool = size > limits.largest

sequence child "Child" {
  param name: string
  log name
}

sequence main "Main" {
  param site: Site = "AMS"
  var counter: int = 0
  global var DeployRing: string
  step probe "Probe"
    run "setup.exe /site \${site}" from office
    as installer
    continue on error
  step "Collect"
    sh file("./collect.sh")
    when probe.succeeded and isLarge(counter)
  step "Count"
    set counter = device.cpus
    when last.code == 0
  step "Write"
    use file.write { path: "/tmp/a", text: upper(region) }
  step "Capture"
    use image.capture { from: "/a", to: "/b.wim", name: "c", compression: fast }
  step "Call"
    call child { name: shared.place }
  step "Call the other"
    call shared.report { text: "\${counter}" }
    when DeployRing != ""
}
`;

const files = {
  "shared.seq": `const region = "EU"
const place = "Delft"
sequence report {
  param text: string
  log text
}
`,
  "office/setup.exe": "",
  "collect.sh": "true\n",
};

/** What is referred to, how it stands in the file, the misspelt word, the word that was meant, the code. */
const cases: readonly (readonly [kind: string, right: string, wrong: string, meant: string, code: string])[] = [
  ["package", "from office", "ofice", "office", "SEQ2004"],
  ["folder of a package", `package office "./office"`, "./ofice", "./office", "SEQ2006"],
  ["script file", `file("./collect.sh")`, "./colect.sh", "./collect.sh", "SEQ2007"],
  ["import", `import "./shared.seq" as`, "./shred.seq", "./shared.seq", "SEQ2001"],
  ["imported name", "{ region }", "regoin", "region", "SEQ2009"],
  ["account", "as installer", "instaler", "installer", "SEQ2104"],
  ["sequence", "call child", "chidl", "child", "SEQ2103"],
  ["sequence of a module", "shared.report", "reprt", "report", "SEQ2009"],
  ["module", "call shared.report", "shard", "shared", "SEQ2103"],
  ["step label", "probe.succeeded", "prob", "probe", "SEQ2101"],
  ["field of a step", "probe.succeeded", "suceeded", "succeeded", "SEQ2108"],
  ["variable that is read", "isLarge(counter)", "countr", "counter", "SEQ2101"],
  ["variable that is set", "set counter", "conter", "counter", "SEQ2107"],
  ["variable in a text", `"\${counter}"`, "couter", "counter", "SEQ2101"],
  ["action", "use file.write", "file.wirte", "file.write", "SEQ2102"],
  ["parameter of an action", "text: upper", "txt", "text", "SEQ2109"],
  ["parameter of a sequence", "{ name: shared", "nme", "name", "SEQ2109"],
  ["name in a module", "shared.place", "plase", "place", "SEQ2009"],
  ["fact", "= device.cpus", "devise", "device", "SEQ2101"],
  ["property of a fact", "device.cpus", "cpu", "cpus", "SEQ2108"],
  ["state", "last.code", "lst", "last", "SEQ2101"],
  ["field of the state", "last.code", "cod", "code", "SEQ2108"],
  ["function", "upper(region)", "uper", "upper", "SEQ2111"],
  ["function of the file", "and isLarge", "isLrge", "isLarge", "SEQ2111"],
  ["choice", "compression: fast", "fats", "fast", "SEQ2113"],
  ["type", "param site: Site", "Stie", "Site", "SEQ2106"],
  ["type of the language", "name: string", "strng", "string", "SEQ2106"],
  ["choice of a type", `site: Site = "AMS"`, `"ASM"`, `"AMS"`, "SEQ3017"],
  ["global", "when DeployRing", "DeployRng", "DeployRing", "SEQ2101"],
  ["field of a record", "limits.largest", "lagest", "largest", "SEQ2108"],
  ["constant", "limits.largest", "limts", "limits", "SEQ2101"],
];

test("the file without a mistake is clean", async () => {
  const folder = temporaryFolder({ ...files, "main.seq": complete });
  expect(await callCli(["check"], { folder })).toMatchObject({ code: 0, stdout: "no findings in 2 files\n" });
});

describe("a misspelt", () => {
  test.each(cases)("%s: %s", async (_kind, right, wrong, meant, code) => {
    expect(complete.split(right)).toHaveLength(2);
    const broken = complete.replace(right, right.replace(meant, wrong));
    const offset = broken.indexOf(right.replace(meant, wrong)) + right.indexOf(meant);
    const { line, column } = lineMap(broken).positionAt(offset);
    const folder = temporaryFolder({ ...files, "main.seq": broken });

    const { code: exit, stdout } = await callCli(["check"], { folder });
    expect(exit).toBe(1);
    expect(stdout.match(/^(?:error|warning) SEQ\d+/gm)).toEqual([`error ${code}`]);
    expect(stdout).toContain(`--> main.seq:${line}:${column}\n`);
    expect(stdout).toContain(`did you mean "${meant.replace(/^\.\/|"/g, "")}"?`);

    expect(await callCli(["check", "--fix"], { folder })).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "main.seq"), "utf8")).toBe(complete);
  });
});
