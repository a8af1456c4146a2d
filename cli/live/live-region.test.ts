// Live lines on a terminal, as the terminal shows them in the end.
import { expect, test } from "vitest";
import { createScreen } from "../test-support/screen.ts";
import type { Output } from "../surroundings.ts";
import { createLiveRegion } from "./live-region.ts";

function regionOn(columns: number) {
  const screen = createScreen(columns);
  let width = columns;
  let writes = 0;
  const output: Output = {
    write(text) {
      writes += 1;
      screen.write(text);
    },
    isTerminal: true,
    columns: () => width,
    onResize: () => () => undefined,
  };
  const resize = (to: number): void => {
    width = to;
    screen.resize(to);
  };
  return { region: createLiveRegion(output), screen, resize, writes: () => writes };
}

const live = (...texts: string[]) => texts.map((text) => ({ text }));

test("live lines are replaced in place, kept lines stay above them", () => {
  const { region, screen } = regionOn(40);
  region.draw(["first"], live("running 1"));
  expect(screen.lines()).toEqual(["first", "running 1"]);
  region.draw([], live("running 2", "  says something"));
  expect(screen.lines()).toEqual(["first", "running 2", "  says something"]);
  region.draw(["second", "third"], live("r"));
  expect(screen.lines()).toEqual(["first", "second", "third", "r"]);
  region.clear();
  expect(screen.lines()).toEqual(["first", "second", "third"]);
});

test("a kept line may be longer than the terminal is wide, a live line is cut", () => {
  const { region, screen } = regionOn(10);
  region.draw(["0123456789abc"], live("live 0123456789"));
  region.draw(["x"], live("live 日本日本日本"));
  expect(screen.lines()).toEqual(["0123456789", "abc", "x", "live 日…"].map((line) => line));
});

test("nothing is written when nothing has changed, and a change is one write", () => {
  const { region, writes } = regionOn(40);
  region.draw(["a"], live("b"));
  region.draw([], live("b"));
  region.draw([], live("b"));
  expect(writes()).toBe(1);
});

test("a terminal that becomes narrower or wider leaves no remains", () => {
  const { region, screen, resize } = regionOn(40);
  region.draw(["kept"], live("a live line of thirty letters..", "second"));
  resize(12);
  region.draw(["more"], live("short"));
  expect(screen.lines()).toEqual(["kept", "more", "short"]);
  region.draw([], live("0123456789a", "b"));
  resize(60);
  region.draw([], live("wide again"));
  expect(screen.lines()).toEqual(["kept", "more", "wide again"]);
});
