// Declarations at the top of a file that are no sequence: content, accounts, fleets, deployments, tests.
import type { ContentDeclaration, Declaration, DeploymentDeclaration, TestDeclaration } from "@sequitur/grammar";
import { plainTextSpan } from "../bind/plain-text.ts";
import { contentAddress, fileNameOf, folderOf } from "../bind/project-path.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { suggestText } from "../diagnostics/suggestion.ts";
import { unreachable } from "../invariant.ts";
import type { Module } from "../model/module.ts";
import { checkArguments } from "./arguments.ts";
import { isSequence, sequenceParameters } from "./actions.ts";
import { createContext, locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { aliasType } from "./resolve-type.ts";
import { checkFunction, constantType } from "./definitions.ts";
import { checkPlainText } from "./plain-texts.ts";
import { resolvePathTo } from "./paths.ts";
import type { ProgramContext } from "./program-context.ts";
import {
  accountSettings,
  checkSettings,
  collectionSettings,
  contentSettings,
  deploymentSettings,
  windowSettings,
} from "./settings.ts";
import { checkSequence } from "./statements.ts";
import { checkTest } from "./tests.ts";

/** Checks one declaration at the top of a file, with all in it. */
export function checkDeclaration(program: ProgramContext, module: Module, node: Declaration): void {
  const ctx = createContext(program, module);
  const symbol = "name" in node && node.name.kind === "name" ? module.declared.get(node.name.text) : undefined;
  const own = symbol?.node === node ? symbol : undefined;
  switch (node.kind) {
    case "importModule":
    case "importNames":
      return;
    case "const":
      if (own?.kind === "const") constantType(program, own);
      return;
    case "typeDeclaration":
      if (own?.kind === "type") aliasType(program, own);
      return;
    case "fn":
      if (own?.kind === "fn") checkFunction(program, own);
      return;
    case "content":
      checkContent(ctx, node);
      return;
    case "account":
      checkSettings(ctx, node.settings, accountSettings);
      return;
    case "fleet":
      ctx.stage = "fleet";
      checkPlainText(ctx, node.title, "a title");
      checkSettings(ctx, node.settings, node.fleetKind === "collection" ? collectionSettings : windowSettings);
      return;
    case "deployment":
      checkDeployment(ctx, node);
      return;
    case "test":
      checkTestDeclaration(ctx, node);
      return;
    case "externSequence":
      checkPlainText(ctx, node.source, "the source of a sequence");
      return;
    case "sequence":
      if (own?.kind === "sequence") checkSequence(program, own);
      return;
    default:
      unreachable(node);
  }
}

function checkContent(ctx: CheckContext, node: ContentDeclaration): void {
  checkSettings(ctx, node.options, contentSettings);
  if (node.source.kind === "missing") return;
  const written = checkPlainText(ctx, node.source, "the source of content");
  if (written === undefined) return;
  const address = contentAddress(ctx.module.path, written);
  if (address.kind !== "local" || ctx.program.host.exists(address.path) !== "absent") return;
  const span = plainTextSpan(node.source);
  const name = fileNameOf(address.path);
  const start = written.endsWith(name) ? span.end - name.length : span.start;
  const candidates = ctx.program.host.list(folderOf(address.path)).map((near) => ({ name: near }));
  const details = suggestText(locate(ctx, { start, end: span.end }), name, candidates);
  report(ctx, span, nameDiagnostics.SEQ2006, { kind: node.contentKind, path: address.path }, details);
}

function checkDeployment(ctx: CheckContext, node: DeploymentDeclaration): void {
  ctx.stage = "fleet";
  checkPlainText(ctx, node.title, "a title");
  const fields = checkSettings(ctx, node.settings, deploymentSettings);
  const given = fields.get("with");
  const symbol = node.sequence.kind === "missing" ? undefined : resolveSequence(ctx, node);
  if (symbol?.kind !== "sequence" || node.sequence.kind === "missing") {
    if (given !== undefined) ctx.program.checkExpression(ctx, given.value);
    return;
  }
  const record = given?.value.kind === "record" ? given.value : undefined;
  if (given !== undefined && record === undefined) ctx.program.checkExpression(ctx, given.value);
  const owner = `the sequence "${symbol.name}"`;
  checkArguments(ctx, record, sequenceParameters(ctx, symbol), owner, node.sequence);
}

function resolveSequence(ctx: CheckContext, node: DeploymentDeclaration | TestDeclaration) {
  if (node.sequence.kind === "missing") return undefined;
  return resolvePathTo(ctx, node.sequence, {
    accepts: isSequence,
    needed: "a sequence",
    unknown: nameDiagnostics.SEQ2103,
    resolution: (found) => ({ kind: "sequence", symbol: found }),
  });
}

function checkTestDeclaration(ctx: CheckContext, node: TestDeclaration): void {
  if (node.title.kind === "string") checkPlainText(ctx, node.title, "a title");
  const symbol = resolveSequence(ctx, node);
  checkTest(ctx.program, ctx.module, node, symbol?.kind === "sequence" ? symbol : undefined);
}
