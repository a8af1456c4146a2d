// All findings of the compiler, by code. The reference's pages, `explain` and the tests read this.
import { actionDiagnostics } from "./actions.ts";
import { clauseDiagnostics } from "./clauses.ts";
import { flowDiagnostics } from "./flow.ts";
import { loweringDiagnostics } from "./lowering.ts";
import { nameDiagnostics } from "./names.ts";
import { phaseDiagnostics } from "./phases.ts";
import { secretDiagnostics } from "./secrets.ts";
import { typeDiagnostics } from "./types.ts";
import { typescriptDiagnostics } from "./typescript.ts";

export const compilerDiagnostics = {
  ...nameDiagnostics,
  ...typeDiagnostics,
  ...flowDiagnostics,
  ...phaseDiagnostics,
  ...clauseDiagnostics,
  ...actionDiagnostics,
  ...secretDiagnostics,
  ...loweringDiagnostics,
  ...typescriptDiagnostics,
} as const;
