// What the process of an action says, line by line. It may say anything: whatever is not one of the messages is ignored, and
// what is too long is never held.
import { limits } from "../plan/limits.ts";
import type { Value } from "../plan/value.ts";
import { parseJson } from "../process/output-value.ts";

export interface ActionListener {
  log(text: string): void;
  progress(text: string): void;
}

export type ActionAnswer =
  | { readonly kind: "result"; readonly value: Value }
  | { readonly kind: "failure"; readonly message: string; readonly code: number; readonly stack: string }
  /** The end of a sentence about the output. */
  | { readonly kind: "unusable"; readonly problem: string };

/** Room for the frame around a result that is as large as it may be. */
const longestLine = limits.outputBytes + 1024;

export class ActionAnswers {
  /** The last word; null: there was none yet. */
  answer: ActionAnswer | null = null;
  readonly #listener: ActionListener;
  #held: Buffer[] = [];
  #length = 0;

  constructor(listener: ActionListener) {
    this.#listener = listener;
  }

  take(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.#hold(chunk.subarray(start, end));
      this.#line();
      start = end + 1;
    }
    this.#hold(chunk.subarray(start));
  }

  #hold(bytes: Buffer): void {
    this.#length += bytes.length;
    if (this.#length > longestLine) this.#held = [];
    else if (bytes.length > 0) this.#held.push(Buffer.from(bytes));
  }

  #line(): void {
    const isTooLong = this.#length > longestLine;
    const text = Buffer.concat(this.#held).toString("utf8");
    this.#held = [];
    this.#length = 0;
    if (isTooLong) this.answer = { kind: "unusable", problem: `has more than ${limits.outputBytes} bytes` };
    else this.#message(text);
  }

  #message(text: string): void {
    const parsed = parseJson(text);
    if ("problem" in parsed) {
      this.answer = { kind: "unusable", problem: parsed.problem };
      return;
    }
    const message = recordOf(parsed.value);
    if (typeof message["log"] === "string") this.#listener.log(message["log"]);
    else if (typeof message["progress"] === "string") this.#listener.progress(message["progress"]);
    else if ("result" in message) this.answer = { kind: "result", value: message["result"] ?? null };
    else if ("failure" in message) this.answer = failureOf(recordOf(message["failure"] ?? null));
  }
}

function failureOf(failure: { readonly [field: string]: Value }): ActionAnswer {
  const { message, code, stack } = failure;
  return {
    kind: "failure",
    message: typeof message === "string" ? message : "",
    code: typeof code === "number" ? code : 1,
    stack: typeof stack === "string" ? stack : "",
  };
}

function recordOf(value: Value): { readonly [field: string]: Value } {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as { readonly [field: string]: Value })
    : {};
}
