// What Windows' own tools are called with. Nothing runs: a planner gives data, and these compare it on any machine.
import { describe, expect, it } from "vitest";
import type { Value } from "../../plan/value.ts";
import { withSettings } from "./answer-file.ts";
import { windowsPlanners, type WindowsActionName } from "./windows-actions.ts";
import { type Around, scriptFile, type WindowsWork } from "./work.ts";

const around: Around = { globals: {}, environment: { SystemDrive: "C:", SystemRoot: "C:\\Windows" } };
const applied: Around = { ...around, globals: { OSDTargetSystemDrive: "W:" } };

type Args = { readonly [parameter: string]: Value };

function work(name: WindowsActionName, args: Args, surroundings = around): WindowsWork {
  const planned = windowsPlanners[name](args, surroundings);
  if ("problem" in planned) throw new Error(planned.problem);
  return planned;
}

/** Programs with their arguments; a script of PowerShell in short, a script file as its lines. */
function calls(name: WindowsActionName, args: Args, surroundings = around): readonly (readonly string[])[] {
  return (work(name, args, surroundings).commands ?? []).map(({ program, args: words, script }) => {
    if (program === "powershell.exe") return [program];
    return [program, ...words.flatMap((word) => (word === scriptFile ? (script ?? "").trim().split("\n") : [word]))];
  });
}

function problem(name: WindowsActionName, args: Args, surroundings = around): string {
  const planned = windowsPlanners[name](args, surroundings);
  return "problem" in planned ? planned.problem : "";
}

const variables = (name: WindowsActionName, args: Args, surroundings = around): unknown =>
  (work(name, args, surroundings).commands ?? []).map(({ environment }) => environment ?? {});

describe("disks", () => {
  it("are partitioned by diskpart", () => {
    const partitions = [
      { name: "EFI", type: "efi", size: String(300 * 1024 ** 2) },
      { type: "msr", size: String(16 * 1024 ** 2) },
      { name: "Windows", size: "100%", fileSystem: "ntfs", quickFormat: true, letter: "OSDisk" },
    ];
    expect(calls("disk.format", { disk: 1, style: "gpt", partitions })).toEqual([
      [
        ...["diskpart.exe", "/s", "select disk 1", "clean", "convert gpt"],
        ...["create partition efi size=300", 'format fs=fat32 label="EFI" quick', "create partition msr size=16"],
        ...["create partition primary", 'format fs=ntfs label="Windows" quick', "assign letter=C"],
      ],
    ]);
    expect(work("disk.format", { disk: 1, style: "gpt", partitions }).globals).toEqual({ OSDisk: "C:" });
  });

  it("get an EFI partition in front, an active one, and recovery's own type", () => {
    const boot = calls("disk.format", { disk: 0, style: "gpt", bootDisk: true, partitions: [{ type: "recovery" }] })[0];
    expect(boot?.slice(5)).toEqual([
      ...["create partition efi size=300", 'format fs=fat32 label="System" quick', "create partition primary"],
      ...["set id=de94bba4-06d1-4d40-a16a-bfd50179d6ac", "gpt attributes=0x8000000000000001"],
    ]);
    const old = calls("disk.format", {
      disk: 0,
      style: "mbr",
      partitions: [{ fileSystem: "ntfs", bootable: true }],
    })[0];
    expect(old?.slice(4)).toEqual(["convert mbr", "create partition primary", "format fs=ntfs", "active"]);
  });

  it("take no name that would be another command, and nothing that Windows can't make", () => {
    const format = (partition: Value): string =>
      problem("disk.format", { disk: 0, style: "gpt", partitions: [partition] });
    expect(format({ name: 'a"\nselect disk 1' })).toContain("can't have the name");
    expect(format({ name: "a", fileSystem: "ext4" })).toContain("can't make the file system ext4");
    expect(format({ name: "a", size: "50%" })).toContain("not of 50%");
    expect(problem("disk.format", { device: "/dev/sda", style: "gpt", partitions: [{}] })).toContain("by its number");
  });

  it("become dynamic", () => {
    expect(calls("disk.convertToDynamic", { disk: 2 })[0]?.slice(2)).toEqual(["select disk 2", "convert dynamic"]);
  });
});

