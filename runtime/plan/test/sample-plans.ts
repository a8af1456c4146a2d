// Plans that verify, as assembler text: together they have every instruction in every lowering. The verifier's tests
// mutate them; the interpreter's can run them.

export const samplePlans: { readonly [name: string]: string } = {
  steps: `
    global Site
    global Token secret
    environment TOOLS
    content office package ./office setup.exe lib/a.dll
    content boot image ./boot.wim boot.wim
    account installer user INSTALLER
    sequence main
      param site: string
      param count: int default
      slot password: secret
      slot text: string
      slot answer: bool
      output total: int
      step install: run program:string word:string words:list<string> environment.SITE:string? from:package | end=A retry=3 timeout=60000 success=0,5 reboots=3010 output=string continue account=installer
      step write: use file.write argument.path:string argument.text:string argument.executable:bool? | end=B interruption=verify verify=V
      step script: script sh "echo" word:string environment.TOKEN:secret | end=C
      step command: commandline commandText:string commandValue:string | end=D needs=fullos
      step note: log | end=E untitled
      step assign: set | end=F untitled
      step pause: wait duration:duration | end=G
      step ready: waitUntil | end=H timeout=60000
      step again: restart system delay:duration message:string | end=I
      step toImage: restart image boot | end=J
      step off: run program:string | disabled
      step stop: fail | end=K
      GIVEN count GIVEN_count
      PUSH 3
      STORE count
      GIVEN_count:
      OPEN install
      LOAD site
      NOTE "site"
      PUSH "AMS"
      CMP == string
      DECIDE install A
      PUSH "setup.exe"
      LOAD site
      PUSH "/a"
      LIST 1
      PUSH "TOOLS"
      FACT env 1
      PUSH package:0
      ACT install
      STORE text
      DONE install
      A:
      OPEN write
      PUSH "/tmp/a"
      PUSH "a"
      PUSH "b"
      CONCAT 2
      ABSENT
      ACT write
      DONE write
      V:
      PUSH "/tmp/a"
      FACT file.exists 1
      VERIFIED write
      B:
      OPEN script
      LOAD site
      GLOAD Token
      ACT script
      DONE script
      C:
      OPEN command
      PUSH "setup.exe /s "
      LOAD site
      ACT command
      DONE command
      D:
      OPEN note
      LOAD count
      BUILTIN text.int 1
      LOG note
      DONE note
      E:
      OPEN assign
      PUSH "x"
      STORE password
      LOAD site
      GSTORE Site
      LOAD count
      PUSH 2
      ARITH *
      STORE count
      STEP install code
      JPRESENT E2
      PUSH -1
      E2:
      STORE count
      DONE assign
      F:
      OPEN pause
      PUSH 90s
      ACT pause
      DONE pause
      G:
      OPEN ready
      POLL ready
      PUSH "/ready"
      FACT file.exists 1
      POLLED ready
      DONE ready
      H:
      OPEN again
      PUSH 10s
      PUSH "soon"
      ACT again
      DONE again
      I:
      OPEN toImage
      ACT toImage
      DONE toImage
      J:
      DISABLED off
      OPEN stop
      GDEFINED Site
      JFALSE J1
      LOAD site
      MATCH /^A/
      JUMP J2
      J1:
      PUSH false
      J2:
      DECIDE stop K
      PUSH "no"
      FAIL stop
      K:
      LOAD count
      RETURN 1`,
  groups: `
    sequence main
      slot a: string
      slot b: string
      slot c: string
      group outer: handler=H finally=F end=L timeout=60000
      group inner: end=M continue
      step one: run program:string | end=A
      step two: set | end=B
      step three: set | end=C
      step four: log | end=D
      step again: fail | end=N
      step last: log | end=E
      OPEN outer
      PUSH true
      DECIDE outer L
      BODY outer
      OPEN inner
      BODY inner
      OPEN one
      PUSH "x"
      ACT one
      DONE one
      A:
      LEAVE inner
      M:
      OPEN two
      PUSH "two"
      STORE a
      DONE two
      B:
      LEAVE outer
      H:
      OPEN three
      STATE error.message
      STORE a
      DONE three
      C:
      OPEN again
      STATE error.code
      PUSH 5
      CMP == int
      DECIDE again N
      FAILAGAIN again
      N:
      HANDLED outer
      F:
      OPEN four
      STATE pending.message
      JPRESENT F1
      PUSH "fine"
      F1:
      LOG four
      DONE four
      D:
      RESUME outer
      L:
      OPEN last
      STATE last.name
      LOG last
      DONE last
      E:
      RETURN 0`,
  loops: `
    sequence main
      param names: list<string>
      slot name: string
      slot item: string
      slot sizes: list<int>
      slot record: {name:string,size:int?}
      for each
      for made silent
      if choice
      step show: log | end=B
      step keep: set | end=C
      step kids: call child parameter.name:string | end=D output={first:string,second:int}
      LOAD names
      ITER each
      T:
      NEXT each name L
      LOAD name
      PUSH "x"
      CMP != string
      DECIDE choice E
      OPEN show
      LOAD name
      LOG show
      DONE show
      B:
      JUMP J
      E:
      OPEN keep
      LIST 0
      LOAD names
      ITER made
      S:
      NEXT made item M
      LOAD item
      PUSH "a*"
      BUILTIN like 2
      JFALSE S
      LOAD item
      BUILTIN string.length 1
      APPEND
      JUMP S
      M:
      STORE sizes
      LOAD name
      ABSENT
      RECORD [name,size]
      STORE record
      DONE keep
      C:
      J:
      OPEN kids
      LOAD name
      CALL kids
      POP
      DONE kids
      D:
      JUMP T
      L:
      RETURN 0
    sequence child
      param name: string
      param maybe: {part:string?}? default
      output first: string
      output second: int
      GIVEN maybe P
      ABSENT
      STORE maybe
      P:
      LOAD maybe
      JABSENT Q
      FIELD part
      Q:
      JPRESENT R
      LOAD name
      NOT_EMPTY:
      R:
      PUSH "1"
      BUILTIN int 1
      JPRESENT S
      PUSH 0
      S:
      RETURN 2`,
  nested: `
    global Mode
    sequence main
      param rounds: list<int>
      param limit: int? default
      slot round: int
      slot word: string
      slot kept: list<string>
      slot note: string
      output notes: list<string>
      for each
      for words silent
      group body: handler=H finally=F end=L continue timeout=5000
      group clean: finally=I end=M
      if late
      step try: run program:string environment.WORDS:string? | end=A continue retry=1 output=string label=try
      step check: fail | end=B
      step kids: call child parameter.depth:int | end=C
      step caught: call child parameter.depth:int | end=D continue
      step raise: fail | end=E
      step tidy: log | end=G untitled
      step sweep: run program:string | end=J continue interruption=rerun
      step keep: set | end=K untitled
      GIVEN limit P
      ABSENT
      STORE limit
      P:
      PUSH list<string>:["none"]
      STORE kept
      LOAD rounds
      ITER each
      T:
      NEXT each round X
      OPEN body
      LOAD limit
      LOAD round
      CMP != int
      JFALSE W0
      GLOAD Mode
      BUILTIN nonEmpty 1
      PUSH "off"
      CMP != string
      NOTE "Mode"
      JUMP W1
      W0:
      PUSH false
      W1:
      NOT
      DECIDE body L
      BODY body
      OPEN try
      PUSH "probe"
      LOAD round
      PUSH 1
      CMP > int
      JFALSE O1
      LIST 0
      LOAD kept
      ITER words
      S:
      NEXT words word S2
      LOAD word
      PUSH "none"
      CMP != string
      JFALSE S
      LOAD word
      BUILTIN upper 1
      APPEND
      JUMP S
      S2:
      PUSH " "
      BUILTIN join 2
      JUMP O2
      O1:
      ABSENT
      O2:
      ACT try
      GSTORE Mode
      DONE try
      A:
      OPEN check
      STEP try succeeded
      JPRESENT Q1
      PUSH false
      Q1:
      NOT
      DECIDE check B
      PUSH "no probe"
      FAIL check
      B:
      OPEN clean
      BODY clean
      OPEN kids
      LOAD round
      CALL kids
      DONE kids
      C:
      LEAVE clean
      I:
      OPEN sweep
      STATE pending.reason
      JPRESENT R1
      PUSH "none"
      R1:
      ACT sweep
      DONE sweep
      J:
      RESUME clean
      M:
      LEAVE body
      H:
      STATE error.code
      PUSH 7
      CMP == int
      DECIDE late E2
      OPEN caught
      PUSH 2
      PUSH 0
      ARITH /
      CALL caught
      DONE caught
      D:
      JUMP E
      E2:
      OPEN raise
      STATE error.message
      PUSH " again"
      CONCAT 2
      FAIL raise
      E:
      HANDLED body
      F:
      OPEN tidy
      LOAD round
      BUILTIN text.int 1
      LOG tidy
      DONE tidy
      G:
      RESUME body
      L:
      OPEN keep
      LOAD kept
      GLOAD Mode
      APPEND
      STORE kept
      DONE keep
      K:
      JUMP T
      X:
      LOAD kept
      RETURN 1
    sequence child
      param depth: int
      group guard: finally=F end=L
      step deep: wait duration:duration | end=A
      step stop: fail | end=B
      OPEN guard
      BODY guard
      OPEN deep
      PUSH 2s
      LOAD depth
      ARITH *
      ACT deep
      DONE deep
      A:
      LEAVE guard
      F:
      OPEN stop
      LOAD depth
      PUSH 3
      CMP >= int
      DECIDE stop B
      PUSH "too deep"
      FAIL stop
      B:
      RESUME guard
      L:
      RETURN 0`,
};
