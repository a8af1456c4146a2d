// Is the content that a program declares there at all? Cheap: nothing is read or hashed, which is for the build.
import { createDiagnostic } from "@sequitur/grammar";
import type { Diagnostic } from "@sequitur/grammar";
import { contentAddress } from "../bind/project-path.ts";
import { plainText } from "../bind/plain-text.ts";
import { contentDiagnostics } from "../diagnostics/content.ts";
import type { CompilerHost } from "../host.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import type { ContentPlaces } from "./content-reader.ts";

/** A finding for each declaration whose path leads to nothing. URLs, shares and other systems are not looked at. */
export function checkContent(
  host: CompilerHost,
  program: CheckedProgram,
  places: ContentPlaces,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const [file, module] of program.modules) {
    for (const declaration of module.parsed.tree.declarations) {
      if (declaration.kind !== "content" || declaration.name.kind === "missing") continue;
      const written = plainText(declaration.source);
      if (written === undefined) continue;
      const address = contentAddress(file, written);
      const path = places.get(written) ?? (address.kind === "local" ? address.path : undefined);
      if (path === undefined || host.exists(path) !== "absent") continue;
      const at = { file, start: declaration.source.start, end: declaration.source.end };
      const args = { kind: declaration.contentKind, name: declaration.name.text, path };
      diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7001, at, args));
    }
  }
  return diagnostics;
}
