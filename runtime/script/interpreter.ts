// How each script language is started, and what its text looks like as a file.

export type ScriptLanguage = "sh" | "bash" | "powershell" | "cmd" | "python";

export interface ScriptForm {
  readonly extension: string;
  /** Interpreters in order of preference, each with what stands before the script's path. */
  readonly interpreters: readonly { readonly program: string; readonly args: readonly string[] }[];
}

const powershellArgs = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File"] as const;

/** Interpreter and file name extension on this platform; null: the language has none here. */
export function scriptForm(language: ScriptLanguage, windows: boolean): ScriptForm | null {
  switch (language) {
    case "sh":
      return { extension: "sh", interpreters: [{ program: windows ? "sh" : "/bin/sh", args: ["-e"] }] };
    case "bash":
      return {
        extension: "sh",
        interpreters: [{ program: "bash", args: ["--noprofile", "--norc", "-e", "-o", "pipefail"] }],
      };
    case "powershell":
      return {
        extension: "ps1",
        interpreters: windows
          ? [{ program: "powershell.exe", args: powershellArgs }]
          : [{ program: "pwsh", args: ["-NoProfile", "-NonInteractive", "-File"] }],
      };
    case "python":
      return {
        extension: "py",
        interpreters: windows
          ? [
              { program: "python3", args: [] },
              { program: "py", args: ["-3"] },
            ]
          : [{ program: "python3", args: [] }],
      };
    case "cmd":
      return windows
        ? { extension: "cmd", interpreters: [{ program: "cmd.exe", args: ["/d", "/e:on", "/v:off", "/c"] }] }
        : null;
  }
}

/** The bytes of the script file. The text is the plan's, unchanged but for what the interpreter needs. */
export function scriptBytes(language: ScriptLanguage, text: string, windows: boolean): Buffer {
  if (language === "powershell") return powershellBytes(text, windows);
  if (language === "cmd") return Buffer.from(text.replaceAll("\n", "\r\n"), "latin1");
  return Buffer.from(text, "utf8");
}

function powershellBytes(text: string, windows: boolean): Buffer {
  // param, using and #requires must stand first; such a script decides for itself what an error is.
  const first = text.replace(/<#.*?#>/gs, "").replace(/^(?:\s|#(?!requires).*)*/i, "");
  const decidesItself = /^(?:param|using|#requires|\[CmdletBinding)/i.test(first) || /^\s*#requires/im.test(text);
  const prefix = decidesItself
    ? ""
    : "$ErrorActionPreference='Stop'; $OutputEncoding=[Console]::OutputEncoding=[Text.UTF8Encoding]::new($false); ";
  const body = prefix + comClass(text) + text;
  // Windows PowerShell takes a file without byte order mark for the system's code page.
  return windows ? Buffer.from(`\ufeff${body.replaceAll("\n", "\r\n")}`, "utf8") : Buffer.from(body, "utf8");
}

/**
 * For scripts that ask for the task sequence environment of Configuration Manager: the same object over SEQUITUR_SET. It stands
 * on the first line, so that line numbers in messages stay those of the script. Visual Basic, since `Value(name) = …` needs a
 * property with a parameter.
 */
function comClass(text: string): string {
  if (!/Microsoft\.SMS\.TSEnvironment/i.test(text)) return "";
  const source = environmentClass.map((line) => `'${line}'`).join(",");
  return `Add-Type -Language VisualBasic ((${source}) -join [char]10); ${environmentFunction} `;
}

const environmentClass = [
  "Public Class SequiturTSEnvironment",
  "Public Property Value(name As String) As String",
  "Get",
  'Return If(System.Environment.GetEnvironmentVariable(name), "")',
  "End Get",
  "Set(text As String)",
  'Dim mark = "END" & System.Guid.NewGuid().ToString("N")',
  "Dim lf = System.Convert.ToChar(10)",
  'Dim path = System.Environment.GetEnvironmentVariable("SEQUITUR_SET")',
  'System.IO.File.AppendAllText(path, name & "<<" & mark & lf & text & lf & mark & lf)',
  "System.Environment.SetEnvironmentVariable(name, text)",
  "End Set",
  "End Property",
  "Public Function GetVariables() As String()",
  "Dim names = System.Environment.GetEnvironmentVariables().Keys",
  "Dim list(names.Count - 1) As String",
  "names.CopyTo(list, 0)",
  "Return list",
  "End Function",
  "End Class",
] as const;

const environmentFunction =
  "function New-Object { [CmdletBinding()] param([Parameter(Position=0)][string]$TypeName, [string]$ComObject, " +
  "[Parameter(Position=1)][object[]]$ArgumentList, [hashtable]$Property, [switch]$Strict) " +
  "if ($ComObject -eq 'Microsoft.SMS.TSEnvironment') { [SequiturTSEnvironment]::new() } " +
  "else { Microsoft.PowerShell.Utility\\New-Object @PSBoundParameters } }";
