// A sequence with a program in every place where one can stand: each is a state that a run can be in.
import type { Group, Interruption, Program, Sequence } from "./tree.ts";

/** A program in every place where one can stand; `folder`, with a slash at its end, stands before their names. */
export function everywhere(interruption: Interruption, folder = ""): Sequence {
  const program = (name: string, options: Partial<Program> = {}): Program => ({
    ...{
      kind: "run",
      name: `${folder}${name}`,
      shows: "word",
      interruption,
      continues: false,
      retries: 0,
      hasTimeout: false,
    },
    ...{ isBound: false, into: false, ...options },
  });
  const group = (name: string, options: Partial<Group>): Group => ({
    ...{ kind: "group", name, body: [], handler: null, finally: null, continues: false, isTimed: false },
    ...{ whenEmpty: false, ...options },
  });
  const fail = { kind: "fail", continues: false } as const;
  return {
    body: [
      program("top"),
      program("kept", { continues: true }),
      program("retried", { retries: 1, into: true }),
      program("bound", { hasTimeout: true, isBound: true, continues: true }),
      group("handled", {
        body: [program("in the body"), fail],
        handler: [
          program("in the handler"),
          group("inner", { body: [program("in the handler's group")], continues: true }),
        ],
        finally: [program("in finally after a handler")],
      }),
      group("unhandled", {
        body: [group("deep", { body: [program("deep in the body"), fail], finally: [program("with one pending")] })],
        finally: [program("outer finally, with one pending")],
        continues: true,
      }),
      group("timed", { body: [program("in time")], isTimed: true, finally: [program("finally in time")] }),
      { kind: "loop", items: ["a", "b"], body: [program("each", { shows: "item" })] },
      { kind: "branch", model: "A", then: [program("then")], otherwise: [program("else")] },
      { kind: "call", child: "one", continues: true },
      { kind: "restart" },
      { kind: "waitUntil", file: "ready", continues: false },
      { kind: "wait" },
      group("last", { body: [program("last")], handler: [program("last handler")] }),
    ],
    children: {
      one: [
        program("in the child", { into: true }),
        group("in it", { body: [], finally: [program("child's finally")] }),
      ],
      two: [],
    },
  };
}

/** Names of all programs in a tree. */
export function programsIn(value: unknown): readonly string[] {
  if (value === null || typeof value !== "object") return [];
  if ("kind" in value && value.kind === "run" && "name" in value) return [String(value.name)];
  return Object.values(value).flatMap(programsIn);
}
