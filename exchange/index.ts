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
