// Sequences of other systems through the command: in, checked, changed, out again.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const xml = `<?xml version="1.0"?>\r
<sequence version="3.00" name="Lab desk" description="">\r
  <step type="SMS_TaskSequence_RunCommandLineAction" name="One" description="" disable="false" continueOnError="false" startIn="" successCodeList="0 3010" runIn="WinPEandFullOS">\r
    <action>one.exe /q "%LogDir%"</action>\r
  </step>\r
</sequence>`;

function share(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "Control/LAB"), { recursive: true });
  writeFileSync(join(folder, "Control/LAB/ts.xml"), xml);
  writeFileSync(join(folder, "Control/Applications.xml"), "<applications/>");
  return folder;
}

it("brings a share in, finds nothing wrong with it, and gives the same bytes back", async () => {
  const folder = share();
  const imported = await callCli(["import", "Control", "-o", "osd"], { folder });
  expect(imported).toMatchObject({ code: 0, stdout: "osd/sequences/lab-desk.seq\n" });
  expect(imported.stderr).toContain("imported 1 sequence: 1 of 1 step and 0 of 0 conditions natively");
  expect(await callCli(["check", "osd"], { folder })).toMatchObject({ code: 0 });
  const exported = await callCli(["export", "osd/sequences/lab-desk.seq", "-o", "back.xml"], { folder });
  expect(exported.code).toBe(0);
  expect(readFileSync(join(folder, "back.xml"), "utf8")).toBe(xml);
});

it("writes a change back at its place alone", async () => {
  const folder = share();
  await callCli(["import", "Control", "-o", "osd"], { folder });
  const source = join(folder, "osd/sequences/lab-desk.seq");
  writeFileSync(source, readFileSync(source, "utf8").replace("one.exe /q", "one.exe /v"));
  await callCli(["export", "osd/sequences/lab-desk.seq", "-o", "back.xml"], { folder });
  expect(readFileSync(join(folder, "back.xml"), "utf8")).toBe(xml.replace("one.exe /q", "one.exe /v"));
});

it("does not write over what somebody has changed, unless asked to", async () => {
  const folder = share();
  await callCli(["import", "Control", "-o", "osd"], { folder });
  expect((await callCli(["import", "Control", "-o", "osd"], { folder })).code).toBe(0);
  const source = join(folder, "osd/sequences/lab-desk.seq");
  const before = readFileSync(source, "utf8");
  writeFileSync(source, `${before}// mine\n`);
  const again = await callCli(["import", "Control", "-o", "osd"], { folder });
  expect(again.code).toBe(2);
  expect(again.stderr).toContain("osd/sequences/lab-desk.seq");
  expect(readFileSync(source, "utf8")).toBe(`${before}// mine\n`);
  await callCli(["import", "Control", "-o", "osd", "--overwrite"], { folder });
  expect(readFileSync(source, "utf8")).toBe(before);
});

it("writes nothing where one file can't be read, and says where", async () => {
  const folder = share();
  writeFileSync(
    join(folder, "Control/bad.xml"),
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>\n<sequence>&b;</sequence>',
  );
  const refused = await callCli(["import", "Control", "-o", "osd"], { folder });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("Control/bad.xml:1:1: it has a document type or markup declaration");
  expect(existsSync(join(folder, "osd"))).toBe(false);
  expect(readdirSync(folder)).toEqual(["Control"]);
});
