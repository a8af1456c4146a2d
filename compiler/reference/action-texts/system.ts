// The system as a whole, in words.
import { notProved } from "./action-text.ts";
import type { ActionTexts } from "./action-text.ts";

const target = "The drive of the Windows that was applied. Left out: what the global `OSDTargetSystemDrive` says.";
const answerFile =
  "The answer file is `Windows\\Panther\\unattend.xml` on that drive; what it says already stays, unless it says it of the same setting.";

export const systemTexts: ActionTexts<
  "os.setup" | "os.upgrade" | "os.applySettings" | "os.captureSettings" | "os.setHostName" | "machine.checkReadiness"
> = {
  "os.setup": {
    summary: "Makes the Windows that was applied start, and restarts to it: from Windows PE into the full system.",
    parameters: {
      to: target,
      client: "A package with the Configuration Manager client, which is installed at the end of Windows' set-up.",
      clientProperties: "Properties for the client's set-up program, with blanks between them.",
      preProduction: "Kept for sequences of Configuration Manager; fails the step.",
      preProductionClient: "Kept for sequences of Configuration Manager; fails the step.",
    },
    notes: ["What comes after it runs in the full system.", `\`bcdboot\` and PowerShell do it. ${notProved}`],
    example: {
      text: `sequence main {
  step "Start Windows"
    use os.setup { to: "C:" }
}
`,
    },
  },
  "os.upgrade": {
    summary: "Upgrades Windows in place.",
    parameters: {
      package: "The package with Windows' setup files. Give exactly one of `package`, `source` and `featureUpdates`.",
      source: "The folder that holds them, where it is no package.",
      featureUpdates: "Kept for sequences of Configuration Manager; fails the step.",
      edition: "Which image of the setup files, from 1. Left out: the one that fits the machine.",
      productKey: "The key for the new Windows.",
      drivers: "A package of drivers for the new Windows.",
      stagedDrivers: "A folder of drivers, where they are no package.",
      scanOnly: "Only look whether the upgrade would work?",
      ignoreMessages: "Go on though set-up has warnings about programs?",
      dynamicUpdate: "Does set-up fetch updates for itself? `policy` and `override` let it.",
      preserve: "What is kept, as set-up names it. Left out: `Upgrade`, which is all.",
    },
    notes: [
      "The machine restarts within it and comes back in the new Windows; a scan does not restart.",
      `Windows' own set-up program does it. ${notProved}`,
    ],
    example: {
      text: `package windows "./windows"

sequence main {
  step "Would it work?"
    use os.upgrade { package: windows, scanOnly: true }
    timeout 2h
  step "Upgrade"
    use os.upgrade { package: windows }
    timeout 4h
}
`,
      files: { "windows/setup.exe": "MZ" },
    },
  },
  "os.applySettings": {
    summary: "Writes names, time zone and languages into the answer file of the Windows that was applied.",
    parameters: {
      to: target,
      userName: "Who the Windows is registered to.",
      organization: "Whose machine it is.",
      computerName: "The machine's name. Left out: Windows makes one up.",
      productKey: "The key.",
      serverLicensing: "Kept for sequences of Windows Server 2003; fails the step.",
      maxConnections: "Kept for sequences of Windows Server 2003; fails the step.",
      randomAdminPassword: "Is the local administrator left without a password that anybody knows?",
      adminPassword: "The local administrator's password, with `randomAdminPassword: false`.",
      timeZone: "As Windows names time zones: `W. Europe Standard Time`.",
      inputLocale: "Language of the keyboard: `en-US`.",
      systemLocale: "Language for old programs.",
      uiLanguage: "Language of the menus.",
      uiLanguageFallback: "Language of the menus where that one lacks.",
      userLocale: "Language of dates and numbers.",
    },
    notes: [answerFile, "A password stands in the answer file until Windows has been set up.", notProved],
    example: {
      text: `sequence main {
  param name: string
  step "Name the machine"
    use os.applySettings { to: "C:", userName: "Contoso", organization: "Contoso", computerName: name, uiLanguage: "en-US" }
}
`,
    },
  },
  "os.captureSettings": {
    summary: "Tells name, organization and time zone of the system that runs, for the one that takes its place.",
    parameters: {
      computerName: "Tell the machine's name?",
      registration: "Tell the organization? Linux has none.",
      timeZone: "Tell the time zone, as this system names it?",
    },
    notes: [
      "The globals `OSDComputerName`, `OSDRegisteredOrgName` and `OSDTimeZone` are set, too, where the sequence has them.",
      `On Windows PowerShell does it. ${notProved}`,
    ],
    example: {
      text: `sequence main {
  step settings "Remember what this machine is called"
    use os.captureSettings {}
  log settings.output.computerName ?? "it has no name"
}
`,
    },
  },
  "os.setHostName": {
    summary: "Gives the machine a name, now and for every start to come.",
    parameters: { name: "The name; letters, digits and hyphens, with dots between its parts." },
    notes: ["`/etc/hostname` and the line for 127.0.1.1 in `/etc/hosts` are changed. Needs root."],
    example: {
      text: `sequence main {
  param site: string = "ams"
  step "Name the machine"
    use os.setHostName { name: "\${site}-kiosk" }
}
`,
    },
  },
  "machine.checkReadiness": {
    summary: "Fails unless the machine has what is asked for, and names all that lacks.",
    parameters: {
      memory: "The least main memory. A machine may fall short by 6%, since firmware keeps some for itself.",
      processorSpeed: "The least speed of the processor, in megahertz.",
      disk: "The least free space on the disk of `folder`.",
      folder: "Where `disk` looks. Left out: `/`, on Windows `C:\\`.",
      firmware: "What must have started the machine.",
      architecture: "What its system is made for.",
      osType: "On Windows: is it one for desks or for servers?",
      minimumVersion: "The oldest version of the system that will do.",
      maximumVersion: "The newest version of the system that will do.",
      clientVersion: "On Windows: the oldest version of the Configuration Manager client that will do.",
      language: "On Windows: the number of its language, e.g. 1033.",
      power: "Must it run on mains power? A machine without a battery does.",
      network: "Must it have an address in a network?",
      wired: "Must it have one by wire?",
      tpm: "Must it have a TPM that is switched on? On Linux one of version 2.0.",
      tpmActivated: "Must its TPM be activated? On Linux the same as `tpm`.",
    },
    notes: [
      "What is left out is not looked at. A machine that lacks something fails the step with code 1 and reason `exit`.",
      "What only Windows can tell lacks on every other system.",
    ],
    example: {
      text: `sequence main {
  step "Is this machine good enough?"
    use machine.checkReadiness { memory: 4GB, disk: 40GB, firmware: uefi, power: true }
}
`,
    },
  },
};
