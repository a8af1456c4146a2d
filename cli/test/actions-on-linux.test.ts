// Actions for real on Linux, through the built command: what each leaves behind is looked at with the system's own tools. What
// changes the system does so in namespaces of its own, or takes back what it did.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const command = join(import.meta.dirname, "../../dist/sequitur.mjs");
const onSystem = process.env["SEQUITUR_SYSTEM_TESTS"] === "1";
const title = onSystem ? "on this machine" : "on this machine (needs SEQUITUR_SYSTEM_TESTS=1, root, and npm run build)";

let folder: string;
let at: (name: string) => string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sequitur-actions-"));
  at = (name) => join(folder, name);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly text: string;
}

/** Runs a program with a text as its input; what it writes to both streams comes back. */
function run(program: string, args: readonly string[], input = ""): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: folder, env: { ...process.env, NO_COLOR: "1", CI: "true" } });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
    child.on("close", (code) => resolve({ code: code ?? -1, text }));
    child.stdin.end(input);
  });
}

/** Runs the steps as one sequence. */
function runSteps(steps: string, head = "", ...args: readonly string[]): Promise<Ended> {
  writeFileSync(at("main.seq"), `${head}\nsequence main {\n${steps}\n}\n`);
  return run(process.execPath, [command, "run", "main.seq", "--yes", "--state", at("state"), ...args]);
}

function put(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}

const shell = (line: string): string => execFileSync("bash", ["-c", line], { encoding: "utf8" }).trim();

