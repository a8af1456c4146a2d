// Parts of the actions on Linux that need no machine: what tools are called with, and how texts of the system are read.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gatewaysByAdapter, resolverOf } from "./captured-settings.ts";
import { hostNameProblem, withHostName } from "./host-name.ts";
import { hasTpm, isOnMains, isWired, processorSpeed } from "./linux-hardware.ts";
import { mountedAt, mountingsOf, placesOf, sourceOf } from "./network-folder.ts";
import { installArguments, removeArguments, updateArguments } from "./packages.ts";
import { layoutOf, sfdiskScript } from "./partition-layout.ts";
import { windowsProblems } from "./readiness.ts";
import { localUsers } from "./user-state.ts";

describe("packages", () => {
  it("go to dnf with its own words", () => {
    expect(installArguments("dnf", ["jq"], true)).toEqual(["install", "--assumeyes", "--refresh", "--", "jq"]);
    expect(removeArguments("dnf", ["jq"])).toEqual(["remove", "--assumeyes", "--", "jq"]);
    expect(updateArguments("dnf", false)).toEqual(["upgrade", "--assumeyes", "--refresh", "--security"]);
    expect(updateArguments("dnf", true)).toEqual(["upgrade", "--assumeyes", "--refresh"]);
  });

  it("go to apt-get, which keeps settings", () => {
    const kept = ["-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"];
    expect(installArguments("apt-get", ["jq"], true)).toEqual([
      ...kept,
      "install",
      "--yes",
      "--no-install-recommends",
      "--",
      "jq",
    ]);
    expect(updateArguments("apt-get", true)).toEqual([...kept, "dist-upgrade", "--yes"]);
    expect(removeArguments("apt-get", ["jq"])).toEqual(["remove", "--yes", "--", "jq"]);
  });
});

describe("network folders", () => {
  it("are known by their form", () => {
    expect(sourceOf("\\\\files\\store\\", "")).toEqual({ kind: "smb", name: "//files/store" });
    expect(sourceOf("nas:/export/a", "nfs")).toEqual({ kind: "nfs", name: "nas:/export/a" });
    expect(sourceOf("[fe80::1]:/a", "")).toEqual({ kind: "nfs", name: "[fe80::1]:/a" });
    expect(sourceOf("/srv/a/../b", "")).toEqual({ kind: "bind", name: "/srv/b" });
    for (const path of ["-o:/x", "files", "//-a/b", "nas:/a,rw"]) {
      expect(sourceOf(path, "")).toHaveProperty("problem");
    }
    expect(sourceOf("/srv", "smb")).toHaveProperty("problem");
  });

  it("are mounted with the password in the environment alone", () => {
    const account = { user: "CONTOSO\\reader", password: "hush,hush" };
    expect(mountingsOf({ kind: "smb", name: "//files/store" }, "/mnt", account, true)).toEqual({
      all: [
        {
          tool: "mount.cifs",
          args: ["//files/store", "/mnt", "-o", "ro,domain=CONTOSO"],
          environment: { USER: "reader", PASSWD: "hush,hush" },
        },
      ],
    });
    expect(
      mountingsOf({ kind: "smb", name: "//a/b" }, "/mnt", { user: "a,uid=0", password: "" }, false),
    ).toHaveProperty("problem");
    expect(mountingsOf({ kind: "nfs", name: "nas:/a" }, "/mnt", null, false)).toEqual({
      all: [{ tool: "mount.nfs", args: ["nas:/a", "/mnt", "-o", "rw"], environment: {} }],
    });
    expect(mountingsOf({ kind: "nfs", name: "nas:/a" }, "/mnt", account, false)).toHaveProperty("problem");
  });

  it("are found in the kernel's table", () => {
    const table =
      "36 35 98:0 / /mnt/a\\040b rw shared:1 - cifs //files/store rw\n37 35 98:0 /x /mnt/c rw - ext4 /dev/sda1 rw\n";
    expect(mountedAt(table, "/mnt/a b")).toBe("//files/store");
    expect(mountedAt(table, "/mnt/d")).toBeNull();
    expect(placesOf(table, "//files/store")).toEqual(["/mnt/a b"]);
  });
});

