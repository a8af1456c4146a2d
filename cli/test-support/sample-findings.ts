// A few findings in made-up files, for the tests of renderers. Places are given by the text that stands there.
import type { Diagnostic, Fix, Location, Related } from "@sequitur/grammar";

/** A location in a text: the first place where `wanted` stands, after the first place where `after` does. */
export function locate(file: string, text: string, wanted: string, after = ""): Location {
  const start = text.indexOf(wanted, text.indexOf(after));
  if (start < 0) throw new Error(`${wanted} does not stand in ${file}`);
  return { file, start, end: start + wanted.length };
}

export interface SampleDetails {
  readonly code?: string;
  readonly name?: string;
  readonly severity?: Diagnostic["severity"];
  readonly hint?: string;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

export function finding(message: string, place: Location, details: SampleDetails = {}): Diagnostic {
  return {
    code: details.code ?? "SEQ2004",
    name: details.name ?? "unknown-package",
    severity: details.severity ?? "error",
    message,
    ...place,
    ...(details.hint === undefined ? {} : { hint: details.hint }),
    related: details.related ?? [],
    fixes: details.fixes ?? [],
  };
}

/** The sample of the contract: an unknown package on line 40, declared on line 4. */
export function contractSample(): { text: string; diagnostic: Diagnostic } {
  const lines = Array.from({ length: 45 }, () => "");
  lines[3] = 'package office "./packages/office"';
  lines[39] = '      run "setup.exe /configure ${site}.xml" from ofice';
  const text = lines.join("\n");
  const place = locate("deploy.seq", text, "ofice");
  const diagnostic = finding('there is no package named "ofice"', place, {
    hint: 'did you mean "office"?',
    related: [{ ...locate("deploy.seq", text, "package office"), message: "office is declared here" }],
    fixes: [{ title: 'Change to "office"', safe: true, edits: [{ ...place, text: "office" }] }],
  });
  return { text, diagnostic };
}
