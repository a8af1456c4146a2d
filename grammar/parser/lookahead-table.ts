// Generated from the grammar's rules by `npm test -- --update`; see lookahead.ts. Do not edit.
import type { LookaheadTable } from "./lookahead.ts";

/** The token types that each decision chooses by. */
export const lookaheadTable: LookaheadTable = {
  path: {
    MANY0: ["Dot"],
  },
  string: {
    OR0: ["String", "StringStart"],
  },
  template: {
    MANY0: ["StringMiddle"],
  },
  list: {
    OPTION0: [
      "Word_for Word_not Minus String StringStart Number Word_true Word_false Name Word_run LParen LSquare LCurly Word_if",
    ],
    OR0: [
      "Word_for",
      "Word_not Minus String StringStart Number Word_true Word_false Name Word_run LParen LSquare LCurly Word_if",
    ],
    OPTION3: ["Word_if"],
    MANY0: ["Comma"],
    OPTION2: [
      "Word_not Minus String StringStart Number Word_true Word_false Name Word_run LParen LSquare LCurly Word_if",
    ],
  },
  record: {
    MANY0: ["Word String StringStart"],
    OPTION0: ["Comma"],
  },
  field: {
    OR0: ["Word", "String StringStart"],
    OPTION0: ["Word_when"],
  },
  expr: {
    MANY0: ["BinaryOperator"],
  },
  operand: {
    MANY0: ["Word_not Minus"],
    OR1: ["Word_not", "Minus"],
    OR0: [
      "String StringStart",
      "Number",
      "Word_true",
      "Word_false",
      "Name",
      "Word_run",
      "LParen",
      "LSquare",
      "LCurly",
      "Word_if",
    ],
    MANY2: ["Dot QuestionDot LParen"],
    OR2: ["Dot", "QuestionDot", "LParen"],
    OPTION0: [
      "Word_not Minus String StringStart Number Word_true Word_false Name Word_run LParen LSquare LCurly Word_if",
    ],
    MANY3: ["Comma"],
    OPTION2: [
      "Word_not Minus String StringStart Number Word_true Word_false Name Word_run LParen LSquare LCurly Word_if",
    ],
  },
  type: {
    OPTION0: ["Pipe"],
    MANY0: ["Pipe"],
  },
  optionalType: {
    OR0: [
      "String StringStart",
      "Minus",
      "Number",
      "Word_true",
      "Word_false",
      "Word_secret",
      "Word_step",
      "Word_sequence",
      "Name",
      "LCurly",
      "LParen",
    ],
    OPTION0: ["Less"],
    MANY0: ["Question Coalesce"],
    OR2: ["Question", "Coalesce"],
  },
  recordType: {
    MANY0: ["Word"],
    OPTION0: ["Comma"],
  },
  action: {
    OR0: [
      "Word_run",
      "Word_commandline",
      "Word_sh",
      "Word_bash",
      "Word_powershell",
      "Word_cmd",
      "Word_python",
      "Word_use",
      "Word_call",
      "Word_set",
      "Word_restart",
      "Word_log",
      "Word_fail",
      "Word_wait",
    ],
    OPTION0: ["Word_unchecked"],
    OR1: ["String StringStart", "Word_file"],
    OR2: ["String StringStart", "Word_file"],
    OR3: ["String StringStart", "Word_file"],
    OR4: ["String StringStart", "Word_file"],
    OR5: ["String StringStart", "Word_file"],
    OPTION1: ["LCurly"],
    OPTION2: ["LCurly"],
    OPTION4: ["String StringStart"],
    OPTION5: ["Word_until"],
  },
  restart: {
    OPTION0: ["Word_to"],
    OPTION2: ["Word_after"],
    OPTION3: ["Word_message"],
  },
  set: {
    OR0: ["LCurly", "Name"],
    MANY0: ["Name"],
    OPTION0: ["Word_when"],
    OPTION2: ["Comma"],
    MANY2: ["Comma"],
  },
  clause: {
    OR0: [
      "Word_when",
      "Word_success",
      "Word_reboots",
      "Word_retry",
      "Word_timeout",
      "Word_as",
      "Word_from",
      "Word_workdir",
      "Word_env",
      "Word_args",
      "Word_into",
      "Word_continue",
      "Word_needs",
      "Word_on",
      "Word_disabled",
      "Word_foreign",
    ],
    MANY1: ["Comma"],
    MANY2: ["Comma"],
    OPTION0: ["Word_every"],
    OPTION2: ["Word_doubling"],
    OR1: ["LSquare", "String StringStart"],
    OR2: ["Word_winpe", "Word_fullos"],
    OR3: ["Word_fail", "Word_rerun", "Word_verify"],
    OPTION3: ["String StringStart"],
  },
  code: {
    OR0: ["Minus Number", "Name"],
    OPTION0: ["Minus"],
  },
  statement: {
    OR0: [
      "Word_step Word_run Word_commandline Word_sh Word_bash Word_powershell Word_cmd Word_python Word_use Word_call Word_set Word_restart Word_log Word_fail Word_wait",
      "Word_group",
      "Word_if",
      "Word_for",
    ],
  },
  step: {
    OPTION0: ["Word_step"],
    OPTION1: ["Name"],
    OPTION2: ["String StringStart"],
    MANY0: [
      "Word_when Word_success Word_reboots Word_retry Word_timeout Word_as Word_from Word_workdir Word_env Word_args Word_into Word_continue Word_needs Word_on Word_disabled Word_foreign",
    ],
  },
  group: {
    OPTION1: ["Name"],
    OPTION2: ["String StringStart"],
    MANY0: [
      "Word_when Word_success Word_reboots Word_retry Word_timeout Word_as Word_from Word_workdir Word_env Word_args Word_into Word_continue Word_needs Word_on Word_disabled Word_foreign",
    ],
    OPTION3: ["Word_on"],
    OPTION4: ["Word_finally"],
  },
  if: {
    OPTION0: ["Word_else"],
    OR0: ["Word_if", "LCurly"],
  },
  block: {
    MANY0: [
      "Word_step Word_run Word_commandline Word_sh Word_bash Word_powershell Word_cmd Word_python Word_use Word_call Word_set Word_restart Word_log Word_fail Word_wait Word_group Word_if Word_for",
    ],
  },
  declaration: {
    OR0: [
      "Word_import",
      "Word_const",
      "Word_type",
      "Word_fn",
      "Word_package Word_image Word_application Word_file",
      "Word_account",
      "Word_collection Word_window",
      "Word_deployment",
      "Word_test",
      "Word_sequence",
      "Word_extern",
    ],
    OPTION0: ["String StringStart"],
  },
  import: {
    OR0: ["LCurly", "String StringStart"],
    OPTION0: ["Name"],
    MANY0: ["Comma"],
    OPTION2: ["Name"],
  },
  fn: {
    OPTION0: ["Name"],
    MANY0: ["Comma"],
    OPTION2: ["Name"],
  },
  fnParameter: {
    OPTION0: ["Assign"],
  },
  content: {
    OR0: ["Word_package", "Word_image", "Word_application", "Word_file"],
    OPTION1: ["LCurly"],
  },
  fleet: {
    OR0: ["Word_collection", "Word_window"],
    OPTION0: ["String StringStart"],
  },
  test: {
    MANY0: ["Word_given Word_when Word_expect Word_assert"],
  },
  testItem: {
    OR0: ["Word_given", "Word_when", "Word_expect", "Word_assert"],
    OR2: ["Word_step", "Word_run", "Name"],
    OR3: ["LCurly", "LSquare"],
  },
  sequence: {
    OPTION0: ["String StringStart"],
  },
  members: {
    MANY0: [
      "Word_options Word_param Word_secret Word_output Word_var Word_extern Word_global Word_step Word_run Word_commandline Word_sh Word_bash Word_powershell Word_cmd Word_python Word_use Word_call Word_set Word_restart Word_log Word_fail Word_wait Word_group Word_if Word_for",
    ],
    OR0: [
      "Word_options",
      "Word_param Word_secret Word_output Word_var Word_extern Word_global",
      "Word_step Word_run Word_commandline Word_sh Word_bash Word_powershell Word_cmd Word_python Word_use Word_call Word_set Word_restart Word_log Word_fail Word_wait Word_group Word_if Word_for",
    ],
  },
  variable: {
    OR0: ["Word_param", "Word_secret", "Word_output", "Word_var", "Word_extern Word_global"],
    OPTION1: ["Word_extern"],
    OR2: ["Word_var", "Word_secret"],
    OPTION0: ["Assign"],
  },
  file: {
    MANY0: [
      "Word_import Word_const Word_type Word_fn Word_package Word_image Word_application Word_file Word_account Word_collection Word_window Word_deployment Word_test Word_sequence Word_extern",
    ],
  },
};