describe("BitLocker", () => {
  it("is turned on with its protectors, and the pin is on no command line", () => {
    const args = { drive: "D", mode: "tpmAndPin", pin: "135790", method: "xtsAes256", recoveryKey: "ad", wait: true };
    expect(calls("bitlocker.enable", args)).toEqual([
      ["powershell.exe"],
      ["manage-bde.exe", "-protectors", "-add", "D:", "-recoverypassword"],
      ["powershell.exe"],
      ["powershell.exe"],
      ["manage-bde.exe", "-on", "D:", "-skiphardwaretest", "-used", "-em", "xts_aes256"],
      ["powershell.exe"],
    ]);
    const words = (work("bitlocker.enable", args).commands ?? []).flatMap((command) => command.args).join(" ");
    expect(words).not.toContain("135790");
    expect(variables("bitlocker.enable", args)).toContainEqual({
      SEQUITUR_DRIVE: "D:",
      SEQUITUR_KEY_DRIVE: "",
      SEQUITUR_PIN: "135790",
    });
  });

  it("leaves a machine without a TPM alone where that is asked", () => {
    const check = (skipWithoutTpm: boolean): unknown =>
      work("bitlocker.enable", { skipWithoutTpm }).commands?.[0]?.endsAt;
    expect([check(true), check(false)]).toEqual([3, undefined]);
    expect(problem("bitlocker.enable", { mode: "tpmAndPin", pin: "12" })).toBe("the pin has 4 to 20 digits");
    expect(problem("bitlocker.enable", { mode: "key" })).toContain("startupKeyDrive");
    expect(problem("bitlocker.enable", { recoveryKey: "database" })).toContain("use ad or none");
    expect(problem("bitlocker.enable", { drive: "CD" })).toBe("CD is not the letter of a drive");
  });

  it("is suspended, and prepared in Windows PE", () => {
    expect(calls("bitlocker.disable", { restarts: 0 })).toEqual([
      ["manage-bde.exe", "-protectors", "-disable", "C:", "-RebootCount", "0"],
    ]);
    expect(calls("bitlocker.preProvision", { drive: "c:", fullDisk: true })).toEqual([["manage-bde.exe", "-on", "C:"]]);
    expect(variables("bitlocker.preProvision", { disk: 0, partition: 3 })).toEqual([
      { SEQUITUR_DISK: "0", SEQUITUR_PARTITION: "3", SEQUITUR_ARGUMENTS: '["-used"]' },
    ]);
    expect(problem("bitlocker.preProvision", { disk: 0 })).toContain("partition");
  });
});

describe("images and drivers", () => {
  it("are applied by DISM", () => {
    const apply = ["dism.exe", "/Apply-Image", "/ImageFile:D:\\a.wim", "/Index:2", "/CheckIntegrity", "/ApplyDir:W:\\"];
    expect(calls("image.apply", { image: "D:\\a.wim", index: 2, to: "W:" })).toEqual([apply]);
    expect(work("image.apply", { image: "a", to: "W:" }).globals).toEqual({ OSDTargetSystemDrive: "W:" });
    expect(variables("image.applyData", { image: "a.wim", disk: 0, partition: 2 })).toEqual([
      {
        SEQUITUR_DISK: "0",
        SEQUITUR_PARTITION: "2",
        SEQUITUR_ARGUMENTS: '["/Apply-Image","/ImageFile:a.wim","/Index:1","/CheckIntegrity"]',
      },
    ]);
    expect(calls("image.apply", { package: "D:\\os", edition: 3, to: "W:\\" })[0]).toContain(
      "/ImageFile:D:\\os\\sources\\install.wim",
    );
    expect(calls("image.applyData", { image: "a.wim", to: "E:", wipe: true }).length).toBe(2);
    expect(calls("image.apply", { image: "a", to: "W:", answerPackage: "D:\\answers" }).length).toBe(2);
  });

  it("are captured by DISM, over a share with its account", () => {
    expect(
      calls("image.capture", { from: "C:\\", to: "D:\\base.wim", version: "1.2", compression: "maximum" })[1],
    ).toEqual([
      ...["dism.exe", "/Capture-Image", "/ImageFile:D:\\base.wim", "/CaptureDir:C:\\", "/Name:base"],
      ...["/Description:1.2", "/Compress:max", "/CheckIntegrity"],
    ]);
    const account = { user: "CONTOSO\\cap", password: "hush" };
    const args = { from: "C:\\", to: "\\\\files\\images\\base.wim", account };
    expect(variables("image.capture", args)).toContainEqual({
      ...{ SEQUITUR_PATH: "\\\\files\\images", SEQUITUR_DRIVE: "" },
      ...{ SEQUITUR_USER: "CONTOSO\\cap", SEQUITUR_PASSWORD: "hush" },
    });
  });

  it("are prepared for", () => {
    expect(calls("image.prepareClient", {})).toEqual([["C:\\Windows\\ccmsetup\\ccmsetup.exe", "/uninstall"]]);
    const sysprep = "C:\\Windows\\System32\\Sysprep\\sysprep.exe";
    expect(calls("image.prepareWindows", { shutdown: true })).toEqual([
      [sysprep, "/quiet", "/generalize", "/oobe", "/shutdown"],
    ]);
    expect(work("image.prepareWindows", { keepActivation: true })).toMatchObject({ restart: { to: "winpe" } });
    expect(calls("image.prepareWindows", { keepActivation: true })[0]?.[0]).toBe("reg.exe");
  });

  it("drivers go where the system lies", () => {
    expect(calls("driver.applyPackage", { package: "D:\\drv", recurse: true, unsigned: true }, applied)).toEqual([
      ["dism.exe", "/Image:W:\\", "/Add-Driver", "/Driver:D:\\drv", "/Recurse", "/ForceUnsigned"],
    ]);
    expect(problem("driver.applyPackage", { package: "D:\\drv" })).toContain("it is not known where the system lies");
  });
});

