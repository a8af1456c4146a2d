import { failed } from "../system/outcome.ts";
import type { ActionImplementation } from "./action.ts";
export const formatDisk: ActionImplementation = async () => failed("unsupported", "Not yet.");
