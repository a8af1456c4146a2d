// Handlers that nothing leads to: `on error` of a group in which nothing can fail. Looks at groups with a handler alone, and
// in each only as far as the first statement that can fail, so it costs next to nothing.
import type { Block, If, Span, Statement, Step } from "@sequitur/grammar";
import { limits } from "@sequitur/runtime/plan";
import type { ProgramContext } from "../check/program-context.ts";
import { flowDiagnostics } from "../diagnostics/flow.ts";
import type { Module } from "../model/module.ts";
import type { SequenceSymbol } from "../model/symbol.ts";
import { actionCanFail, canFail } from "./can-fail.ts";
import { flowClausesOf } from "./step-phases.ts";

/** Sequences that were looked at; one that calls itself counts as what can fail, and so does one that lies too deep. */
interface Known {
  readonly answers: Map<SequenceSymbol, boolean>;
  depth: number;
}

/** To be called when the sequences, and all that they call, are checked. */
export function checkHandlers(program: ProgramContext, sequences: readonly SequenceSymbol[]): void {
  const known: Known = { answers: new Map(), depth: 0 };
  for (const symbol of sequences) {
    for (const member of symbol.node.members) {
      if (member.kind !== "variable" && member.kind !== "options") findHandlers(program, known, symbol.module, member);
    }
  }
}

function findHandlers(program: ProgramContext, known: Known, module: Module, statement: Statement): void {
  if (statement.kind === "step") return;
  if (statement.kind === "for") return findIn(program, known, module, statement.body);
  if (statement.kind === "if") {
    for (const block of blocksOf(statement)) findIn(program, known, module, block);
    return;
  }
  const clauses = flowClausesOf(statement.clauses);
  if (clauses.disabled) return;
  const { body, onError } = statement;
  if (onError !== undefined && !clauses.timeout && body.statements.length > 0 && !blockCanFail(program, known, body)) {
    program.report(module, headOf(module, onError), flowDiagnostics.SEQ4009, {});
  }
  for (const block of [body, onError, statement.finally]) {
    if (block !== undefined) findIn(program, known, module, block);
  }
}

function findIn(program: ProgramContext, known: Known, module: Module, block: Block): void {
  for (const statement of block.statements) findHandlers(program, known, module, statement);
}

/** The words in front of the block. */
function headOf(module: Module, block: Block): Span {
  const words = "on error";
  const start = module.parsed.text.lastIndexOf(words, block.start);
  return start === -1 ? block : { start, end: start + words.length };
}

/** Every block of an `if` with its chain of `else if`. A loop: a chain may be long. */
function blocksOf(statement: If): readonly Block[] {
  const blocks = [statement.body];
  let rest = statement.otherwise;
  for (; rest?.kind === "if"; rest = rest.otherwise) blocks.push(rest.body);
  if (rest !== undefined) blocks.push(rest);
  return blocks;
}

function blockCanFail(program: ProgramContext, known: Known, block: Block): boolean {
  return block.statements.some((statement) => statementCanFail(program, known, statement));
}

function statementCanFail(program: ProgramContext, known: Known, statement: Statement): boolean {
  switch (statement.kind) {
    case "step":
      return stepCanFail(program, known, statement);
    case "group": {
      const clauses = flowClausesOf(statement.clauses);
      if (clauses.disabled || clauses.continues) return false;
      if (clauses.when !== undefined && canFail(program, clauses.when.condition)) return true;
      const { body, onError, finally: last } = statement;
      if (last !== undefined && blockCanFail(program, known, last)) return true;
      const inner = clauses.timeout || blockCanFail(program, known, body);
      return inner && (onError === undefined || blockCanFail(program, known, onError));
    }
    case "if": {
      let link: If | Block | undefined = statement;
      for (; link?.kind === "if"; link = link.otherwise) if (canFail(program, link.condition)) return true;
      return blocksOf(statement).some((block) => blockCanFail(program, known, block));
    }
    case "for":
      return canFail(program, statement.iterable) || blockCanFail(program, known, statement.body);
  }
}

function stepCanFail(program: ProgramContext, known: Known, step: Step): boolean {
  const clauses = flowClausesOf(step.clauses);
  if (clauses.disabled || clauses.continues) return false;
  if (clauses.timeout || (clauses.when !== undefined && canFail(program, clauses.when.condition))) return true;
  if (actionCanFail(program, step)) return true;
  if (step.action.kind !== "call" || step.action.sequence.kind === "missing") return false;
  const resolution = program.paths.get(step.action.sequence);
  if (resolution?.kind !== "sequence" || resolution.symbol.kind !== "sequence") return true;
  return sequenceCanFail(program, known, resolution.symbol);
}

function sequenceCanFail(program: ProgramContext, known: Known, symbol: SequenceSymbol): boolean {
  const before = known.answers.get(symbol);
  if (before !== undefined) return before;
  if (known.depth >= limits.callDepth) return true;
  known.answers.set(symbol, true);
  known.depth += 1;
  const answer = symbol.node.members.some((member) => {
    if (member.kind === "options") return false;
    if (member.kind === "variable") return member.value !== undefined && canFail(program, member.value);
    return statementCanFail(program, known, member);
  });
  known.depth -= 1;
  known.answers.set(symbol, answer);
  return answer;
}
