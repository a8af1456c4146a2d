// Which sequences call which.
import { walk } from "@sequitur/grammar";
import type { CallAction, SequenceDeclaration } from "@sequitur/grammar";
import type { Module, SequenceSymbol } from "@sequitur/compiler/model";
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  Position,
} from "vscode-languageserver-types";
import { documentOf, documentOfModule, offsetAt, rangeOf } from "../document.ts";
import type { EditorProject } from "../document.ts";
import { isSameSymbol, occurrenceAt } from "../occurrences.ts";

/** The sequence that is declared or called at a position; empty: none is. */
export function prepareCallHierarchy(project: EditorProject, path: string, position: Position): CallHierarchyItem[] {
  const document = documentOf(project, path);
  const at = document === undefined ? undefined : occurrenceAt(document, offsetAt(document, position));
  return at?.symbol.kind === "sequence" ? [itemFor(project, at.symbol)] : [];
}

function itemFor(project: EditorProject, { name, node, module }: SequenceSymbol): CallHierarchyItem {
  const document = documentOfModule(project, project.workspace.program(), module);
  const selectionRange = rangeOf(document, node.name);
  return {
    name,
    kind: 5,
    uri: project.uriOf(module.path),
    range: rangeOf(document, node),
    selectionRange,
    detail: module.path,
  };
}

/** The sequences that call the one at a position, each with the places in it. */
export function incomingCalls(project: EditorProject, path: string, position: Position): CallHierarchyIncomingCall[] {
  const target = sequenceAt(project, path, position);
  if (target === undefined) return [];
  const program = project.workspace.program();
  const found: CallHierarchyIncomingCall[] = [];
  for (const module of program.modules.values()) {
    const document = documentOfModule(project, program, module);
    for (const caller of sequencesOf(module)) {
      const calls = callsIn(caller.node).filter((call) => {
        const called = calledBy(project, call);
        return called !== undefined && isSameSymbol(called, target);
      });
      if (calls.length === 0) continue;
      found.push({
        from: itemFor(project, caller),
        fromRanges: calls.map(({ sequence }) => rangeOf(document, sequence)),
      });
    }
  }
  return found;
}

/** The sequences that the one at a position calls, each with the places where it does. */
export function outgoingCalls(project: EditorProject, path: string, position: Position): CallHierarchyOutgoingCall[] {
  const caller = sequenceAt(project, path, position);
  if (caller === undefined) return [];
  const document = documentOfModule(project, project.workspace.program(), caller.module);
  const found = new Map<SequenceSymbol, CallHierarchyOutgoingCall>();
  for (const call of callsIn(caller.node)) {
    const called = calledBy(project, call);
    if (called === undefined) continue;
    const known = found.get(called) ?? { to: itemFor(project, called), fromRanges: [] };
    known.fromRanges.push(rangeOf(document, call.sequence));
    found.set(called, known);
  }
  return [...found.values()];
}

function sequenceAt(project: EditorProject, path: string, position: Position): SequenceSymbol | undefined {
  const document = documentOf(project, path);
  const at = document === undefined ? undefined : occurrenceAt(document, offsetAt(document, position));
  return at?.symbol.kind === "sequence" ? at.symbol : undefined;
}

function sequencesOf(module: Module): readonly SequenceSymbol[] {
  return [...module.declared.values()].filter((symbol) => symbol.kind === "sequence");
}

function callsIn(sequence: SequenceDeclaration): readonly CallAction[] {
  const calls: CallAction[] = [];
  walk(sequence, (node) => {
    if (node.kind === "call") calls.push(node);
  });
  return calls;
}

function calledBy(project: EditorProject, { sequence }: CallAction): SequenceSymbol | undefined {
  const resolution = sequence.kind === "missing" ? undefined : project.workspace.program().paths.get(sequence);
  return resolution?.kind === "sequence" && resolution.symbol.kind === "sequence" ? resolution.symbol : undefined;
}
