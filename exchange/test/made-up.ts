// Made-up files of the other systems, and short ways to import and export them in tests.
import { exportSequence, importProject, readOriginMap } from "../index.ts";
import type { Exported, ImportedProject } from "../index.ts";

/** A sequence of Configuration Manager with a command, an embedded script, a condition and an emulated handler. */
export const tagDesk = `<sequence version="3.10"><referenceList><reference package="LAB00021" program="*"/></referenceList><group name="Install" description="" continueOnError="true"><step type="SMS_TaskSequence_RunPowerShellScriptAction" name="Find ring" description="Asks the asset list" runIn="WinPEandFullOS" successCodeList="0" retryCount="0" runFromNet="false"><action>OSDRunPowerShellScript.exe</action><defaultVarList><variable name="OSDRunPowerShellScriptExecutionPolicy" property="ExecutionPolicy">Bypass</variable><variable name="OSDRunPowerShellScriptOutputVariableName" property="OutputVariableName">Ring</variable><variable name="OSDRunPowerShellScriptSourceScript" property="SourceScript">//5XAHIAaQB0AGUALQBPAHUAdABwAHUAdAAgADIA</variable></defaultVarList></step><step type="SMS_TaskSequence_RunCommandLineAction" name="Tag" description="" timeout="900" runIn="FullOS" successCodeList="0 3010 7" retryCount="0" runFromNet="false" labGate="2"><condition><operator type="and"><expression type="SMS_TaskSequence_VariableConditionExpression"><variable name="Operator">notEquals</variable><variable name="Value">0</variable><variable name="Variable">Ring</variable></expression></operator></condition><action>smsswd.exe /run:LAB00021 tag.exe "%OSDComputerName%" %RING%</action><defaultVarList><variable name="CommandLine" property="CommandLine" hidden="true">tag.exe "%OSDComputerName%" %RING%</variable><variable name="PackageID" property="PackageID" hidden="true">LAB00021</variable><variable name="SuccessCodes" property="SuccessCodes" hidden="true">0 3010 7</variable></defaultVarList></step></group><group name="Failed" description=""><condition><expression type="SMS_TaskSequence_VariableConditionExpression"><variable name="Operator">equals</variable><variable name="Value">False</variable><variable name="Variable">_SMSTSLastActionSucceeded</variable></expression></condition><step type="SMS_TaskSequence_SetVariableAction" name="Keep the code" description="" runIn="WinPEandFullOS" successCodeList="0" retryCount="0" runFromNet="false"><action>tsenv.exe "LabCode=%_SMSTSLastActionRetCode%"</action><defaultVarList><variable name="VariableName" property="VariableName" hidden="true">LabCode</variable><variable name="VariableValue" property="VariableValue" hidden="true">%_SMSTSLastActionRetCode%</variable></defaultVarList></step></group></sequence>`;

/** The inside of a sequence of MDT, in the layout of its editor. */
export function mdt(inside: string): string {
  return `<?xml version="1.0"?>\r\n<sequence version="3.00" name="Lab desk" description="For the lab">\r\n${inside}\r\n</sequence>`;
}

export function command(name: string, action: string, more = ""): string {
  return `  <step type="SMS_TaskSequence_RunCommandLineAction" name="${name}" description="" disable="false" continueOnError="false" startIn="" successCodeList="0 3010" runIn="WinPEandFullOS">\r\n    ${more}<action>${action}</action>\r\n  </step>`;
}

export function imported(xml: string | Uint8Array, path = "lab.xml"): ImportedProject {
  const bytes = typeof xml === "string" ? new TextEncoder().encode(xml) : xml;
  return importProject([{ path, bytes }]);
}

/** The text of a file that the import has made; empty: it has made none. */
export function fileText(project: ImportedProject, path: string): string {
  const file = project.files.find((found) => found.path === path);
  return file === undefined ? "" : new TextDecoder().decode(file.bytes);
}

export function sourceOf(project: ImportedProject): string {
  return fileText(project, project.sequences[0]?.path ?? "");
}

/** Exports the first sequence, after `edit` has changed its text. */
export function exported(project: ImportedProject, edit: (text: string) => string = (text) => text): Exported {
  const path = project.sequences[0]?.path ?? "";
  const base = path.replace(/^sequences\//, "origin/").replace(/\.seq$/, "");
  const map = readOriginMap(fileText(project, `${base}.json`));
  const xml = project.files.find((file) => file.path === `${base}.xml`)?.bytes;
  if (map === undefined || xml === undefined) throw new Error(`${path} has no origin`);
  return exportSequence({
    path,
    text: edit(sourceOf(project)),
    scripts: new Map(
      project.files
        .filter((file) => file.path.startsWith("scripts/"))
        .map((file) => [`../${file.path}`, fileText(project, file.path)]),
    ),
    contents: new Map([["pkgLAB00021", "LAB00021"]]),
    origin: { xml, map },
  });
}

export function xmlOf(result: Exported): string {
  return result.kind === "xml"
    ? new TextDecoder().decode(result.bytes)
    : result.problems.map(({ line, message }) => `${line}: ${message}`).join("\n");
}
