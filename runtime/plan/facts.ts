// The catalogue of facts: questions that a sequence may ask the machine. Types only; how each is answered on a platform is
// runtime/facts, the texts for people are docs. A fact that a platform lacks answers absent or its neutral value.
import type { PlanType } from "./plan-type.ts";

export interface FactDeclaration {
  readonly parameters: readonly { readonly name: string; readonly type: PlanType }[];
  readonly result: PlanType;
  /** `run`: read once, at the start · `boot`: at first use in each boot · `evaluation`: whenever asked. */
  readonly lifetime: "run" | "boot" | "evaluation";
}

const boot = (result: PlanType): FactDeclaration => ({ parameters: [], result, lifetime: "boot" });
const asked = (parameters: FactDeclaration["parameters"], result: PlanType): FactDeclaration => ({
  parameters,
  result,
  lifetime: "evaluation",
});
const path = [{ name: "path", type: "string" }] as const;
const key = [
  { name: "key", type: "string" },
  { name: "name", type: "string" },
] as const;
const query = [
  { name: "namespace", type: "string" },
  { name: "query", type: "string" },
] as const;
const id = [{ name: "id", type: "string" }] as const;

export const facts = {
  "device.name": boot("string"),
  "device.serial": boot("string"),
  "device.manufacturer": boot("string"),
  "device.model": boot("string"),
  /** SMBIOS chassis type; 0 where it is unknown. */
  "device.chassis": boot("int"),
  "device.memory": boot("size"),
  "device.cpus": boot("int"),
  /** `x64`, `arm64`, `x86`. */
  "device.architecture": boot("string"),
  /** `uefi` or `bios`. */
  "device.firmware": boot("string"),
  "device.addresses": boot({ list: "string" }),
  /** `windows`, `linux`, `macos`. */
  "os.family": boot("string"),
  "os.version": boot("version"),
  "os.name": boot("string"),
  "os.architecture": boot("string"),
  /** `winpe` or `fullos`. */
  "os.phase": boot("string"),
  /** The name is a constant; the system's own names are read once a boot. */
  env: { parameters: [{ name: "name", type: "string" }], result: { optional: "string" }, lifetime: "run" },
  "file.exists": asked(path, "bool"),
  "file.size": asked(path, { optional: "size" }),
  "file.version": asked(path, { optional: "version" }),
  "file.text": asked(path, { optional: "string" }),
  "dir.exists": asked(path, "bool"),
  "registry.exists": asked(key, "bool"),
  "registry.value": asked(key, { optional: "string" }),
  "wmi.exists": asked(query, "bool"),
  "software.exists": asked(id, "bool"),
  "software.version": asked(id, { optional: "version" }),
  /** RFC 3339 text in UTC with milliseconds. */
  now: asked([], "string"),
} as const satisfies { readonly [name: string]: FactDeclaration };

export type FactName = keyof typeof facts;
