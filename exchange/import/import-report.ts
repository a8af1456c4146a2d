// The report of an import, for people: what came over natively, what was kept, and what is to be done.
import type { ImportedProject, ImportedSequence } from "./import-project.ts";

export function importReport(sequences: readonly ImportedSequence[], skipped: ImportedProject["skipped"]): string {
  const parts = ["# Import", summaryTable(sequences), secretsPart(sequences), ...sequences.map(keptPart)];
  if (skipped.length > 0) {
    parts.push("## Files without a sequence", skipped.map(({ path, is }) => `- ${code(path)}: ${is}`).join("\n"));
  }
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function summaryTable(sequences: readonly ImportedSequence[]): string {
  const rows = sequences.map(({ from, path, counts }) => {
    const steps = `${counts.nativeSteps} of ${counts.steps}`;
    const conditions = `${counts.nativeConditions} of ${counts.conditions}`;
    return `| ${cell(from)} | ${cell(path)} | ${steps} | ${conditions} |`;
  });
  return ["| file | sequence | native steps | native conditions |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function secretsPart(sequences: readonly ImportedSequence[]): string {
  const taken = sequences.flatMap(({ path, secrets }) =>
    secrets.map(({ step, setting }) => `- ${code(path)}, step ${code(step)}: ${code(setting)} was taken out`),
  );
  const suspicious = sequences.flatMap(({ path, suspicious: steps }) =>
    steps.map((step) => `- ${code(path)}, step ${code(step)}: its command looks as if it held a password`),
  );
  if (taken.length + suspicious.length === 0) return "";
  const advice = "Look at these before the first commit. Values that were taken out are in no file of this folder.";
  return ["## Secrets", advice, [...suspicious, ...taken].join("\n")].join("\n\n");
}

function keptPart({ from, path, preserved }: ImportedSequence): string {
  if (preserved.length === 0) return "";
  const lines = preserved.map(
    ({ kind, name, line, why }) =>
      `- line ${line}, ${kind === "setting" ? "setting of " : ""}step ${code(name)}: ${why}`,
  );
  return [`## ${cell(path)}`, `Kept as it was in ${code(from)}:`, lines.join("\n")].join("\n\n");
}

function cell(text: string): string {
  return text.replace(/[|\r\n]/g, " ");
}

function code(text: string): string {
  const plain = text.replace(/[\r\n`]/g, " ");
  return plain.trim() === "" ? "(no name)" : `\`${plain}\``;
}
