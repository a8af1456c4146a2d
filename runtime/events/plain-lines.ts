// Events as plain lines, for terminals without a live view, for logs, and for people who read them afterwards.
import { sequenceTitle } from "../plan/sequence-title.ts";
import { durationText } from "../plan/value-text.ts";
import type { DecidedPart, EventPlace, RunEvent, RunFailure } from "./event.ts";

const verbWidth = 11;

/** The line that stands for an event; null: it has none. */
export function plainLine(event: RunEvent): string | null {
  const text = textOf(event);
  if (text === null) return null;
  const [verb, rest] = text;
  const indent = "  ".repeat(event.path.length);
  return escapeControls(`${indent}${verb.padEnd(verbWidth)}${rest}`.trimEnd());
}

type VerbAndRest = readonly [verb: string, rest: string];

function textOf(event: RunEvent): VerbAndRest | null {
  switch (event.kind) {
    case "run.started":
      return ["run", `${sequenceTitle(event.sequence, event.title)}  (run ${event.run})`];
    case "run.resumed":
      return ["resumed", `run ${event.run}`];
    case "run.checked":
      return event.problems.length === 0 ? null : ["refused", event.problems.join(" ")];
    case "run.ended":
      return [event.state, endText(event.duration, event.failure)];
    case "group.entered":
      return ["group", event.item === undefined ? event.name : `${event.name}: item ${event.item}`];
    case "group.ended":
      return groupEnd(event.name, event.state, event.handled === true);
    case "step.started":
      return event.attempt > 1 ? null : ["start", `${event.name}${detail(event.what, event.name)}`];
    case "step.ended":
      return stepEnd(event);
    case "step.retrying":
      return [
        "retry",
        `${event.name}: ${event.message}; attempt ${event.attempt} in ${durationText(event.delay)}${place(event.at)}`,
      ];
    case "step.skipped":
      return ["skipped", `${event.name}: ${whySkipped(event)}${place(event.at)}`];
    case "step.progress":
      return ["", `${event.name}: ${event.text}`];
    case "log":
      return ["log", event.text];
    case "wait.started":
      return ["waiting", `${event.name}: at most ${durationText(event.duration)}`];
    case "restart.asked":
      return ["restart", event.to === "system" ? "of the system" : "to Windows PE"];
    case "restart.seen":
      return ["restarted", event.phase === "winpe" ? "in Windows PE" : "in the full system"];
    case "signal":
      return event.signal === "cancel"
        ? ["cancel", "the run is being cancelled"]
        : ["time", "the time of a group is up"];
    case "decision":
    case "variable.set":
    case "step.output":
    case "wait.ended":
      return null;
  }
}

function groupEnd(name: string, state: string, handled: boolean): VerbAndRest | null {
  if (state === "succeeded") return null;
  return ["failed", `${name}${handled ? "; handled" : state === "failed-continued" ? "; the run goes on" : ""}`];
}

function stepEnd(event: Extract<RunEvent, { readonly kind: "step.ended" }>): VerbAndRest {
  const attempts = event.attempts > 1 ? `, ${event.attempts} attempts` : "";
  if (event.state === "succeeded") return ["done", `${event.name}  (${elapsed(event.duration)}${attempts})`];
  const goesOn = event.state === "failed-continued" ? "; the run goes on" : "";
  const tries = event.attempts > 1 ? ` after ${event.attempts} attempts` : "";
  return ["failed", `${event.name}: ${event.message}${tries}${goesOn}${place(event.at)}`];
}

function whySkipped(event: Extract<RunEvent, { readonly kind: "step.skipped" }>): string {
  if (event.why === "disabled") return "it is disabled";
  return `${event.condition ?? "its condition"} is false${partsText(event.parts ?? [])}`;
}

/** `: site = "RTM", count = 3`. */
export function partsText(parts: readonly DecidedPart[]): string {
  return parts.length === 0 ? "" : `: ${parts.map(({ text, value }) => `${text} = ${value}`).join(", ")}`;
}

function detail(what: string, name: string): string {
  return what === "" || what === name || name.endsWith(what) ? "" : `: ${what}`;
}

function place(at: EventPlace | undefined): string {
  return at === undefined || at.file === "" ? "" : `  (${at.file}:${at.line})`;
}

function endText(duration: number, failure: RunFailure | undefined): string {
  const after = `after ${elapsed(duration)}`;
  if (failure === undefined) return after;
  const cause =
    failure.cause === undefined
      ? ""
      : `; it came while this was handled: ${failure.cause.name}: ${failure.cause.message}`;
  return `${after}: ${[...failure.path, failure.name].join(" / ")}: ${failure.message}${place(failure.at)}${cause}`;
}

/** `0.2s`, `14s`, `3m 20s`, `2h 5m`. */
export function elapsed(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)}s`;
  if (seconds < 60) return `${Math.round(seconds)}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${Math.floor(seconds % 60)}s`;
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}

/** Control characters in values must not reach a terminal: written as `\u001b`. */
export function escapeControls(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
    return character === "\n" ? "\\n" : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
