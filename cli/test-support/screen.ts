// What a terminal shows after it was written to: as much of one as the live view uses.

export interface Screen {
  write(text: string): void;
  /** The lines, without blanks at their ends and blank lines at the end. */
  lines(): readonly string[];
  /** Rewraps what stands there, as terminals do when they become narrower or wider. */
  resize(columns: number): void;
}

/** A row, and whether the next one goes on with it. */
interface Row {
  text: string;
  wrapped: boolean;
}

export function createScreen(startColumns: number): Screen {
  let columns = startColumns;
  let rows: Row[] = [{ text: "", wrapped: false }];
  let row = 0;
  let column = 0;

  const put = (character: string): void => {
    if (column === columns) {
      const full = rows[row];
      if (full !== undefined) full.wrapped = true;
      down();
      column = 0;
    }
    const current = rows[row];
    if (current === undefined) return;
    const text = current.text.padEnd(column);
    current.text = text.slice(0, column) + character + text.slice(column + 1);
    column += 1;
  };
  const down = (): void => {
    row += 1;
    if (rows[row] === undefined) rows.push({ text: "", wrapped: false });
  };
  const control = (sequence: string): void => {
    const [, count = "", command = ""] = /^\u001b\[\??([0-9;]*)([A-Za-z])$/.exec(sequence) ?? [];
    const current = rows[row];
    if (command === "A") row = Math.max(0, row - Number(count || "1"));
    else if (command === "K" && current !== undefined)
      rows[row] = { text: current.text.slice(0, column), wrapped: false };
    else if (command === "J" && current !== undefined) {
      rows = [...rows.slice(0, row), { text: current.text.slice(0, column), wrapped: false }];
    } else if (command !== "m" && command !== "h" && command !== "l")
      throw new Error(`what is ${JSON.stringify(sequence)}?`);
  };

  return {
    write(text) {
      for (const [part] of text.matchAll(/\u001b\[\??[0-9;]*[A-Za-z]|[^]/g)) {
        if (part === "\n") {
          down();
          column = 0;
        } else if (part === "\r") column = 0;
        else if (part.length > 1) control(part);
        else put(part);
      }
    },
    lines() {
      const shown = rows.map(({ text }) => text.trimEnd());
      while (shown.at(-1) === "") shown.pop();
      return shown;
    },
    resize(to) {
      const logical: string[] = [];
      let open = false;
      for (const { text, wrapped } of rows) {
        if (open) logical.push((logical.pop() ?? "") + text);
        else logical.push(text);
        open = wrapped;
      }
      columns = to;
      rows = logical.flatMap((text) => {
        const parts = text.match(new RegExp(`.{1,${to}}`, "g")) ?? [""];
        return parts.map((part, index) => ({ text: part, wrapped: index < parts.length - 1 }));
      });
      row = rows.length - 1;
      column = rows[row]?.text.length ?? 0;
    },
  };
}
