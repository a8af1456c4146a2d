// The complete file of the language's description, as it stands there but for the action in TypeScript, compiles to a plan that
// verifies.
import { verify } from "@sequitur/runtime/plan";
import { expect, it } from "vitest";
import { compile } from "../compile.ts";
import { memoryHost } from "../memory-host.ts";

const source = String.raw`import "./lib/drivers.seq" as drivers

package office    "./packages/office"
image   bootImage "./images/boot.wim"
account installer { user: 'CORP\svc-install', password: env("INSTALLER_PASSWORD") }

type Site = "AMS" | "RTM" | "BRU"

/// True on machines that travel.
fn isLaptop(): bool = device.chassis in [8, 9, 10, 14, 31]

/// Bare-metal install of a laptop.
sequence deploy "Deploy Windows 11" {
  param  site: Site
  param  computerName: string = "PC-\${device.serial}"
  secret joinPassword: string
  var    driverCount: int = 0

  group "Preinstall" when not dir('C:\Windows').exists {
    step format "Partition the disk"
      use disk.format {
        disk: 0
        style: gpt
        partitions: [
          { name: "EFI", type: efi, size: 300MB },
          { name: "Windows", type: primary, size: 100%, fileSystem: ntfs },
        ]
      }
    restart to bootImage
  }

  step applyDrivers "Apply drivers"
    call drivers.apply { model: device.model }
    into driverCount
    when isLaptop()

  group "Software" continue on error {
    step "Install Office"
      run "setup.exe /configure \${site}.xml" from office
      success 0, 3010
      retry 3 every 30s
      timeout 45m
      as installer
    step "Turn on BitLocker"
      powershell 'Enable-BitLocker -MountPoint C:'
      needs fullos
  } on error {
    log "Software failed at \${error.name} with \${error.code}"
  } finally {
    step "Collect logs" sh '''
      mkdir -p "$TARGET/logs"
      cp -r /var/log/sequitur "$TARGET/logs"
    ''' env { TARGET: "//files/\${site}" }
  }
}
`.replaceAll("\\${", "${");

const files = {
  "deploy.seq": source,
  "lib/drivers.seq": `sequence apply "Drivers" {
  param model: string
  var count: int = 0
  output installed: int = count

  run "drivers.exe \${model}" into count
}
`,
  "packages/office/setup.exe": "setup",
  "images/boot.wim": "boot",
};

it("compiles the complete file", () => {
  const { plan, diagnostics } = compile(memoryHost(files), "deploy.seq");
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  expect(plan && verify(plan)).toEqual([]);
  expect(plan?.sequences.map(({ name, title }) => `${name} ${title}`)).toEqual([
    "deploy Deploy Windows 11",
    "apply Drivers",
  ]);
  expect(plan?.nodes.map(({ name }) => name)).toEqual([
    "Preinstall",
    "Partition the disk",
    "restart to bootImage",
    "Apply drivers",
    "Software",
    "Install Office",
    "Turn on BitLocker",
    "log",
    "Collect logs",
    "run drivers.exe",
  ]);
  expect(plan?.accounts).toEqual([{ name: "installer", user: "CORP\\svc-install", password: "INSTALLER_PASSWORD" }]);
  const format = plan?.constants.find(({ value }) => Array.isArray(value) && value.length === 2)?.value;
  expect(format).toEqual([
    { name: "EFI", type: "efi", size: "314572800" },
    { name: "Windows", type: "primary", size: "100%", fileSystem: "ntfs" },
  ]);
});