describe("the system", () => {
  it("is set up and restarts", () => {
    expect(calls("os.setup", {}, applied)).toEqual([["bcdboot.exe", "W:\\Windows"]]);
    expect(work("os.setup", { to: "W:\\" }).restart).toEqual({ to: "system" });
    expect(calls("os.setup", { to: "W:", client: "D:\\client" }).length).toBe(2);
  });

  it("is upgraded, or looked at whether it could be", () => {
    expect(calls("os.upgrade", { package: "D:\\os", drivers: "D:\\drv", productKey: "K", edition: 2 })).toEqual([
      [
        ...["D:\\os\\setup.exe", "/Auto", "Upgrade", "/Quiet", "/NoReboot", "/EULA", "Accept", "/DynamicUpdate"],
        ...["Disable", "/InstallDrivers", "D:\\drv", "/PKey", "K", "/ImageIndex", "2"],
      ],
    ]);
    const scan = work("os.upgrade", { source: "D:\\os", scanOnly: true, ignoreMessages: true });
    expect(scan.restart).toBeUndefined();
    expect(scan.commands?.[0]).toMatchObject({ success: [0xc1900210] });
    expect(scan.commands?.[0]?.args.slice(-3)).toEqual(["/Compat", "ScanOnly", "IgnoreWarning"]);
  });

  const answers = (name: WindowsActionName, args: Args, before: string | null = null): string => {
    const file = work(name, args, applied).files?.[0];
    expect(file?.path).toBe("W:\\Windows\\Panther\\unattend.xml");
    return file?.update(before) ?? "";
  };

  it("gets its settings by an answer file, in which no value becomes markup", () => {
    const text = answers("os.applySettings", { userName: "a</x>&", organization: "Contoso", computerName: "PC1" });
    expect(text).toContain("<RegisteredOwner>a&lt;/x&gt;&amp;</RegisteredOwner>");
    expect(text.match(/<settings pass="specialize">/g)?.length).toBe(1);
    const again = answers("os.applySettings", { userName: "b", organization: "Contoso" }, text);
    expect(again).toContain("<RegisteredOwner>b</RegisteredOwner>");
    expect(again).not.toContain("a&lt;");
    expect(again).toContain("<ComputerName>PC1</ComputerName>");
    const both = answers("network.applySettings", { workgroup: "LAB" }, again);
    expect(both.match(/<settings pass="specialize">/g)?.length).toBe(1);
    expect(both).toContain("<JoinWorkgroup>LAB</JoinWorkgroup>");
    expect(problem("os.applySettings", { randomAdminPassword: false })).toContain("adminPassword");
  });

  it("gets its adapters", () => {
    const adapter = {
      ...{ macAddress: "00:11:22:33:44:55", dhcp: false, addresses: ["10.0.0.5"], masks: ["255.255.255.0"] },
      ...{ gateways: ["10.0.0.1"], dnsServers: ["10.0.0.2", "10.0.0.3"] },
    };
    const text = answers("network.applySettings", {
      domain: "corp",
      account: { user: "C\\j", password: "p" },
      adapters: [adapter],
    });
    expect(text).toContain('<IpAddress wcm:action="add" wcm:keyValue="1">10.0.0.5/24</IpAddress>');
    expect(text).toContain('<IpAddress wcm:action="add" wcm:keyValue="2">10.0.0.3</IpAddress>');
    expect(text).toContain("<Identifier>00-11-22-33-44-55</Identifier>");
    expect(text).toContain("<NextHopAddress>10.0.0.1</NextHopAddress>");
    expect(text).toContain("<Domain>C</Domain>");
    // Every element that is opened is closed.
    const opened = text.match(/<[A-Za-z]\w*(?=[ >])/g)?.map((tag) => tag.slice(1)) ?? [];
    const closed = text.match(/<\/\w+/g)?.map((tag) => tag.slice(2)) ?? [];
    expect([...opened].sort()).toEqual([...closed].sort());
  });

  it("tells its settings as JSON", () => {
    expect(work("os.captureSettings", {}).commands?.[0]?.gives).toBe(true);
    expect(work("network.captureSettings", { membership: false }).commands?.[0]?.environment).toEqual({
      SEQUITUR_MEMBERSHIP: "",
      SEQUITUR_ADAPTERS: "1",
    });
  });
});

