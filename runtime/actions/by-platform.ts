// Actions that are done in one way on Linux and in another on Windows.
import type { ActionImplementation } from "./action.ts";
import { onWindows, type WindowsActionName } from "./windows/windows-actions.ts";

/** Which platforms an action has is the catalogue's matter: what is not Windows is Linux here. */
export function byPlatform(name: WindowsActionName, linux: ActionImplementation): ActionImplementation {
  const windows = onWindows(name);
  return (context) => (process.platform === "win32" ? windows(context) : linux(context));
}