describe.runIf(onSystem)(title, () => {
  it("captures, applies and wipes with wimlib", async () => {
    put("from/deep/x", "image");
    put("answers/unattend.xml", "<unattend/>\n");
    put("out/old", "old");
    const captured = await runSteps(
      `  step "Capture" use image.capture { from: "${at("from")}", to: "${at("a.wim")}", description: "d", version: "7" }`,
    );
    expect(captured).toMatchObject({ code: 0 });
    expect(shell(`wimlib-imagex info ${at("a.wim")}`)).toMatch(/Description:\s+d, 7/);
    const ended = await runSteps(
      `  step "Data" use image.applyData { image: a, to: "${at("out")}", wipe: true }
  step "System" use image.apply { image: a, to: "${at("system")}", answerPackage: answers }`,
      `image a "./a.wim"\npackage answers "./answers"`,
    );
    expect(ended).toMatchObject({ code: 0 });
    expect([readFileSync(at("out/deep/x"), "utf8"), existsSync(at("out/old"))]).toEqual(["image", false]);
    expect(readFileSync(at("system/Windows/Panther/unattend.xml"), "utf8")).toBe("<unattend/>\n");
  }, 60_000);

  it("partitions a disk and tells the devices", async () => {
    execFileSync("truncate", ["-s", "400M", at("disk.img")]);
    const loop = shell(`losetup -f --show ${at("disk.img")}`);
    try {
      const ended = await runSteps(
        `  global var Root: string
  step "Format" use disk.format {
    device: "${loop}"
    style: gpt
    bootDisk: true
    partitions: [{ name: "Root", fileSystem: ext4, letter: Root }]
  }
  log "root is \${Root}"`,
      );
      expect(ended.text).toContain(`root is ${loop}p2`);
      expect(ended.code).toBe(0);
      expect(shell(`blkid -p -o value -s TYPE ${loop}p1 ${loop}p2`)).toBe("vfat\next4");
    } finally {
      execFileSync("partx", ["-d", loop]);
      execFileSync("losetup", ["-d", loop]);
    }
  }, 60_000);

  it("names the machine, in a name space of its own", async () => {
    put("hostname", "before\n");
    put("hosts", "127.0.0.1 localhost\n127.0.1.1 before\n");
    writeFileSync(
      at("main.seq"),
      `sequence main {\n  step "Name it" use os.setHostName { name: "kiosk-7.example.com" }\n}\n`,
    );
    const lines = [
      `mount --bind ${at("hostname")} /etc/hostname && mount --bind ${at("hosts")} /etc/hosts && hostname before`,
      `${process.execPath} ${command} run main.seq --state ${at("state")} && hostname && cat /etc/hostname /etc/hosts`,
    ];
    const { code, text } = await run("unshare", ["--uts", "--mount", "bash", "-c", lines.join(" && ")]);
    expect(text).toMatch(
      /kiosk-7\.example\.com\nkiosk-7\.example\.com\n127\.0\.0\.1 localhost\n127\.0\.1\.1\tkiosk-7\.example\.com kiosk-7\n$/,
    );
    expect(code).toBe(0);
    expect(shell("hostname")).not.toContain("kiosk-7");
  }, 60_000);

  it("connects a folder, again without harm, read-only, and lets go of it", async () => {
    put("store/x", "there");
    const connect = `use network.connectFolder { path: "${at("store")}", to: "${at("mnt")}", readOnly: true }`;
    const ended = await runSteps(`  step "Connect" ${connect}
  step "Again" ${connect}
  step "Read" run "cat ${at("mnt/x")}"
  step "Write" run "touch ${at("mnt/y")}" continue on error
  step "Let go" use network.disconnectFolder { path: "${at("mnt")}" }
  step "Nothing" use network.disconnectFolder { path: "${at("mnt")}" }`);
    expect(ended.code).toBe(0);
    expect(ended.text).toContain("Write");
    expect([existsSync(at("store/y")), existsSync(at("mnt/x"))]).toEqual([false, false]);
  }, 60_000);

  it("says which package a tool is in", async () => {
    if (shell("command -v mount.cifs || true") !== "") return expect(existsSync("/sbin/mount.cifs")).toBe(true);
    const ended = await runSteps(
      `  step "Connect" use network.connectFolder { path: "//files/store", to: "${at("mnt")}" }`,
    );
    expect(ended.text).toContain("the tool mount.cifs is not installed; it is in the package cifs-utils");
    expect(ended.code).toBe(1);
  }, 60_000);

  it("saves the homes of people and brings them back, with an account that was gone", async () => {
    const user = "sequitur-ann";
    const home = at("home");
    execFileSync("useradd", ["--create-home", "--home-dir", home, "--shell", "/bin/sh", user]);
    try {
      chmodSync(folder, 0o755);
      writeFileSync(join(home, "letter"), "Dear", { mode: 0o600 });
      shell(`chown ${user}: ${join(home, "letter")}`);
      const options = `to: "${at("store")}", users: ["${user}"]`;
      const saved = await runSteps(`  step "Save" use state.capture { ${options} }`);
      expect(saved).toMatchObject({ code: 0 });
      execFileSync("userdel", ["--remove", user], { stdio: "ignore" });
      const refused = await runSteps(`  step "Back" use state.restore { from: "${at("store")}" }`);
      expect(refused.text).toContain(`this machine has no account ${user}`);
      const back = await runSteps(`  step "Back" use state.restore { from: "${at("store")}", localAccounts: true }`);
      expect(back).toMatchObject({ code: 0 });
      expect(shell(`stat -c "%U %a" ${join(home, "letter")}`)).toBe(`${user} 600`);
      expect(readFileSync(join(home, "letter"), "utf8")).toBe("Dear");
      const windows = await runSteps(`  step "Save" use state.capture { ${options}, hardLinks: true }`);
      expect(windows.text).toContain("on Linux state.capture can't do what hardLinks asks for");
    } finally {
      if (shell(`getent passwd ${user} || true`) !== "") execFileSync("userdel", [user], { stdio: "ignore" });
    }
  }, 90_000);

  it("tells settings, and sets the globals that other steps expect", async () => {
    const ended = await runSteps(`  global var OSDComputerName: string
  step settings "Settings" use os.captureSettings {}
  step network "Network" use network.captureSettings {}
  log "name \${OSDComputerName} \${settings.output.computerName ?? ""} adapters \${network.output.adapters.length}"`);
    expect(ended.text).toMatch(new RegExp(`name ${shell("hostname")} ${shell("hostname")} adapters \\d`));
    expect(ended.code).toBe(0);
  }, 60_000);

  it("fetches content and says where it lies", async () => {
    put("tools/x", "x");
    const ended = await runSteps(
      `  var places: list<string>
  step "Fetch" use content.download { packages: [tools], location: folder, folder: "${at("kept")}" } into places
  log "at \${join(places, ",")}"`,
      `package tools "./tools"`,
    );
    expect(ended.text).toContain(`at ${at("kept")}/tools`);
    expect(readFileSync(at("kept/tools/x"), "utf8")).toBe("x");
  }, 60_000);

  it("installs and removes a package of the distribution", async () => {
    const has = (): string => shell("dpkg-query -W -f='${db:Status-Status}' hello 2>/dev/null || true");
    const ended =
      await runSteps(`  step "In" use software.installPackages { names: ["hello"], update: true } retry 2 every 5s
  step "Ask" run "hello"
  step "Out" use software.removePackages { names: ["hello"] }
  step "Out again" use software.removePackages { names: ["hello"] }`);
    expect(ended).toMatchObject({ code: 0 });
    expect(has()).not.toBe("installed");
  }, 300_000);

  it("looks at the machine", async () => {
    const good = await runSteps(
      `  step "Ready" use machine.checkReadiness { memory: 64MB, processorSpeed: 1, minimumVersion: "1.0", power: true }`,
    );
    expect(good).toMatchObject({ code: 0 });
    const bad = await runSteps(
      `  step "Ready" use machine.checkReadiness { maximumVersion: "0.1", architecture: x86, osType: client, tpm: true }`,
    );
    expect(bad.text).toContain("its system is for ");
    expect(bad.text).toContain("osType can be told on Windows alone");
    expect(bad.code).toBe(1);
  }, 60_000);

  it("asks on a real terminal before it destroys anything", async () => {
    put("from/x", "1");
    shell(`wimlib-imagex capture ${at("from")} ${at("a.wim")} A`);
    const text = `image a "./a.wim"\nsequence main {\n  step "First" run "touch ${at("ran")}"\n  step "Apply" use image.apply { image: a, to: "${at("out")}" }\n}\n`;
    writeFileSync(at("main.seq"), text);
    const line = `${process.execPath} ${command} run main.seq --state ${at("state")}`;
    const no = await run("script", ["--quiet", "--return", "--command", line, "/dev/null"], "no\n");
    expect(no.text).toContain("Apply (image.apply, main.seq:4)");
    expect([no.code, existsSync(at("ran")), existsSync(at("out"))]).toEqual([1, false, false]);
    const yes = await run("script", ["--quiet", "--return", "--command", line, "/dev/null"], "yes\n");
    expect([yes.code, existsSync(at("ran")), existsSync(at("out/x"))]).toEqual([0, true, true]);
  }, 60_000);

  it("does an action that the project declares", async () => {
    const stamp = {
      parameters: { tag: { required: true }, sites: { type: "list<string>" }, pin: { type: "secret" } },
      output: "string",
      destroys: true,
      run: { program: "sh", args: ["-c", 'echo "$# $1 $2 $PIN"', "stamp", "{tag}", "{sites}"], env: { PIN: "{pin}" } },
    };
    put("sequitur.json", `{ "catalogues": ["lab.json"] }`);
    put("lab.json", JSON.stringify({ actions: { "lab.stamp": stamp } }));
    put("params.json", `{ "pin": "hushhush" }`);
    const steps = `  secret pin: string
  var text: string = ""
  step "Stamp" use lab.stamp { tag: "a; b", sites: ["c d", "e"], pin: pin } into text
  log "it said \${text}"`;
    const ended = await runSteps(steps, "", "--params", "params.json");
    expect(ended.text).toContain("it said 3 a; b c d");
    expect(ended.text).not.toContain("hushhush");
    expect(ended.code).toBe(0);
    const refused = await run(process.execPath, [
      command,
      "run",
      "main.seq",
      "--state",
      at("state"),
      "--params",
      "params.json",
    ]);
    expect(refused.text).toContain("These steps destroy data on this machine:\n  Stamp (");
  }, 60_000);
});
