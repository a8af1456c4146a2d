import type { ProcessStarter } from "./start.ts";
export function createLauncher(direct: ProcessStarter, _folder: string): ProcessStarter {
  return direct;
}
