import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cancelledAfter, openWorld, type World } from "./system-host.test-support.ts";

/** Slow, or changes the system: apt, loop devices. */
const onSystem = process.env["SEQUITUR_SYSTEM_TESTS"] === "1";
const systemTest = it.runIf(onSystem);
const why = onSystem ? "" : " (needs SEQUITUR_SYSTEM_TESTS=1)";

let world: World;
let at: (name: string) => string;
beforeEach(async () => {
  world = await openWorld({ content: { tools: { "readme.txt": "hello\n", "bin/run.sh": "#!/bin/sh\necho ran\n" } } });
  at = (name) => join(world.folder, name);
});
afterEach(() => world.close());

const well = { succeeded: true, code: 0, reason: "none", message: "" };

describe("files and folders", () => {
  it("writes a file whole, with its folders, again and again", async () => {
    expect(await world.use("file.write", { path: at("a/b/c.txt"), text: "eins\n" })).toEqual(well);
    expect(await world.use("file.write", { path: at("a/b/c.txt"), text: "zwei ä\n", executable: true })).toEqual(well);
    expect(readFileSync(at("a/b/c.txt"), "utf8")).toBe("zwei ä\n");
    expect(statSync(at("a/b/c.txt")).mode & 0o777).toBe(0o755);
    expect(readdirSync(at("a/b"))).toEqual(["c.txt"]);
  });

  it("refuses a relative path", async () => {
    const outcome = await world.use("file.write", { path: "c.txt", text: "" });
    expect(outcome).toMatchObject({ reason: "value", message: "the path given as path is not absolute: c.txt" });
  });

  it("says what is wrong with the path, in words", async () => {
    writeFileSync(at("file"), "");
    const outcome = await world.use("folder.create", { path: at("file/below") });
    expect(outcome).toMatchObject({ succeeded: false, reason: "exit", code: 1 });
    expect(outcome.message).toBe(`folder.create: ${at("file/below")}: a part of the path is not a folder`);
  });

  it("copies a file to a name or into a folder, and removes it", async () => {
    writeFileSync(at("a"), "text");
    mkdirSync(at("folder"));
    expect(await world.use("file.copy", { from: at("a"), to: at("new/b") })).toEqual(well);
    expect(await world.use("file.copy", { from: at("a"), to: at("folder") })).toEqual(well);
    expect([readFileSync(at("new/b"), "utf8"), readFileSync(at("folder/a"), "utf8")]).toEqual(["text", "text"]);
    expect(await world.use("file.copy", { from: at("none"), to: at("x") })).toMatchObject({ reason: "exit" });
    expect(await world.use("file.remove", { path: at("a") })).toEqual(well);
    expect(await world.use("file.remove", { path: at("a") })).toEqual(well);
    expect(await world.use("file.remove", { path: at("folder") })).toMatchObject({ reason: "exit" });
    expect(existsSync(at("a"))).toBe(false);
  });

  it("copies and removes folders with all in them", async () => {
    mkdirSync(at("from/deep"), { recursive: true });
    writeFileSync(at("from/deep/x"), "1");
    expect(await world.use("folder.copy", { from: at("from"), to: at("to") })).toEqual(well);
    expect(readFileSync(at("to/deep/x"), "utf8")).toBe("1");
    expect(await world.use("folder.copy", { from: at("from"), to: at("from/deep/in") })).toMatchObject({
      reason: "value",
    });
    expect(await world.use("folder.remove", { path: at("to") })).toEqual(well);
    expect(await world.use("folder.remove", { path: at("to") })).toEqual(well);
    expect(await world.use("folder.remove", { path: "/" })).toMatchObject({ reason: "value" });
    expect(await world.use("folder.remove", { path: "/usr/.." })).toMatchObject({ reason: "value" });
  });

  it("copies a package's files, writable and executable as they were", async () => {
    expect(await world.use("content.copy", { package: 0, to: at("out") })).toEqual(well);
    expect(execFileSync(at("out/bin/run.sh"), { encoding: "utf8" })).toBe("ran\n");
    writeFileSync(at("out/readme.txt"), "changed");
    expect(await world.use("content.copy", { package: 0, to: at("out") })).toEqual(well);
    expect(readFileSync(at("out/readme.txt"), "utf8")).toBe("hello\n");
  });
});

