// Regular expressions → programs for the machine in pattern-match.ts (Thompson's construction). For the compiler: the
// runtime gets programs alone.
import type { PatternInstruction, PlanPattern } from "./format.ts";
import { limits } from "./limits.ts";
import { parsePattern } from "./pattern-syntax.ts";
import type { PatternProblem, PatternTree } from "./pattern-syntax.ts";

/** The program of a pattern, or what is wrong with the pattern. */
export function compilePattern(
  source: string,
): { readonly pattern: PlanPattern } | { readonly problem: PatternProblem } {
  const parsed = parsePattern(source);
  if ("problem" in parsed) return parsed;
  const program: PatternInstruction[] = [];
  emit(program, parsed.tree);
  program.push(["match"]);
  if (program.length > limits.patternInstructions) {
    return { problem: { offset: 0, message: "The pattern is too large: its counts multiply. Use smaller ones." } };
  }
  return { pattern: { source, program } };
}

/** Appends the code of a tree. Once the program is too large nothing more is added. */
function emit(program: PatternInstruction[], tree: PatternTree): void {
  if (program.length > limits.patternInstructions) return;
  switch (tree.kind) {
    case "characters":
      program.push(["char", tree.negated, tree.ranges]);
      return;
    case "assertion":
      program.push(["assert", tree.what]);
      return;
    case "sequence":
      for (const item of tree.items) emit(program, item);
      return;
    case "choice":
      return emitChoice(program, tree.alternatives);
    case "repeat":
      return emitRepeat(program, tree.item, tree.least, tree.most);
  }
}

/** split A, B; A: … jump end; B: … */
function emitChoice(program: PatternInstruction[], alternatives: readonly PatternTree[]): void {
  const jumps: number[] = [];
  alternatives.forEach((alternative, i) => {
    const isLast = i === alternatives.length - 1;
    const split = program.length;
    if (!isLast) program.push(["jump", 0]);
    emit(program, alternative);
    if (isLast) return;
    jumps.push(program.length);
    program.push(["jump", 0]);
    program[split] = ["split", split + 1, program.length];
  });
  for (const jump of jumps) program[jump] = ["jump", program.length];
}

function emitRepeat(program: PatternInstruction[], item: PatternTree, least: number, most: number): void {
  for (let i = 0; i < least && program.length <= limits.patternInstructions; i += 1) emit(program, item);
  if (most === Infinity) {
    const split = program.length;
    program.push(["jump", 0]);
    emit(program, item);
    program.push(["jump", split]);
    program[split] = ["split", split + 1, program.length];
    return;
  }
  const splits: number[] = [];
  for (let i = least; i < most && program.length <= limits.patternInstructions; i += 1) {
    splits.push(program.length);
    program.push(["jump", 0]);
    emit(program, item);
  }
  for (const split of splits) program[split] = ["split", split + 1, program.length];
}
