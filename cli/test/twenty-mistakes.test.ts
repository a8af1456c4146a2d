// A file with twenty mistakes of different kinds gives twenty findings at their places, in JSON: none follows from another.
import { expect, test } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const source = `import "./shared.seq" as shared
package office "./ofice"
package tools "./tools"
account installer { usr: "svc" }
type Site = "AMS" | "RTM"

sequence child "Child" {
  param name: string
  log name
}

sequence main "Main" {
  param site: Site = "AMR"
  var count: itn
  var total: int = 0
  secret key: string
  step "One" run "tool \${sight}" from tols
  step "Two" run "tool" timeout 5 as instaler
  step "Three" use disk.fromat { device: "/dev/sda", style: gpt, partitions: [] }
  step "Four" use folder.create { pth: "/a" }
  step "Five" call shared.chidl { name: "x" }
  step "Six" call chidl { name: site, ring: pilot }
  step "Seven" log "x" retry 3
  step "Eight" log key
  step "Nine" set totl = 1
  step "Ten" log "x" when last.exit == 0
  step "Eleven" run "setup.exe 'one"
  step "Twelve" log "x" when total = 3
  step "Thirteen" run "x";
  step "Fourteen" runn "x"
  step "Fifteen" log "x" when device.name matches "["
}
`;

test("twenty mistakes are twenty findings", async () => {
  const folder = temporaryFolder({
    "main.seq": source,
    "shared.seq": `sequence child { log "x" }\n`,
    "tools/a.txt": "",
  });
  const { code, stdout } = await callCli(["check", "main.seq", "--format", "json"], { folder });
  expect(code).toBe(1);
  const found = JSON.parse(stdout) as readonly {
    readonly code: string;
    readonly range: { readonly start: { readonly line: number; readonly column: number } };
  }[];
  expect(found.map(({ code: id, range: { start } }) => `${start.line}:${start.column} ${id}`)).toEqual([
    "2:17 SEQ2006",
    "4:21 SEQ2110",
    "13:22 SEQ3017",
    "14:14 SEQ2106",
    "17:26 SEQ2101",
    "17:39 SEQ2004",
    "18:33 SEQ3001",
    "18:38 SEQ2104",
    "19:20 SEQ2102",
    "20:35 SEQ2109",
    "21:27 SEQ2009",
    "22:19 SEQ2103",
    "23:24 SEQ5001",
    "24:20 SEQ6001",
    "25:19 SEQ2107",
    "26:32 SEQ2108",
    "27:32 SEQ5102",
    "28:36 SEQ1013",
    "29:26 SEQ1014",
    "30:19 SEQ1111",
    "31:51 SEQ3105",
  ]);
});
