import { expect, test } from "vitest";
import { disassemble } from "./disassemble.ts";
import { assemble } from "./test/assemble.ts";

const source = `
content office package ./office setup.exe
sequence main
param site: string
group g: handler=H end=L timeout=60000
step s: run program:string word:string from:package | end=A retry=2 success=0,5 continue
step t: log | end=B
OPEN g
BODY g
OPEN s
LOAD site
PUSH "A\\"MS"
CMP != string
DECIDE s A
PUSH "setup.exe"
LOAD site
PUSH package:0
ACT s
DONE s
A:
LEAVE g
H:
OPEN t
PUSH 90s
BUILTIN text.duration 1
LOG t
DONE t
B:
HANDLED g
L:
RETURN 0`;

test("shows names, labels, descriptors and the source line of each instruction", () => {
  expect(disassemble(assemble(source), new Map([["main.seq", source]]))).toMatchInlineSnapshot(`
    "package office "./office" (1 file)

    sequence main "main"
      param site: string
    ; main.seq:8  OPEN g
         0  OPEN      #0 "g"
              · timeout 1m
              · handler L2
              · end L4
    ; main.seq:9  BODY g
         1  BODY      #0 "g"
    ; main.seq:10  OPEN s
         2  OPEN      #1 "s"
              · run (program: string, word: string, from: package)
              · continue on error
              · success 0, 5
              · retry 2 every 1s
              · end L1
    ; main.seq:11  LOAD site
         3  LOAD      site                                   ( → v)
    ; main.seq:12  PUSH "A\\"MS"
         4  PUSH      "A\\"MS"                                ( → v)
    ; main.seq:13  CMP != string
         5  CMP       != string                              (a b → bool)
    ; main.seq:14  DECIDE s A
         6  DECIDE    #1 "s" L1                              (bool → )
    ; main.seq:15  PUSH "setup.exe"
         7  PUSH      "setup.exe"                            ( → v)
    ; main.seq:16  LOAD site
         8  LOAD      site                                   ( → v)
    ; main.seq:17  PUSH package:0
         9  PUSH      package office                         ( → v)
    ; main.seq:18  ACT s
        10  ACT       #1 "s"                                 (operands → output?)
    ; main.seq:19  DONE s
        11  DONE      #1 "s"
    ; main.seq:21  LEAVE g
    L1:
        12  LEAVE     #0 "g"
    ; main.seq:23  OPEN t
    L2:
        13  OPEN      #2 "t"
              · log
              · end L3
    ; main.seq:24  PUSH 90s
        14  PUSH      90s                                    ( → v)
    ; main.seq:25  BUILTIN text.duration 1
        15  BUILTIN   text.duration 1                        (a×n → v)
    ; main.seq:26  LOG t
        16  LOG       #2 "t"                                 (string → )
    ; main.seq:27  DONE t
        17  DONE      #2 "t"
    ; main.seq:29  HANDLED g
    L3:
        18  HANDLED   #0 "g"
    ; main.seq:31  RETURN 0
    L4:
        19  RETURN    0                                      (outputs → )
    "
  `);
});

test("shows numbers that name nothing, so that a broken plan can be looked at", () => {
  const plan = assemble(source);
  const broken = { ...plan, constants: [], nodes: [], code: [...plan.code.slice(0, -1), ["LOAD", 9] as const] };
  expect(disassemble(broken)).toContain("LOAD      ?9");
  expect(disassemble(broken)).toContain("OPEN      ?0");
});
