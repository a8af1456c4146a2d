// One file that uses every construct of the language, for the laws that hold for any text.
export const sample = String.raw`// The house's laptops.
import "./lib/drivers.seq" as drivers
import { enableEncryption, joinDomain } from "./actions/security.ts"

package tools "./packages/tools" { version: "2.1", pin: true }
image pe "./images/pe.wim"
application reader "configmgr:ABC00012"
file readme "./readme.txt"
account installer { user: 'CORP\svc-install', password: env("INSTALLER_PASSWORD") }
extern sequence baseline "configmgr:ABC00013"

const retries = 3
const reserved = 0xC1900210
type Site = "AMS" | "RTM" | "BRU"
type Disk = { name: string, size: size, list: list<int>, secret: bool? }
type Odd = | -1 | 0 | true | (string | int)?

/// True on machines that travel.
/// Docking stations count.
fn isLaptop(): bool = device.chassis in [8, 9, 10]
fn label(site: Site, number: int = 1): string = if number > 1 then "${"$"}{site}-${"$"}{number}" else site

collection laptops "Laptops" { where: isLaptop() and tag("ring") == "1", include: ["PC-17"], exclude: [kiosks] }
window nights { start: "2027-01-09 22:00", duration: 4h, every: week, on: [saturday] }
deployment pilot "Pilot" of deploy {
  with: { site: "AMS" }, to: laptops, during: nights
  waves: [{ share: 5%, wait: 1d }, { share: 100% }], stop: 3%
}

/// Installs a laptop.
sequence deploy "Deploy" {
  options { bootImage: pe, maxRunTime: 2h }
  param site: Site
  param computerName: string = "PC-${"$"}{device.serial ?? "none"}"
  secret joinPassword: string
  output done: bool = format.succeeded
  var count: int = 0
  var names: list<string> = [for d in device.disks if d.size > 40GB: d.name]
  var sizes: list<int>= [1, 2,]
  global var OSDComputerName: string
  extern global secret Password: string

  /// Wipes the disk.
  group prepare "Prepare" when not dir('C:\Windows').exists and (count < 3 or os?.name like "Win*") timeout 1h {
    step format "Partition"
      use disk.format {
        disk: 0
        style: gpt
        partitions: [{ name: "EFI", type: efi, size: 300MB }, { name: "Windows", size: 100% when isLaptop() }]
        "quoted key": -1 + 2 * 3 - count / 4
      }
    restart to pe after 60s message "Restarting"
  }

  step "Apply" call drivers.apply { model: device.model } into count when isLaptop()

  group "Software" continue on error disabled "later" foreign { Name: "text" } {
    step "Install"
      run "setup.exe /configure ${"$"}{site}.xml" from tools
      success 0, 3010, reserved
      reboots 1641, -1
      retry retries every 30s doubling
      timeout 45m
      as installer
      workdir 'C:\Temp'
      continue on error
      on interruption verify file('C:\done').exists
    step "Encrypt" use enableEncryption { drive: "C:", tpm: true } needs fullos on interruption rerun
    commandline 'msiexec /i "a.msi"' env { A: "1" } args ["/x", "y"] disabled
    commandline unchecked 'setup.exe' args '/quiet' foreign { "@attribute": "text" }
  } on error {
    log "failed at ${"$"}{error.name}"
    fail "no way"
  } finally {
    step "Collect" sh '''
      mkdir -p "$TARGET/logs"
        cp -r /var/log "$TARGET"
    ''' env { TARGET: "//files/${"$"}{site}" }
    powershell file("./collect.ps1") from tools
    python """
      print("${"$"}{site}")
    """
  }

  if count > 1 { log "many" } else if count == 1 { log "one" } else { log "none" }
  for d in device.disks { log d.name }
  set count = count + 1, names = []
  set { count = 2 when isLaptop(), OSDComputerName = "${"$"}{label(site, 2)}" }
  wait 30s
  wait until software("office").exists timeout 5m
  fail
}

test "a failure is logged" of deploy {
  given { site: "AMS", device: { chassis: 9 } }
  when step "Install" [{ code: 1603 }, { code: 0 }]
  when run "setup.exe *" { code: 0 }
  when format { code: 5 }
  expect run.succeeded and inOrder([format, prepare])
  assert not run.succeeded or ran(prepare)
}
`;
