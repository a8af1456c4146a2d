// What Windows does of the catalogue, by name.
import { actions, type ActionName } from "../../plan/actions.ts";
import type { ActionImplementation } from "../action.ts";
import { convertToDynamic, disableBitLocker, enableBitLocker, formatDisk, preProvisionBitLocker } from "./disks.ts";
import {
  applyDataImage,
  applyDriverPackage,
  applyImage,
  captureImage,
  prepareClient,
  prepareWindows,
} from "./images.ts";
import { captureNetwork, connectFolder, disconnectFolder, join } from "./network.ts";
import { applyNetworkSettings, applySettings, captureSettings, setUp, upgrade } from "./system.ts";
import { captureState, installUpdates, restoreState } from "./users-and-software.ts";
import { type Planner, windowsAction } from "./work.ts";

/** Files, folders and readiness are done alike everywhere and are not in here. */
export const windowsPlanners = {
  "disk.format": formatDisk,
  "disk.convertToDynamic": convertToDynamic,
  "bitlocker.enable": enableBitLocker,
  "bitlocker.disable": disableBitLocker,
  "bitlocker.preProvision": preProvisionBitLocker,
  "image.apply": applyImage,
  "image.applyData": applyDataImage,
  "image.capture": captureImage,
  "image.prepareClient": prepareClient,
  "image.prepareWindows": prepareWindows,
  "driver.applyPackage": applyDriverPackage,
  "os.setup": setUp,
  "os.upgrade": upgrade,
  "os.applySettings": applySettings,
  "os.captureSettings": captureSettings,
  "network.applySettings": applyNetworkSettings,
  "network.captureSettings": captureNetwork,
  "network.join": join,
  "network.connectFolder": connectFolder,
  "network.disconnectFolder": disconnectFolder,
  "state.capture": captureState,
  "state.restore": restoreState,
  "software.installUpdates": installUpdates,
} as const satisfies { readonly [name in ActionName]?: Planner };

export type WindowsActionName = keyof typeof windowsPlanners;

export function onWindows(name: WindowsActionName): ActionImplementation {
  const { parameters, uncuttable } = actions[name];
  return windowsAction(parameters, windowsPlanners[name], uncuttable);
}
