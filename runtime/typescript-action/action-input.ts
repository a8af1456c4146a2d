// What an action of the project is given: its arguments as JSON, with the place of verified content where a handle stands.
import type { ContentStore } from "../content/content-store.ts";
import type { ResolvedOperand } from "../host.ts";
import type { Plan, PlanProjectAction } from "../plan/format.ts";
import type { PlanType } from "../plan/plan-type.ts";
import { holdsHandle } from "../plan/type-relation.ts";
import type { Value } from "../plan/value.ts";

export type ActionInput = { readonly input: { readonly [parameter: string]: Value } } | { readonly problem: string };

/** Arguments that are absent are left out. `problem`: content that can't be had. */
export async function actionInput(
  operands: readonly ResolvedOperand[],
  action: PlanProjectAction,
  plan: Plan,
  content: ContentStore,
): Promise<ActionInput> {
  const input: { [parameter: string]: Value } = {};
  const places = new Map<number, string>();
  for (const { role, name, value } of operands) {
    if (role !== "argument" || name === undefined || value === null) continue;
    const type = action.parameters[name]?.type ?? "never";
    if (holdsHandle(type)) {
      const problem = await prepareAll(handlesIn(value, type), places, plan, content);
      if (problem !== null) return { problem };
    }
    input[name] = withPlaces(value, type, places);
  }
  return { input };
}

async function prepareAll(
  handles: readonly number[],
  places: Map<number, string>,
  plan: Plan,
  content: ContentStore,
): Promise<string | null> {
  for (const index of handles) {
    if (places.has(index)) continue;
    const ready = await content.prepare(index);
    if ("problem" in ready) return ready.problem;
    const { kind, files } = plan.content[index] ?? { kind: "package", files: [] };
    const isFile = (kind === "file" || kind === "image") && files.length === 1;
    places.set(index, isFile ? ready.file : ready.folder);
  }
  return null;
}

function handlesIn(value: Value, type: PlanType): readonly number[] {
  if (!holdsHandle(type) || value === null) return [];
  if (typeof value === "number") return [value];
  return partsOf(value, type).flatMap(([, part, partType]) => handlesIn(part, partType));
}

function withPlaces(value: Value, type: PlanType, places: ReadonlyMap<number, string>): Value {
  if (!holdsHandle(type) || value === null) return value;
  if (typeof value === "number") return places.get(value) ?? "";
  const parts = partsOf(value, type).map(
    ([name, part, partType]) => [name, withPlaces(part, partType, places)] as const,
  );
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

function partsOf(value: Value, type: PlanType): readonly (readonly [name: string, part: Value, type: PlanType])[] {
  if (typeof type === "string" || value === null || typeof value !== "object") return [];
  if ("optional" in type) return partsOf(value, type.optional);
  return Object.entries(value).map(([name, part]: [string, Value]) => {
    return [name, part, "list" in type ? type.list : (type.record[name] ?? "never")] as const;
  });
}
