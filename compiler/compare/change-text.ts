// One change of a setting in words.
import type { FieldChange } from "./comparison.ts";

const longest = 160;

/** `condition: was a, is b`; `memory is new: 4GB`; `time limit is gone: 45m`. */
export function fieldChangeText({ name, before, after }: FieldChange): string {
  if (before === undefined) return after === "yes" ? `${name} is new` : `${name} is new: ${cut(after ?? "")}`;
  if (after === undefined) return before === "yes" ? `${name} is gone` : `${name} is gone: ${cut(before)}`;
  const [was, is] = cutAlike(before, after);
  return `${name}: was ${was}, is ${is}`;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}

/** Two long texts are cut to where they differ. */
function cutAlike(before: string, after: string): readonly [string, string] {
  if (before.length <= longest && after.length <= longest) return [before, after];
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const start = Math.max(0, same - 30);
  const part = (text: string): string => (start === 0 ? cut(text) : `…${cut(text.slice(start))}`);
  return [part(before), part(after)];
}
