// Lowers what holds other statements: groups with their frames and blocks, `if` and `for`. The shapes are fixed in the
// semantics specification (9.2); verifier and interpreter know no others.
import type { Block, For, Group, If, Statement } from "@sequitur/grammar";
import type { PlanGroup } from "@sequitur/runtime/plan";
import { invariant, unreachable } from "../invariant.ts";
import { clausesByKind } from "./clauses.ts";
import { lowerCondition, lowerExpression } from "./lower-expression.ts";
import { lowerStep } from "./lower-step.ts";
import { groupName } from "./node-name.ts";
import type { Label } from "./plan-builder.ts";
import type { SequenceContext } from "./sequence-context.ts";
import { oneLine } from "./source-text.ts";

export function lowerStatement(ctx: SequenceContext, statement: Statement): void {
  switch (statement.kind) {
    case "step":
      return lowerStep(ctx, statement);
    case "group":
      return lowerGroup(ctx, statement);
    case "if":
      return lowerIf(ctx, statement);
    case "for":
      return lowerFor(ctx, statement);
    default:
      return unreachable(statement);
  }
}

function lowerBlock(ctx: SequenceContext, block: Block, parent: number): void {
  const outside = ctx.parent;
  ctx.parent = parent;
  for (const statement of block.statements) lowerStatement(ctx, statement);
  ctx.parent = outside;
}

function lowerGroup(ctx: SequenceContext, group: Group): void {
  const { builder } = ctx;
  const clauses = clausesByKind(group.clauses);
  const node = builder.reserveNode();
  const base = {
    kind: "group",
    name: groupName(ctx.module, group),
    ...(group.label === undefined ? {} : { label: group.label.text }),
    parent: ctx.parent,
    sequence: ctx.index,
    position: ctx.positionOf(group),
  } as const;
  ctx.at(group);
  if (clauses.disabled !== undefined) {
    builder.emit("DISABLED", node);
    builder.setNode(node, { ...base, end: builder.here, continueOnError: false, disabled: true });
    return;
  }
  ctx.nodeOf.set(group, node);
  const end = builder.label();
  const timeout = clauses.timeout === undefined ? undefined : ctx.constantOf(clauses.timeout.duration);
  builder.emit("OPEN", node);
  if (clauses.when !== undefined) {
    lowerCondition(ctx, clauses.when.condition);
    ctx.at(clauses.when);
    builder.emit("DECIDE", node, end);
  }
  const blocks = lowerGroupBlocks(ctx, group, node);
  builder.place(end);
  builder.setNode(node, {
    ...base,
    ...(clauses.when === undefined ? {} : { condition: oneLine(ctx.module, clauses.when.condition) }),
    end: end.address,
    ...blocks,
    continueOnError: clauses.continueOnError !== undefined,
    ...(typeof timeout === "number" ? { timeout } : {}),
  });
}

function lowerGroupBlocks(ctx: SequenceContext, group: Group, node: number): Pick<PlanGroup, "handler" | "finally"> {
  const { builder } = ctx;
  ctx.at(group);
  builder.emit("BODY", node);
  lowerBlock(ctx, group.body, node);
  ctx.at(group);
  builder.emit("LEAVE", node);
  const handler = builder.here;
  if (group.onError !== undefined) {
    lowerBlock(ctx, group.onError, node);
    ctx.at(group.onError);
    builder.emit("HANDLED", node);
  }
  const last = builder.here;
  if (group.finally !== undefined) {
    lowerBlock(ctx, group.finally, node);
    ctx.at(group.finally);
    builder.emit("RESUME", node);
  }
  return {
    ...(group.onError === undefined ? {} : { handler }),
    ...(group.finally === undefined ? {} : { finally: last }),
  };
}

/** A chain of `else if` is a loop here: each link is a node beside the first, not below it. */
function lowerIf(ctx: SequenceContext, statement: If): void {
  const end = ctx.builder.label();
  let branch = statement;
  for (let name = "if"; ; name = "else if") {
    const node = lowerBranch(ctx, branch, end, name);
    const { otherwise } = branch;
    if (otherwise?.kind === "if") branch = otherwise;
    else {
      if (otherwise !== undefined) lowerBlock(ctx, otherwise, node);
      break;
    }
  }
  ctx.builder.place(end);
}

function lowerBranch(ctx: SequenceContext, branch: If, end: Label, name: string): number {
  const { builder } = ctx;
  const otherwise = builder.label();
  const node = builder.reserveNode();
  builder.setNode(node, {
    kind: "if",
    name,
    parent: ctx.parent,
    sequence: ctx.index,
    position: ctx.positionOf(branch),
    condition: oneLine(ctx.module, branch.condition),
  });
  lowerCondition(ctx, branch.condition);
  ctx.at(branch);
  builder.emit("DECIDE", node, otherwise);
  lowerBlock(ctx, branch.body, node);
  ctx.at(branch);
  if (branch.otherwise !== undefined) builder.emit("JUMP", end);
  builder.place(otherwise);
  return node;
}

function lowerFor(ctx: SequenceContext, statement: For): void {
  const { builder } = ctx;
  invariant(statement.variable.kind === "name", "a missing variable was reported");
  const node = builder.reserveNode();
  builder.setNode(node, {
    kind: "for",
    silent: false,
    name: `for ${statement.variable.text}`,
    parent: ctx.parent,
    sequence: ctx.index,
    position: ctx.positionOf(statement),
    condition: oneLine(ctx.module, statement.iterable),
  });
  const end = builder.label();
  lowerExpression(ctx, statement.iterable);
  ctx.at(statement);
  builder.emit("ITER", node);
  const top = builder.label();
  builder.place(top);
  builder.emit("NEXT", node, ctx.slotOfLoop(statement), end);
  lowerBlock(ctx, statement.body, node);
  ctx.at(statement);
  builder.emit("JUMP", top);
  builder.place(end);
}
