// What a result rests on: everything the compiler asked its host, with fingerprints of the answers. The result still holds
// where every question has the same answer, those that found nothing included.
import { createHash } from "node:crypto";
import type { CompilerHost, ContentAnswer, FileAnswer } from "@sequitur/compiler";
import { stampContent } from "./content-stamp.ts";

/** A question as it is kept: what was asked, for which path, and the fingerprint of the answer. */
export interface Question {
  readonly asked: "readText" | "exists" | "list" | "readContent";
  readonly path: string;
  readonly answer: string;
  /** Of content: what it looked like from outside; absent where it had changed too recently for that to say anything. */
  readonly stamp?: string;
}

/**
 * Asks everything again and gives the questions; undefined at the first that has another answer. They are the very same array
 * unless content had to be read to know it: then with stamps that spare the next comparison the reading.
 */
export function askAgain(
  questions: readonly Question[],
  host: CompilerHost,
  root: string,
): readonly Question[] | undefined {
  let refreshed: Question[] | undefined;
  for (const [index, question] of questions.entries()) {
    const stamp = question.asked === "readContent" ? stampContent(root, question.path) : undefined;
    if (stamp !== undefined && stamp === question.stamp) continue;
    if (answerTo(question, host) !== question.answer) return undefined;
    if (stamp === undefined) continue;
    refreshed ??= [...questions];
    refreshed[index] = { ...question, stamp };
  }
  return refreshed ?? questions;
}

function answerTo({ asked, path }: Question, host: CompilerHost): string {
  switch (asked) {
    case "readText":
      return printOfText(host.readText(path));
    case "exists":
      return host.exists(path);
    case "list":
      return printOfNames(host.list(path));
    case "readContent":
      return printOfContent(host.readContent(path));
  }
}

export function printOfText(answer: FileAnswer): string {
  switch (answer.kind) {
    case "text":
      return `text ${sha256(answer.text)}`;
    case "unreadable":
      return `unreadable ${answer.why}`;
    default:
      return answer.kind;
  }
}

export function printOfNames(names: readonly string[]): string {
  return sha256(JSON.stringify(names));
}

export function printOfContent(answer: ContentAnswer): string {
  return sha256(JSON.stringify(answer));
}

/** In base64url. A text that is no valid UTF-16 has the print of another one, which the compiler can't get from a file. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