describe("answer files that somebody wrote", () => {
  const own =
    '<?xml version="1.0"?>\n<unattend>\n<settings pass="windowsPE"><component name="A"><B>1</B></component></settings>\n</unattend>\n';
  it("keep what they say", () => {
    const settings = [{ name: "TimeZone", value: "UTC" }];
    const text = withSettings(own, [{ pass: "specialize", name: "S", settings }], "amd64");
    expect(text).toContain('<component name="A"><B>1</B></component>');
    expect(text.indexOf("<TimeZone>UTC</TimeZone>")).toBeLessThan(text.indexOf("</unattend>"));
  });
});

describe("network, users and updates", () => {
  it("joins by PowerShell with the password in the environment", () => {
    const account = { user: "C\\j", password: "hush" };
    const planned = work("network.join", { domain: "corp", ou: "LDAP://OU=a,DC=b", account });
    expect(planned.commands?.[0]).toMatchObject({ reboots: [3010], endsAt: 3 });
    expect(planned.commands?.[0]?.environment).toMatchObject({ SEQUITUR_OU: "OU=a,DC=b", SEQUITUR_PASSWORD: "hush" });
    expect(planned.commands?.[0]?.args.join(" ")).not.toContain("hush");
    expect(work("network.join", { workgroup: "LAB", restart: false }).commands?.[0]?.success).toEqual([3010]);
    expect(problem("network.join", { domain: "corp" })).toContain("account");
  });

  it("connects shares", () => {
    expect(variables("network.connectFolder", { path: "//files/store", drive: "s" })).toEqual([
      { SEQUITUR_PATH: "\\\\files\\store", SEQUITUR_DRIVE: "S:", SEQUITUR_USER: "", SEQUITUR_PASSWORD: "" },
    ]);
    expect(problem("network.connectFolder", { path: "files" })).toContain("is not a network folder");
    expect(problem("network.connectFolder", { path: "//files/store", drive: "X:" })).toContain("can't be the letter");
    expect(variables("network.disconnectFolder", { path: "S:" })).toEqual([{ SEQUITUR_PATH: "S:" }]);
  });

  it("captures and restores by the migration tool", () => {
    expect(calls("state.capture", { to: "D:\\s", tool: "E:\\usmt", users: ["C\\a"], hardLinks: true })).toEqual([
      [
        ...["E:\\usmt\\amd64\\scanstate.exe", "D:\\s", "/o", "/localonly", "/efs:copyraw", "/v:5"],
        ...["/i:E:\\usmt\\amd64\\MigDocs.xml", "/i:E:\\usmt\\amd64\\MigApp.xml", "/ue:*\\*", "/ui:C\\a", "/c"],
        ...["/hardlink", "/nocompress"],
      ],
    ]);
    expect(problem("state.capture", { to: "D:\\s" })).toContain("`tool`");
    expect(problem("state.restore", { tool: "E:\\usmt" })).toContain("where the store is");
    const restore = { from: "D:\\s", tool: "E:\\usmt", localAccounts: true, localPassword: "hush" };
    const [command] = work("state.restore", restore).commands ?? [];
    expect(command?.args.join(" ")).not.toContain("hush");
    expect(command?.environment).toMatchObject({ SEQUITUR_PASSWORD: "hush" });
  });

  it("installs updates", () => {
    expect(variables("software.installUpdates", { target: "all", useCachedScan: false })).toEqual([
      { SEQUITUR_ALL: "1", SEQUITUR_CACHED: "" },
    ]);
  });
});
