// The tree that a run draws, from events as the runtime sends them.
import { describe, expect, test } from "vitest";
import type { RunEvent } from "@sequitur/runtime";
import { noPaint } from "../render/paint.ts";
import { createRunTree } from "./run-tree.ts";
import type { RunTree } from "./run-tree.ts";
import { symbolsFor } from "./symbols.ts";

type Unheaded<E> = E extends RunEvent ? Omit<E, "v" | "run" | "time"> : never;
type Given = Unheaded<RunEvent>;

const event = (given: Given): RunEvent => ({ v: 1, run: "r-1", time: "2026-11-22T20:00:00Z", ...given }) as RunEvent;
const at = { file: "a.seq", line: 7, column: 3 };
const step = (execution: number, name: string, ...path: string[]) => ({ execution, node: 0, name, path, at });
const started = (execution: number, name: string, ...path: string[]): Given => ({
  kind: "step.started",
  ...step(execution, name, ...path),
  attempt: 1,
  what: "run x",
});
const succeeded = (execution: number, name: string, ...path: string[]): Given => ({
  kind: "step.ended",
  ...step(execution, name, ...path),
  state: "succeeded",
  code: 0,
  reason: "none",
  message: "",
  duration: 75_000,
  attempts: 1,
});

function treeOf(): RunTree {
  return createRunTree(undefined, noPaint, symbolsFor({ LANG: "en_GB.UTF-8" }, "linux"));
}

function linesOf(events: readonly Given[], tree = treeOf()): readonly string[] {
  return events.flatMap((given) => tree.take(event(given), 0));
}

const live = (tree: RunTree, now: number, output = ""): readonly string[] =>
  tree.live(now, () => output).map((line) => line.text);

describe("lines that stay", () => {
  test("show groups, steps with their time, and how the run began", () => {
    expect(
      linesOf([
        { kind: "run.started", path: [], sequence: "deploy", title: "Deploy", plan: "sha256:0" },
        { kind: "group.entered", path: [], node: 1, name: "Software" },
        started(1, "Office", "Software"),
        succeeded(1, "Office", "Software"),
        { kind: "group.ended", path: [], node: 1, name: "Software", state: "succeeded" },
        started(2, "Last"),
        succeeded(2, "Last"),
      ]),
    ).toEqual(["Deploy run r-1", "  Software", "    ✓ Office  1m 15s", "  ✓ Last  1m 15s"]);
  });

  test("say why a step failed, what was tried and what comes of it", () => {
    const failed: Given = {
      ...succeeded(1, "Office", "Software"),
      kind: "step.ended",
      state: "failed-continued",
      code: 1603,
      reason: "exit",
      message: "exited with 1603 (success codes: 0)",
      duration: 1234,
      attempts: 2,
    } as Given;
    const retrying: Given = {
      kind: "step.retrying",
      ...step(1, "Office", "Software"),
      attempt: 2,
      delay: 30_000,
      code: 1618,
      message: "exited with 1618",
    };
    expect(
      linesOf([
        started(1, "Office", "Software"),
        retrying,
        failed,
        { kind: "group.ended", path: [], node: 1, name: "Software", state: "failed-continued", handled: true },
      ]),
    ).toEqual([
      "  Software",
      "      Office: exited with 1618; try 2 in 30s",
      "    ✗ Office  1.2s, 2 tries, the sequence continues",
      "        exited with 1603 (success codes: 0) (a.seq:7)",
      "  ✗ Software  failed, handled",
    ]);
  });

  test("say why a step was skipped, with the value of each part", () => {
    const skipped = { kind: "step.skipped", path: [], at, node: 1, name: "BitLocker" } as const;
    expect(
      linesOf([
        {
          ...skipped,
          why: "condition",
          condition: 'isLaptop() and site == "RTM"',
          parts: [{ text: "site", value: '"AMS"' }],
        },
        { ...skipped, why: "disabled" },
      ]),
    ).toEqual([
      '  – BitLocker  skipped: isLaptop() and site == "RTM" is false (a.seq:7)',
      '      site = "AMS"',
      "  – BitLocker  disabled (a.seq:7)",
    ]);
  });

  test("have headings also where a run goes on in the middle, and for each item of a loop", () => {
    expect(
      linesOf([
        { kind: "run.resumed", path: [], boot: "b" },
        succeeded(4, "Inner", "Outer", "Group"),
        { kind: "group.entered", path: ["Outer"], node: 2, name: "for disk", item: 1 },
        succeeded(5, "Wipe", "Outer", "for disk"),
        { kind: "group.entered", path: ["Outer"], node: 2, name: "for disk", item: 2 },
        succeeded(6, "Wipe", "Outer", "for disk"),
      ]),
    ).toEqual([
      "run r-1 goes on",
      "  Outer",
      "    Group",
      "      ✓ Inner  1m 15s",
      "    for disk item 1",
      "      ✓ Wipe  1m 15s",
      "    for disk item 2",
      "      ✓ Wipe  1m 15s",
    ]);
  });

  test("show logs, restarts and signals; values can't move the cursor", () => {
    expect(
      linesOf([
        { kind: "log", path: [], text: "a \u001b[2J b\nc" },
        { kind: "restart.asked", path: [], to: "system" },
        { kind: "restart.seen", path: [], phase: "fullos" },
        { kind: "signal", path: [], signal: "cancel", now: true },
        { kind: "run.checked", path: [], problems: ["There is no room."] },
        { kind: "variable.set", path: [], name: "x", value: "1" },
      ]),
    ).toEqual([
      "  a <U+001B>[2J b c",
      "  ↻ restarting to system",
      "  ↻ back after the restart, in fullos",
      "  cancelling: the running step is ended",
      "  ! There is no room.",
    ]);
  });

  test("are ASCII where the locale does not say that it knows more", () => {
    const tree = createRunTree(undefined, noPaint, symbolsFor({ LANG: "C" }, "linux"));
    expect(linesOf([succeeded(1, "Office")], tree)).toEqual(["  + Office  1m 15s"]);
    expect(symbolsFor({ LC_ALL: "C", LANG: "de_DE.utf8" }, "linux").succeeded).toBe("+");
    expect(symbolsFor({}, "win32").succeeded).toBe("✓");
  });
});

