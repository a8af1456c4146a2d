import { describe, expect, it } from "vitest";
import { parse, print } from "@sequitur/grammar";
import { exportSequence } from "../index.ts";
import { command, exported, imported, mdt, sourceOf, tagDesk, xmlOf } from "../test/made-up.ts";

const share = mdt(
  `  <group expand="true" name="Install" description="" disable="false" continueOnError="false">\r\n    <action />\r\n${command("One", "one.exe")}\r\n${command("Two", "two.exe")}\r\n${command("Three", "three.exe")}\r\n  </group>`,
);

describe("with the origin", () => {
  it("gives the same bytes for what nobody changed, also after a formatter", () => {
    for (const xml of [tagDesk, share, share.replaceAll("\r\n", "\n")]) {
      const reprinted = (text: string): string => print(parse(text.replaceAll("\n  ", "\n     "), "lab.seq"));
      expect(xmlOf(exported(imported(xml)))).toBe(xml);
      expect(xmlOf(exported(imported(xml), reprinted))).toBe(xml);
    }
  });

  it("gives UTF-16 and marks back as they came", () => {
    const utf16 = Buffer.from(`\uFEFF${share}`, "utf16le");
    const result = exported(imported(utf16));
    expect(result.kind === "xml" && Buffer.compare(result.bytes, utf16)).toBe(0);
    const marked = Buffer.from(`\uFEFF${share}`, "utf8");
    const again = exported(imported(marked));
    expect(again.kind === "xml" && Buffer.compare(again.bytes, marked)).toBe(0);
  });

  it.each([
    ['"two.exe"', '"two.exe /q"', "<action>two.exe</action>", "<action>two.exe /q</action>"],
    ['step "Two"', 'step "Second"', 'name="Two"', 'name="Second"'],
  ])("replaces the one place that %s changes", (before, after, old, now) => {
    expect(sourceOf(imported(share))).toContain(before);
    expect(xmlOf(exported(imported(share), (text) => text.replace(before, after)))).toBe(share.replace(old, now));
  });

  it("writes a command and its repetition in the action", () => {
    const changed = xmlOf(exported(imported(tagDesk), (text) => text.replace("%RING%'", "%RING% /v'")));
    expect(changed).toBe(tagDesk.replaceAll("%RING%<", "%RING% /v<"));
  });

  it("writes conditions, switches and descriptions where they belong", () => {
    const changed = xmlOf(
      exported(imported(share), (text) =>
        text.replace(
          'step "Two" commandline "two.exe"',
          '/// Second\nstep "Two" commandline "two.exe" when defined(Site) continue on error disabled',
        ),
      ),
    );
    expect(changed).toContain(
      '<step type="SMS_TaskSequence_RunCommandLineAction" name="Two" description="Second" disable="true" continueOnError="true"',
    );
    expect(changed).toContain('<variable name="Operator">exists</variable><variable name="Variable">Site</variable>');
    expect(sourceOf(imported(changed))).toContain("when defined(Site)");
  });

  it("takes deleted steps out, puts moved ones elsewhere with their bytes, and new ones in", () => {
    const gone = exported(imported(share), (text) => text.replace('    step "Two" commandline "two.exe"\n', ""));
    expect(xmlOf(gone)).toBe(share.replace(`\r\n${command("Two", "two.exe")}`, ""));
    const moved = exported(imported(share), (text) =>
      text
        .replace('    step "One" commandline "one.exe"\n', "")
        .replace('"three.exe"\n', '"three.exe"\n    step "One" commandline "one.exe"\n'),
    );
    const expected = share
      .replace(`\r\n${command("One", "one.exe")}`, "")
      .replace(command("Three", "three.exe"), `${command("Three", "three.exe")}\r\n${command("One", "one.exe")}`);
    expect(xmlOf(moved)).toBe(expected);
    const more = exported(imported(share), (text) =>
      text.replace('"three.exe"\n', '"three.exe"\n    step "Four" commandline "four.exe"\n'),
    );
    expect(sourceOf(imported(xmlOf(more)))).toContain(
      'step "Three" commandline "three.exe"\n    step "Four" commandline "four.exe"',
    );
  });

  it("writes a changed argument of an action into its setting", () => {
    const gather = mdt(
      '  <step type="BDD_Validate" name="Check" successCodeList="0 3010"><defaultVarList><variable name="ImageMemory" property="ImageMemory">768</variable><variable name="VerifyOS" property="VerifyOS">CLIENT</variable></defaultVarList><action>cscript.exe "%SCRIPTROOT%\\ZTIValidate.wsf"</action></step>',
    );
    const result = exported(imported(gather), (text) => text.replace("768MB", "2GB"));
    expect(xmlOf(result)).toBe(gather.replace(">768<", ">2048<"));
  });

  it("says at its place what can't be written there", () => {
    const result = exported(imported(share), (text) => text.replace('commandline "two.exe"', 'run "two.exe"'));
    expect(result.kind === "problems" && result.problems).toEqual([
      {
        path: "sequences/lab-desk.seq",
        line: 5,
        column: 5,
        message: "only changes of command lines and of `set` with one variable can be written back yet",
      },
    ]);
  });
});

describe("without an origin", () => {
  const source = `sequence main "Lab" {
  global var Site: string

  group "All" when os.phase == "winpe" and (Site ~= "AMS" or not defined(Site)) {
    step "Say" commandline 'cmd /c echo "a & b"' success 0, 5 reboots 3010
    step "Site" set Site = "RTM"
    step "Again" restart
  }
}
`;
  it.each(["configmgr", "mdt"] as const)("makes a file for %s that comes in again as the same text", (dialect) => {
    const result = exportSequence({ path: "lab.seq", text: source, scripts: new Map(), contents: new Map(), dialect });
    const again = sourceOf(imported(xmlOf(result), "Lab.xml"));
    const body = (text: string): string => text.slice(text.indexOf("group")).replace(/\s+/g, " ");
    expect(body(again)).toBe(body(print(parse(source, "lab.seq"))));
  });
});