describe("archives", () => {
  it("packs a folder and unpacks it", async () => {
    mkdirSync(at("from/-odd name"), { recursive: true });
    writeFileSync(at("from/-odd name/x"), "1");
    writeFileSync(at("from/skip.log"), "2");
    const created = await world.use("archive.create", { from: at("from"), to: at("a.tar.gz"), exclude: ["*.log"] });
    expect(created).toEqual(well);
    expect(await world.use("archive.extract", { from: at("a.tar.gz"), to: at("to") })).toEqual(well);
    expect(readFileSync(at("to/-odd name/x"), "utf8")).toBe("1");
    expect(readdirSync(at("to"))).toEqual(["-odd name"]);
  });

  it("passes on what tar says", async () => {
    writeFileSync(at("broken.tar.gz"), "no archive");
    const outcome = await world.use("archive.extract", { from: at("broken.tar.gz"), to: at("to") });
    expect(outcome).toMatchObject({ reason: "exit", code: 2 });
    expect(outcome.message).toContain("tar ended with exit code 2; its last error line: ");
  });
});

const uefi = [
  { name: "System", type: "efi", size: String(64 * 1024 ** 2) },
  { name: "Reserved", type: "msr", size: String(16 * 1024 ** 2) },
  { name: "Windows", size: "100%", fileSystem: "ntfs" },
  { name: "Recovery", type: "recovery", size: String(32 * 1024 ** 2), fileSystem: "ntfs" },
];

const has = (tool: string): boolean => ["/usr/sbin", "/usr/bin"].some((folder) => existsSync(join(folder, tool)));
const withTools = it.runIf(["sfdisk", "mkfs.fat", "mkfs.ntfs", "wimlib-imagex"].every(has));

describe("disks", () => {
  withTools("partitions an image file and makes its file systems (needs fdisk, dosfstools, ntfs-3g)", async () => {
    writeFileSync(at("disk.img"), "old contents");
    truncateSync(at("disk.img"), 300 * 1024 ** 2);
    const outcome = await world.use("disk.format", { device: at("disk.img"), style: "gpt", partitions: uefi });
    expect(outcome).toEqual(well);
    const table = JSON.parse(execFileSync("sfdisk", ["--json", at("disk.img")], { encoding: "utf8" })) as {
      partitiontable: { label: string; partitions: { start: number; size: number; name: string; attrs?: string }[] };
    };
    const { label, partitions } = table.partitiontable;
    expect(label).toBe("gpt");
    expect(partitions.map(({ name, size }) => [name, size / 2048])).toEqual([
      ["System", 64],
      ["Reserved", 16],
      ["Windows", 300 - 2 - 64 - 16 - 32],
      ["Recovery", 32],
    ]);
    expect(partitions[3]?.attrs).toBe("RequiredPartition GUID:63");
    const kindOf = (i: number): string =>
      execFileSync(
        "blkid",
        ["-p", "-o", "value", "-s", "TYPE", "-O", String((partitions[i]?.start ?? 0) * 512), at("disk.img")],
        {
          encoding: "utf8",
        },
      ).trim();
    expect([kindOf(0), kindOf(2), kindOf(3)]).toEqual(["vfat", "ntfs", "ntfs"]);
    expect(readdirSync(world.folder).filter((name) => name.includes(".part"))).toEqual([]);
  });

  withTools("partitions in the old style, with ext4 (needs fdisk)", async () => {
    writeFileSync(at("disk.img"), "");
    truncateSync(at("disk.img"), 100 * 1024 ** 2);
    const partitions = [
      { name: "boot", size: "50%", fileSystem: "ext4" },
      { name: "data", size: "100%", fileSystem: "fat32" },
    ];
    expect(await world.use("disk.format", { device: at("disk.img"), style: "mbr", partitions })).toEqual(well);
    const dump = execFileSync("sfdisk", ["--dump", at("disk.img")], { encoding: "utf8" });
    expect(dump).toMatch(/start=\s*2048, size=\s*100352, type=83, bootable/);
    expect(dump).toMatch(/start=\s*102400, size=\s*102400, type=c/);
  });

  it("says before it writes anything what can't be", async () => {
    writeFileSync(at("disk.img"), "precious");
    const format = (args: object): Promise<unknown> =>
      world
        .use("disk.format", { style: "gpt", partitions: uefi, ...args } as never)
        .then(({ reason, message }) => [reason, message]);
    expect(await format({})).toEqual([
      "value",
      "disk.format needs either disk (a number) or device (a path), and not both",
    ]);
    expect(await format({ device: "/no/disk" })).toEqual(["value", "there is no disk /no/disk"]);
    expect(await format({ disk: 99 })).toEqual(["value", expect.stringMatching(/^there is no disk 99; /)]);
    expect(await format({ device: at("disk.img") })).toEqual([
      "value",
      expect.stringMatching(/no room for the partition/),
    ]);
    expect(readFileSync(at("disk.img"), "utf8")).toBe("precious");
  });

  systemTest(`partitions a loop device and makes file systems on it${why}`, async () => {
    writeFileSync(at("disk.img"), "");
    truncateSync(at("disk.img"), 700 * 1024 ** 2);
    const loop = execFileSync("losetup", ["-f", "--show", at("disk.img")], { encoding: "utf8" }).trim();
    try {
      const partitions = [
        ...uefi.slice(0, 2),
        { name: "Root", size: "50%", fileSystem: "ext4" },
        { name: "Data", fileSystem: "xfs" },
      ];
      const big = await world.use("disk.format", { device: loop, style: "gpt", partitions });
      expect(big).toEqual(well);
      const mount = at("mount");
      mkdirSync(mount);
      execFileSync("mount", [`${loop}p3`, mount]);
      const again = await world.use("disk.format", { device: loop, style: "gpt", partitions });
      expect(again.message).toBe(`${loop} is in use (mounted at ${mount}): nothing was changed`);
      execFileSync("umount", [mount]);
    } finally {
      execFileSync("partx", ["-d", loop]);
      execFileSync("losetup", ["-d", loop]);
    }
  });

  withTools("captures a folder as an image (needs wimtools)", async () => {
    mkdirSync(at("from/deep"), { recursive: true });
    writeFileSync(at("from/deep/x"), "image");
    expect(
      await world.use("image.capture", {
        from: at("from"),
        to: at("project/a.wim"),
        name: "Test",
        compression: "none",
      }),
    ).toEqual(well);
    const wim = readFileSync(at("project/a.wim")).toString("latin1");
    expect(wim.startsWith("MSWIM")).toBe(true);
  });

  withTools("applies an image of the content, and says so when there is no such index (needs wimtools)", async () => {
    mkdirSync(at("from"), { recursive: true });
    writeFileSync(at("from/x"), "image");
    execFileSync("wimlib-imagex", ["capture", at("from"), at("a.wim"), "Test"], { stdio: "ignore" });
    const { openWimWorld } = await import("./wim.test-support.ts");
    const wims = await openWimWorld(at("a.wim"));
    try {
      expect(await wims.use("image.apply", { image: 0, to: join(wims.folder, "out") })).toEqual(well);
      expect(readFileSync(join(wims.folder, "out/x"), "utf8")).toBe("image");
      const wrong = await wims.use("image.apply", { image: 0, index: 7, to: join(wims.folder, "out2") });
      expect(wrong).toMatchObject({ reason: "exit", code: 18 });
      const cut = await wims.use(
        "image.apply",
        { image: 0, to: join(wims.folder, "o3") },
        { cancellation: cancelledAfter(0) },
      );
      expect(cut.reason).toBe("cancelled");
      expect(readFileSync(join(wims.folder, "o3/x"), "utf8")).toBe("image");
    } finally {
      await wims.close();
    }
  });
});

