// Compiles a file to a plan: check, choose the sequence, lower, hash content, compare with the lock, verify. A plan comes out
// only when nothing is wrong, and never without the verifier's consent.
import { createDiagnostic } from "@sequitur/grammar";
import type { Diagnostic } from "@sequitur/grammar";
import { encoded, verify } from "@sequitur/runtime/plan";
import type { Plan } from "@sequitur/runtime/plan";
import { check, Configurations, sorted, sourcesOf, withoutDoubles } from "./check.ts";
import { ConstantEvaluator, fieldKey } from "./constants/constant-evaluator.ts";
import { HashingContentReader } from "./content/content-reader.ts";
import { compareWithLock, readLock, updatedLock } from "./content/lock.ts";
import { loweringDiagnostics } from "./diagnostics/lowering.ts";
import type { CompilerHost } from "./host.ts";
import { invariant } from "./invariant.ts";
import { limitFinding } from "./lower/plan-limits.ts";
import { lowerProgram } from "./lower/lower-program.ts";
import type { CheckedProgram } from "./model/checked-program.ts";
import type { ContentSymbol, SequenceSymbol } from "./model/symbol.ts";

export interface CompileOptions {
  /** Identifier of the sequence to start; needed where the file declares several. */
  readonly sequence?: string;
  /** All content must be as sequitur.lock notes it. */
  readonly locked?: boolean;
}

export interface Compiled {
  /** Absent when there are errors. */
  readonly plan?: Plan;
  /** The plan's canonical text: the same for the same sources and content. */
  readonly text?: string;
  /** The new text of sequitur.lock; absent when there are errors, with `locked`, or when nothing changed. */
  readonly lock?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly program: CheckedProgram;
  readonly sources: ReadonlyMap<string, string>;
}

export function compile(host: CompilerHost, entryPath: string, options: CompileOptions = {}): Compiled {
  const { program, diagnostics, sources } = check(host, [entryPath], { lints: false });
  if (diagnostics.some(isError)) return { diagnostics, program, sources };
  const entry = chooseSequence(program, entryPath, options.sequence);
  if ("code" in entry) return { diagnostics: sorted([...diagnostics, entry]), program, sources };
  const configurations = new Configurations(host);
  const constants = new ConstantEvaluator(program);
  const content = new HashingContentReader(host, configurations.of(entryPath).content, (symbol) =>
    isPinned(constants, symbol),
  );
  const lowered = lowerProgram(program, entry, content);
  const lock = readLock(host);
  const found = configurations.apply([
    ...lowered.diagnostics,
    ...content.diagnostics,
    ...lock.diagnostics,
    ...compareWithLock(host, lock.lock, content.read, options.locked === true),
  ]);
  const all = sorted(withoutDoubles([...diagnostics, ...found]));
  const result = { diagnostics: all, program, sources: sourcesOf(host, program, all) };
  if (all.some(isError)) return result;
  const { plan, text } = encoded(lowered.plan);
  const problems = verify(plan);
  const limit = limitFinding(program, entry, plan, problems);
  if (limit !== undefined) return { ...result, diagnostics: sorted([...all, limit]) };
  invariant(problems.length === 0, `a plan verifies, but: ${problemText(plan, problems)}`);
  const newLock = updatedLock(host, lock.lock, content.read);
  const before = host.readText("sequitur.lock");
  const changed = before.kind === "text" ? before.text !== newLock : content.read.length > 0;
  return {
    ...result,
    plan,
    text,
    ...(changed && options.locked !== true ? { lock: newLock } : {}),
  };
}

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === "error";
}

function isPinned(constants: ConstantEvaluator, symbol: ContentSymbol): boolean {
  const pin = symbol.node.options?.fields.find((field) => fieldKey(field.key) === "pin");
  return pin !== undefined && constants.valueOf(pin.value, symbol.module.path) === true;
}

/** The sequence by name, or the file's only one. */
function chooseSequence(program: CheckedProgram, path: string, name: string | undefined): SequenceSymbol | Diagnostic {
  const module = program.modules.get(path);
  const sequences: SequenceSymbol[] = [];
  for (const symbol of module?.declared.values() ?? []) if (symbol.kind === "sequence") sequences.push(symbol);
  const names = sequences.map((symbol) => symbol.name);
  const [only] = sequences;
  const place = { file: path, start: 0, end: 0 };
  if (name !== undefined) {
    const found = sequences.find((symbol) => symbol.name === name);
    return found ?? createDiagnostic(loweringDiagnostics.SEQ7205, place, { name, names });
  }
  if (only !== undefined && sequences.length === 1) return only;
  return createDiagnostic(loweringDiagnostics.SEQ7204, place, { names });
}

function problemText(plan: Plan, problems: ReturnType<typeof verify>): string {
  return problems
    .slice(0, 5)
    .map(({ rule, instruction, message }) => {
      const position = instruction === undefined ? undefined : plan.positions[instruction];
      const at = position === undefined ? "" : ` (${plan.sources[position[0]] ?? ""}:${position[1]}:${position[2]})`;
      return `${rule} ${message}${at}`;
    })
    .join(" ");
}
