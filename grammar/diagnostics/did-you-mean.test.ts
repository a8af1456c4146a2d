// What counts as a slip of the pen, which `check --fix` mends without asking.
import { expect, it } from "vitest";
import { didYouMean, isSlip } from "./did-you-mean.ts";

it.each([
  ["folder.creat", "folder.create"],
  ["Site", "site"],
  ["tihng", "thing"],
  ["gtp", "gpt"],
  ["uper", "upper"],
  ["manufactrer", "manufacturer"],
  ["manufaktrer", "manufacturer"],
])("%s is one for %s", (word, meant) => {
  expect(didYouMean(word, [meant])).toBe(meant);
  expect(isSlip(word, meant)).toBe(true);
});

it.each([
  ["file.move", "file.remove"],
  ["one", "gone"],
  ["enable", "disable"],
  ["AMZ", "AMS"],
  ["a.b", "a.b.c"],
])("%s is none for %s", (word, meant) => {
  expect(isSlip(word, meant)).toBe(false);
});
