// Whether a value may hold a secret, itself or in a part.
import type { Type } from "./type.ts";

/** True: a value of this type shown as a text could show a secret. */
export function holdsSecret(type: Type): boolean {
  switch (type.kind) {
    case "secret":
      return true;
    case "optional":
      return holdsSecret(type.inner);
    case "list":
      return holdsSecret(type.item);
    case "union":
      return type.members.some(holdsSecret);
    case "record":
      return [...type.fields.values()].some(holdsSecret);
    default:
      return false;
  }
}