describe("live lines", () => {
  test("show the running step with its time and what it last said", () => {
    const tree = treeOf();
    tree.take(event(started(1, "Office", "Software")), 1000);
    expect(live(tree, 62_500)).toEqual(["    ▸ Office  1:01"]);
    expect(live(tree, 62_500, "one\ntwo 10%\rtwo 20%\r\n")).toEqual(["    ▸ Office  1:01", "        two 20%"]);
    tree.take(event({ kind: "step.progress", ...step(1, "Office", "Software"), text: "30 %" }), 0);
    expect(live(tree, 62_500)[1]).toBe("        30 %");
    tree.take(event(succeeded(1, "Office", "Software")), 0);
    expect(live(tree, 62_500)).toEqual([]);
  });

  test("count down to the time-out and the next try", () => {
    const tree = treeOf();
    tree.take(event({ ...started(1, "Office"), timeout: 60_000 } as Given), 0);
    expect(live(tree, 10_000)).toEqual(["  ▸ Office  0:10, times out in 0:50"]);
    const retrying: Given = {
      kind: "step.retrying",
      ...step(1, "Office"),
      attempt: 2,
      delay: 30_000,
      code: 1,
      message: "",
    };
    tree.take(event(retrying), 60_000);
    expect(live(tree, 65_000)).toEqual(["  ▸ Office  next try in 0:25"]);
    tree.take(event({ ...started(1, "Office"), attempt: 2 } as Given), 90_000);
    expect(live(tree, 92_000)).toEqual(["  ▸ Office  0:02, try 2"]);
  });

  test("show the innermost of calls, and what a wait waits for", () => {
    const tree = treeOf();
    tree.take(event(started(1, "Call", "G")), 0);
    tree.take(event(started(2, "Pause", "G", "Call")), 0);
    tree.take(event({ kind: "wait.started", ...step(2, "Pause", "G", "Call"), duration: 60_000, poll: false }), 0);
    expect(live(tree, 20_000)).toEqual(["      ▸ Pause  waiting, 0:40 left"]);
    tree.take(event(succeeded(2, "Pause", "G", "Call")), 0);
    expect(live(tree, 20_000)).toEqual(["    ▸ Call  0:20"]);
  });
});
