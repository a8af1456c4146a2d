// The built-in actions in words, for the reference and the editor: what each does, what each parameter means, an example that is
// a whole sequence. What can be told from the declaration (types, defaults, phases, platforms, effects) is not said again here.
import type { ActionName } from "@sequitur/runtime/plan";
import type { ActionTexts } from "./action-texts/action-text.ts";
import { diskTexts } from "./action-texts/disks.ts";
import { fileTexts } from "./action-texts/files.ts";
import { imageTexts } from "./action-texts/images.ts";
import { networkTexts } from "./action-texts/network.ts";
import { systemTexts } from "./action-texts/system.ts";
import { softwareTexts, userTexts } from "./action-texts/users-and-software.ts";

export type { ActionText, ReferenceExample } from "./action-texts/action-text.ts";

export const actionTexts: ActionTexts<ActionName> = {
  ...fileTexts,
  ...diskTexts,
  ...imageTexts,
  ...systemTexts,
  ...networkTexts,
  ...userTexts,
  ...softwareTexts,
};
