// How commands are called: help, completion, usage mistakes, the reference page. All of it comes from the command table.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { commandNames, commands } from "../commands/table.ts";
import { parseArguments } from "../program.ts";
import { cliReference } from "../reference.ts";
import { callCli, silentSurroundings } from "../test-support/call-cli.ts";

/** The words of an example, without what the shell does with its output. */
function wordsOf(example: string): readonly string[] {
  return example
    .replace(/ >>? .*$/, "")
    .split(" ")
    .slice(1);
}

describe.each(commandNames)("sequitur %s", (name) => {
  test("--help shows an example and the exit codes", async () => {
    const { code, stdout, stderr } = await callCli([...name.split(" "), "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`Usage: sequitur ${name}`);
    expect(stdout).toContain(commands[name].examples[0].command);
    expect(stdout).toContain("Exit codes:\n  0   done and clean\n");
  });

  test("has examples that are calls of it", () => {
    for (const { command } of commands[name].examples) {
      expect(command.startsWith("sequitur ")).toBe(true);
      const parsed = parseArguments(wordsOf(command), silentSurroundings());
      expect(parsed).toMatchObject({ kind: "call", call: { command: name } });
    }
  });

  test("stands in the reference page and in every completion script", async () => {
    expect(cliReference()).toContain(`## \`sequitur ${name}\``);
    for (const shell of ["bash", "zsh", "fish", "powershell"]) {
      const { stdout } = await callCli(["completion", shell]);
      expect(stdout).toContain(name.split(" ").at(-1));
      for (const option of Object.keys(commands[name].options)) {
        const flag = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        expect(stdout).toContain(shell === "fish" ? `-l ${flag}` : `--${flag}`);
      }
    }
  });
});

describe("calls that are wrong", () => {
  test.each([
    [
      "an unknown command",
      ["chekc"],
      `sequitur: unknown command 'chekc'\n  (Did you mean check?)\n  "sequitur --help"`,
    ],
    ["an unknown option", ["check", "--formt", "json"], `unknown option '--formt'\n  (Did you mean --format?)`],
    ["an unknown choice", ["check", "--format", "xml"], "Allowed choices are text, json, sarif, github, junit."],
    ["a number that is none", ["check", "--max-warnings", "few"], "It takes a whole number from 0."],
    ["a missing argument", ["build"], `sequitur: missing required argument 'file'\n  "sequitur build --help" shows`],
    ["an argument too many", ["verify", "a", "b"], "too many arguments"],
    ["an unknown shell", ["completion", "tcsh"], "It is one of bash, zsh, fish and powershell."],
  ])("%s", async (_what, args, said) => {
    const { code, stdout, stderr } = await callCli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(said);
    expect(stderr).not.toContain("error:");
  });

  test("no command at all", async () => {
    const { code, stderr } = await callCli([]);
    expect(code).toBe(2);
    expect(stderr).toContain("Commands:");
  });
});

test("options of `runs` count for `runs show` too", () => {
  for (const args of [
    ["runs", "--state", "s", "show", "i"],
    ["runs", "show", "i", "--state", "s"],
  ]) {
    const parsed = parseArguments(args, silentSurroundings());
    expect(parsed).toMatchObject({ call: { command: "runs show", options: { state: "s", format: "text" } } });
  }
});

test("--version prints the version alone", async () => {
  expect(await callCli(["--version"])).toEqual({ code: 0, stdout: "development\n", stderr: "" });
});

test("a defect is reported as ours, without what was set", async () => {
  const folder = {
    toString: () => {
      throw new TypeError("made up");
    },
  } as unknown as string;
  const { code, stderr } = await callCli(["run", "x.seq", "--set", "user=hans", "--set=pin=1234"], { folder });
  expect(code).toBe(70);
  expect(stderr).toContain("sequitur: internal error. This is a defect in Sequitur, not in your files.");
  expect(stderr).toContain("while working on: sequitur run x.seq --set user=… --set=pin=…");
  expect(stderr).toContain("Please report it");
  expect(stderr).not.toMatch(/hans|1234/);
});

describe("completion in bash", () => {
  const complete = async (line: string): Promise<readonly string[]> => {
    const { stdout: script } = await callCli(["completion", "bash"]);
    const words = line.split(" ");
    const call = [
      script,
      `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}`,
      '_sequitur; printf "%s\\n" "${COMPREPLY[@]}"',
    ].join("\n");
    return execFileSync("bash", ["--norc", "-c", call], { encoding: "utf8" })
      .split("\n")
      .filter((word) => word !== "");
  };
  test.each([
    ["sequitur ver", ["verify"]],
    ["sequitur check --max", ["--max-warnings"]],
    ["sequitur check --format s", ["sarif"]],
    ["sequitur completion z", ["zsh"]],
    ["sequitur runs s", ["show"]],
    ["sequitur runs show --st", ["--state"]],
    ["sequitur new -t up", ["upgrade"]],
  ])("%s", async (line, words) => {
    expect(await complete(line)).toEqual(words);
  });
});
