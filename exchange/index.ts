// The public face of the exchange with other systems: their sequences in, and out again.
export { importProject } from "./import/import-project.ts";
export type {
  ImportedProject,
  ImportedSequence,
  ImportInput,
  ImportProblem,
  PreservedPart,
  ProjectFile,
} from "./import/import-project.ts";
export { exportSequence } from "./export/export-sequence.ts";
export type { Exported, ExportInput, ExportProblem } from "./export/export-sequence.ts";
export { readOriginMap } from "./origin/read-origin-map.ts";
export type { OriginMap } from "./origin/origin-map.ts";
export type { Dialect } from "./foreign/model.ts";
export { readZip, zipLimits } from "./zip/read-zip.ts";
export type { Inflate, ZipMember, ZipRead } from "./zip/read-zip.ts";
export { xmlLimits } from "./xml/limits.ts";
