// What an action was given, ready to use: content as the folder or file where it lies, accounts with their passwords, defaults
// of the catalogue filled in. Made before anything is touched.
import { join } from "node:path";
import type { Outcome } from "../host.ts";
import type { PlanType } from "../plan/plan-type.ts";
import type { Value } from "../plan/value.ts";
import { failed } from "../system/outcome.ts";
import type { ActionContext } from "./action.ts";

export interface GivenAccount {
  /** `DOMAIN\name`, `name@domain` or a plain name. */
  readonly user: string;
  /** Empty: none is needed. */
  readonly password: string;
}

/** By parameter. Content is a path, a variable its name, an account a record of `user` and `password`. */
export type Given = { readonly [parameter: string]: Value };

/** Replaces indices into the plan by what they stand for; a failure where that can't be had. */
export async function resolveGiven(
  context: ActionContext,
  types: { readonly [parameter: string]: PlanType },
): Promise<{ readonly given: Given } | Outcome> {
  const given: { [parameter: string]: Value } = {};
  for (const [name, value] of Object.entries(context.args)) {
    const type = types[name];
    const resolved = type === undefined || value === null ? { value } : await resolveValue(context, type, value);
    if ("reason" in resolved) return resolved;
    if (resolved.value !== null) given[name] = resolved.value;
  }
  return { given };
}

type Resolved = { readonly value: Value } | Outcome;

async function resolveValue(context: ActionContext, type: PlanType, value: Value): Promise<Resolved> {
  if (typeof type === "object") return resolveInside(context, type, value);
  if (typeof value !== "number") return { value };
  const { plan, environment } = context.execution.run;
  switch (type) {
    case "package":
    case "image":
    case "application":
    case "file": {
      const ready = await context.content.prepare(value);
      if ("problem" in ready) return failed("content", ready.problem);
      return { value: type === "package" ? ready.folder : ready.file };
    }
    case "account": {
      const account = plan.accounts[value];
      if (account === undefined) return failed("account", `there is no account ${value}`);
      const password = account.password === undefined ? "" : environment[account.password];
      if (password === undefined) {
        return failed("account", `the password of account ${account.name} is not in ${account.password ?? ""}`);
      }
      return { value: { user: account.user, password } };
    }
    case "variable":
      return { value: plan.globals[value]?.name ?? "" };
    default:
      return { value };
  }
}

async function resolveInside(context: ActionContext, type: Exclude<PlanType, string>, value: Value): Promise<Resolved> {
  if ("optional" in type) return value === null ? { value } : resolveValue(context, type.optional, value);
  if ("list" in type) {
    if (!isList(value)) return { value };
    const items: Value[] = [];
    for (const item of value) {
      const resolved = await resolveValue(context, type.list, item);
      if ("reason" in resolved) return resolved;
      items.push(resolved.value);
    }
    return { value: items };
  }
  const fields: { [field: string]: Value } = {};
  for (const [field, inner] of Object.entries(type.record)) {
    const part = fieldOf(value, field);
    if (part === null) continue;
    const resolved = await resolveValue(context, inner, part);
    if ("reason" in resolved) return resolved;
    fields[field] = resolved.value;
  }
  return { value: fields };
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The field of a record; null: it is absent. */
export function fieldOf(value: Value, field: string): Value {
  if (value === null || typeof value !== "object" || isList(value)) return null;
  const fields = value as { readonly [field: string]: Value };
  return Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;
}

/** Empty when it is absent. */
export function textOf(given: Value, name: string): string {
  const value = fieldOf(given, name);
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function numberOf(given: Value, name: string): number | null {
  const value = fieldOf(given, name);
  return typeof value === "number" ? value : null;
}

export function flagOf(given: Value, name: string): boolean {
  return fieldOf(given, name) === true;
}

/** Empty when it is absent. */
export function textsOf(given: Value, name: string): readonly string[] {
  const value = fieldOf(given, name);
  return isList(value) ? value.map(String) : [];
}

export function recordsOf(given: Value, name: string): readonly Value[] {
  const value = fieldOf(given, name);
  return isList(value) ? value : [];
}

/** Null when none is given. */
export function accountOf(given: Value, name: string): GivenAccount | null {
  const account = fieldOf(given, name);
  return account === null ? null : { user: textOf(account, "user"), password: textOf(account, "password") };
}

/** A path below a folder of Windows, whatever the machine is that computes it. */
export function windowsPath(folder: string, ...parts: readonly string[]): string {
  return [folder.replace(/[\\/]+$/, ""), ...parts].join("\\");
}

/** A path of this machine. */
export function localPath(folder: string, ...parts: readonly string[]): string {
  return join(folder, ...parts);
}