describe("software and machine", () => {
  it("does nothing when all packages are installed", async () => {
    expect(await world.use("software.installPackages", { names: ["bash", "coreutils"] })).toEqual(well);
    expect(world.stdout()).toBe("All packages are installed already.\n");
  });

  it("refuses what can't be the name of a package", async () => {
    const outcome = await world.use("software.installPackages", { names: ["--help"] });
    expect(outcome).toMatchObject({ reason: "value", message: '"--help" can\'t be the name of a package' });
  });

  systemTest(`passes on what apt says of a package that is not there${why}`, async () => {
    const outcome = await world.use("software.installPackages", { names: ["no-such-package-anywhere"] });
    expect(outcome).toMatchObject({ reason: "exit", code: 100 });
    expect(outcome.message).toContain("Unable to locate package no-such-package-anywhere");
  });

  it("says all that a machine lacks", async () => {
    expect(await world.use("machine.checkReadiness", { memory: 1024 ** 2, disk: 1024 })).toEqual(well);
    const outcome = await world.use("machine.checkReadiness", { memory: 2 ** 52, disk: 2 ** 52 });
    expect(outcome.reason).toBe("exit");
    expect(outcome.message).toMatch(
      /^the machine is not ready: it has .+ of memory, not 4096TB; .+ are free on the disk of \/, not 4096TB$/,
    );
  });

  it("says that an action is unknown here", async () => {
    expect(await world.use("no.such", {})).toMatchObject({ reason: "unsupported", code: -1 });
  });
});
