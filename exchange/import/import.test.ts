import { describe, expect, it } from "vitest";
import { importProject } from "../index.ts";
import { command, fileText, imported, mdt, sourceOf, tagDesk } from "../test/made-up.ts";

describe("a sequence of Configuration Manager", () => {
  it("becomes steps, clauses and conditions that read like ones written by hand", () => {
    expect(sourceOf(imported(tagDesk, "Tag desk.xml"))).toBe(`import { pkgLAB00021 } from "../content.seq"

sequence tagDesk "Tag desk" {
  global var Ring: string
  global var LabCode: string

  group "Install" continue on error {
    /// Asks the asset list
    step "Find ring"
      powershell '''
      Write-Output 2
      '''
      into Ring
      success 0
    step "Tag"
      commandline 'tag.exe "%OSDComputerName%" %RING%'
      from pkgLAB00021
      when not Ring ~= "0"
      success 0, 7
      reboots 3010
      timeout 15m
      needs fullos
      foreign { "@labGate": "2" }
  }
  group "Failed" when not last.succeeded {
    step "Keep the code" set LabCode = "\${last.code}"
  }
}
`);
  });

  it("declares content by its identifier", () => {
    expect(fileText(imported(tagDesk), "content.seq")).toBe('package pkgLAB00021 "configmgr:LAB00021"\n');
  });
});

describe("a sequence of MDT", () => {
  it("has actions for the scripts, whatever the case of their letters", () => {
    const text = sourceOf(
      imported(
        mdt(
          [
            '  <step name="Next" disable="false" continueOnError="true" successCodeList="0 3010"><action>cscript.exe "%ScriptRoot%\\ZTINEXTPHASE.wsf"</action></step>',
            '  <step name="Stage" successCodeList="0 3010"><action>cscript.exe "%SCRIPTROOT%\\LTIApply.wsf" /PE /STAGE</action></step>',
            '  <step type="BDD_Gather" name="Gather" successCodeList="0 3010"><defaultVarList><variable name="GatherLocalOnly" property="GatherLocalOnly">true</variable><variable name="RulesFile" property="RulesFile"></variable></defaultVarList><action>cscript.exe "%SCRIPTROOT%\\ZTIGather.wsf"</action></step>',
          ].join("\r\n"),
        ),
      ),
    );
    expect(text).toContain('step "Next" use mdt.nextPhase {} continue on error');
    expect(text).toContain('step "Stage" use mdt.applyWindowsPE { mode: stage }');
    expect(text).toContain('step "Gather" use mdt.gather { localOnly: true }');
    expect(text).toContain("/// For the lab\nsequence labDesk");
  });

  it("keeps a step that nobody knows, with its settings, and says so in the report", () => {
    const project = imported(
      mdt(
        '<step type="LAB_Stamp" name="Stamp" successCodeList="0 3010"><defaultVarList><variable name="LabMode" property="Mode">2</variable></defaultVarList><action>stamp.exe /x</action></step>',
      ),
    );
    expect(sourceOf(project)).toContain(`step "Stamp"
    use foreign.step { type: "LAB_Stamp", command: "stamp.exe /x" }
    foreign { LabMode: "2" }`);
    expect(fileText(project, "import-report.md")).toContain(
      '- line 3, step `Stamp`: steps of the type "LAB_Stamp" are not known',
    );
  });

  it("never runs what a condition that can't be said would have kept from running", () => {
    const condition = '<condition><expression type="LAB_MoonExpression"></expression></condition>';
    const project = imported(
      mdt(
        `${command("Wipe", "wipe.exe", condition)}<group name="All" description="">${condition}${command("Say", "say.exe")}</group>`,
      ),
    );
    const text = sourceOf(project);
    expect(text).toContain('use foreign.step { type: "SMS_TaskSequence_RunCommandLineAction", command: "wipe.exe" }');
    expect(text).toContain('disabled "its condition has no form here"');
  });
});

describe("secrets", () => {
  const project = imported(
    tagDesk.replace(
      'property="PackageID" hidden="true">LAB00021</variable>',
      'property="PackageID" hidden="true">LAB00021</variable><variable name="_SMSTSRunCommandLineAsUser" property="RunAsUser">true</variable><variable name="SMSTSRunCommandLineUserName" property="UserName">LAB\\svc-tag</variable><variable name="SMSTSRunCommandLineUserPassword" property="UserPassword">Sommer&amp;2027</variable>',
    ),
  );

  it("are in nothing that is written", () => {
    for (const { path } of project.files) expect(fileText(project, path), path).not.toMatch(/Sommer/);
  });

  it("become accounts, and the report names their place", () => {
    expect(fileText(project, "content.seq")).toContain(
      `account svcTag { user: 'LAB\\svc-tag', password: env("SVC_TAG_PASSWORD") }`,
    );
    expect(sourceOf(project)).toContain("as svcTag");
    expect(fileText(project, "import-report.md")).toContain("`SMSTSRunCommandLineUserPassword` was taken out");
  });

  it("set by a hidden variable become parameters", () => {
    const step =
      '<step type="SMS_TaskSequence_SetVariableAction" name="Code" successCodeList="0"><action>tsenv.exe "JoinCode=Winter27"</action><defaultVarList><variable name="VariableName" property="VariableName" hidden="true">JoinCode</variable><variable name="VariableValue" property="VariableValue" hidden="true">Winter27</variable><variable name="DoNotShowVariableValue" property="DoNotShowVariableValue" hidden="true">true</variable></defaultVarList></step>';
    const hidden = imported(`<sequence version="3.10">${step}</sequence>`);
    expect(sourceOf(hidden)).toContain("global secret JoinCode: string");
    expect(sourceOf(hidden)).toContain('step "Code" set JoinCode = joinCodeValue');
    for (const { path } of hidden.files) expect(fileText(hidden, path), path).not.toMatch(/Winter27/);
  });
});

it("spells a variable in one way in all sequences of an import", () => {
  const step = (name: string): string =>
    mdt(
      command("One", "one.exe", "").replace(
        "</step>",
        `<condition><expression type="SMS_TaskSequence_VariableConditionExpression"><variable name="Variable">${name}</variable><variable name="Operator">exists</variable></expression></condition></step>`,
      ),
    );
  const inputs = ["LabKind", "LABKIND"].map((name) => ({
    path: `${name}.xml`,
    bytes: new TextEncoder().encode(step(name)),
  }));
  const project = importProject(inputs);
  for (const { path } of project.sequences)
    expect(fileText(project, path)).toContain("extern global var LabKind: string");
});

it("imports all files or none", () => {
  const project = imported("<sequence><group></sequence>", "broken.xml");
  expect(project.problems).toEqual([
    { path: "broken.xml", line: 1, column: 18, message: "</sequence> stands where </group> is due" },
  ]);
  expect(project.files).toEqual([]);
});