describe("names and settings", () => {
  it("are letters, digits and hyphens", () => {
    expect(["pc-1", "pc1.example.com", "A"].map(hostNameProblem)).toEqual([null, null, null]);
    for (const name of ["", "-a", "a-", "a_b", "a..b", "a b", "x".repeat(65), "a\nb"])
      expect(hostNameProblem(name)).not.toBeNull();
  });

  it("change the line of the machine's own name alone", () => {
    const hosts = "127.0.0.1 localhost\n127.0.1.1\told.example old # me\n10.0.0.1 old\n";
    expect(withHostName(hosts, "old", "new.example")).toBe(
      "127.0.0.1 localhost\n127.0.1.1\tnew.example new\n10.0.0.1 old\n",
    );
    expect(withHostName(hosts, "other", "new")).toBe(hosts);
  });

  it("are read from the kernel's tables", () => {
    const routes = "Iface\tDestination\tGateway\neth0\t00000000\t0100000A\t0003\neth0\t0000000A\t00000000\t0001\n";
    expect([...gatewaysByAdapter(routes)]).toEqual([["eth0", ["10.0.0.1"]]]);
    expect(resolverOf("# x\nnameserver 10.0.0.2\nsearch a.example b.example\nnameserver 10.0.0.3\n")).toEqual({
      servers: ["10.0.0.2", "10.0.0.3"],
      domain: "a.example",
    });
  });

  it("tell people from services", () => {
    const passwd =
      "root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000:Ann,,,:/home/ann:/bin/bash\nnobody:x:65534:65534:n:/:/bin/false\n" +
      "../x:x:1001:1001::/home/x:/bin/sh\nbroken\n";
    expect(localUsers(passwd)).toEqual([{ name: "ann", id: 1000, home: "/home/ann", shell: "/bin/bash" }]);
  });
});

describe("partitions", () => {
  it("get an EFI partition, names, a mark and attributes", () => {
    const layout = layoutOf([{ type: "hidden", size: "50%" }, { bootable: true }], "gpt", 2 ** 30, true);
    expect("partitions" in layout && layout.partitions.map(({ name, type }) => [name, type])).toEqual([
      ["EFI system partition", "efi"],
      ["Basic data partition", "hidden"],
      ["Basic data partition", "primary"],
    ]);
    if ("partitions" in layout) {
      expect(sfdiskScript(layout.partitions, "gpt", 512)).toContain('attrs="GUID:62"');
      expect(sfdiskScript(layout.partitions, "mbr", 512)).toMatch(/type=83, bootable/);
    }
    expect(layoutOf([{ type: "logical" }], "mbr", 2 ** 30)).toEqual({
      problem: "partitions of the type logical can't be made on Linux",
    });
  });
});

describe("hardware", () => {
  let root: string;
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "sequitur-sys-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("runs on mains power without a battery, with a plug, or while it charges", () => {
    expect(isOnMains(root)).toBe(true);
    put("class/power_supply/BAT0/type", "Battery\n");
    put("class/power_supply/BAT0/status", "Discharging\n");
    expect(isOnMains(root)).toBe(false);
    put("class/power_supply/AC/type", "Mains\n");
    put("class/power_supply/AC/online", "1\n");
    expect(isOnMains(root)).toBe(true);
    put("class/power_supply/AC/online", "0\n");
    put("class/power_supply/BAT0/scope", "Device\n");
    expect(isOnMains(root)).toBe(true);
  });

  it("has a wire, a TPM and a speed", () => {
    expect([isWired(root, "eth0"), hasTpm(root), processorSpeed(root, "cpu MHz\t\t: 2596.124\n")]).toEqual([
      false,
      false,
      2596,
    ]);
    expect(processorSpeed(root, "")).toBeNull();
    put("class/net/eth0/type", "1\n");
    put("class/net/eth0/carrier", "1\n");
    put("class/net/eth0/device/vendor", "0x8086\n");
    put("class/tpm/tpm0/tpm_version_major", "2\n");
    put("devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "3600000\n");
    expect([isWired(root, "eth0"), hasTpm(root), processorSpeed(root, "")]).toEqual([true, true, 3600]);
    put("class/net/eth0/wireless/x", "");
    expect(isWired(root, "eth0")).toBe(false);
  });

  it("is judged by what Windows tells of itself", () => {
    const told = JSON.stringify({
      type: 3,
      language: 1033,
      client: "5.0.9000",
      tpm: true,
      activated: false,
      battery: true,
      wired: 0,
    });
    const args = {
      osType: "client",
      language: 1031,
      clientVersion: "5.0.9100",
      power: true,
      tpm: true,
      tpmActivated: true,
      wired: true,
    };
    expect(windowsProblems(told, args)).toEqual([
      "its Windows is not for a client",
      "its language is 1033, not 1031",
      "its ConfigMgr client has version 5.0.9000, not 5.0.9100 or later",
      "it runs on its battery",
      "its TPM is not activated",
      "it has no network by wire",
    ]);
    expect(windowsProblems("?", args)).toEqual(["what Windows says of itself can't be read"]);
  });
});
