// A file with twenty mistakes gets twenty findings: one each, at the smallest text that is wrong.
import { expect, test } from "vitest";
import { check } from "../test-support/check.ts";

test("twenty mistakes of different kinds give twenty findings", () => {
  const { found, marked } = check({
    "main.seq": `import { sitee } from "./lib.seq"
//       ^^^^^ SEQ2009 "lib.seq" declares no "sitee"
import "./lib.seq" as lib

package office "./ofice"
//              ^^^^^^^ SEQ2006 there is nothing at "ofice" for this package
package tools "./tools"
account installer { usr: "svc" }
//                  ^^^ SEQ2110 an account has no setting "usr"

type Site = "AMS" | "RTM"

fn isLarge(size: int): bool = size > 10

sequence child "Child" {
  param name: string
  output written: int = 3
}

sequence main "Main" {
  param site: Site = "AMR"
  //                 ^^^^^ SEQ3017 "AMR" is not one of "AMS" | "RTM"
  param count: itn = 1
  //           ^^^ SEQ2106 there is no type named "itn"
  secret key: string
  var answer: int
  var label: string = sitee

  step first "One"
    run "tool \${sight}" from tols
    //          ^^^^^ SEQ2101 there is nothing named "sight" here
    //                       ^^^^ SEQ2004 there is no package named "tols"
    timeout 5
    //      ^ SEQ3001 this is an int, but a duration is needed
    as instaler
    // ^^^^^^^^ SEQ2104 there is no account named "instaler"
  step "Two"
    use file.wirte { path: "/a", text: "b" }
    //  ^^^^^^^^^^ SEQ2102 there is no action named "file.wirte"
  step "Three"
    use file.write { pth: "/a", text: 3 }
    //               ^^^ SEQ2109 "file.write" has no parameter "pth"
    //                                ^ SEQ3001 this is an int, but a string is needed
  step "Four"
    call lib.chidl { name: "x" }
    //       ^^^^^ SEQ2009 "lib.seq" declares no "chidl"
  step "Five"
    call child { nme: "x" } into answer
    //           ^^^ SEQ2109 the sequence "child" has no parameter "nme"
  step "Six"
    log "x" retry 3
    //      ^^^^^ SEQ5001 \`log\` takes no "retry"
  step "Seven"
    log key
    //  ^^^ SEQ6001 a secret can't stand in the log
  step "Eight"
    log "x" when isLarge("3")
    //                   ^^^ SEQ3001 this is a string, but an int is needed
  step "Nine"
    set cuont = 1
    //  ^^^^^ SEQ2107 there is no variable named "cuont" in this sequence
  step "Ten"
    log "x" when last.exit == 0
    //                ^^^^ SEQ2108 "last" has no "exit"
  step "Eleven"
    log error.name
    //  ^^^^^ SEQ4003
  step "Twelve"
    run "setup.exe 'one"
    //             ^ SEQ5102
  step "Thirteen"
    log upper(env("SITE"))
    //        ^^^^^^^^^^^ SEQ3002 this value may be absent
}
`,
    "lib.seq": `sequence child { log "x" }\nconst site = "AMS"\n`,
    "tools/a.txt": "",
  });
  expect(found).toEqual(marked);
  expect(found).toHaveLength(22);
});
