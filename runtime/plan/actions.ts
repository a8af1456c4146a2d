// The catalogue of built-in actions (`use name { … }`): parameters with types, phases, effects. Data alone: how an action is
// done on a platform is runtime/actions; the texts for people, and what the actions are called in other systems, stand in
// the compiler, so that the shipped runtime leaves them out. Actions that only other systems can do are not in here at all.
import { diskActions } from "./actions/disks.ts";
import type { ActionTable } from "./actions/declaration.ts";
import { fileActions } from "./actions/files.ts";
import { imageActions } from "./actions/images.ts";
import { networkActions } from "./actions/network.ts";
import { systemActions } from "./actions/system.ts";
import { softwareActions, userActions } from "./actions/users-and-software.ts";

export type {
  ActionDeclaration,
  ActionParameter,
  ActionPhase,
  ActionTable,
  PhaseEffect,
  Platform,
} from "./actions/declaration.ts";

export const actions = {
  ...fileActions,
  ...diskActions,
  ...imageActions,
  ...systemActions,
  ...networkActions,
  ...userActions,
  ...softwareActions,
} as const satisfies ActionTable;

export type ActionName = keyof typeof actions;
