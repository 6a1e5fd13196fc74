/** One row of a Zeek log, whatever it was written in: values by the names of Zeek's columns. */
export interface ZeekRow {
  /** The text of a column; `undefined` when it is unset. */
  text(name: string): string | undefined;
  /** The members of a set or vector; none when it is unset or empty. */
  list(name: string): readonly string[];
}

/** A number in a column; `undefined` when it is unset. */
export function numberIn(row: ZeekRow, name: string): number | undefined {
  const text = row.text(name);
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** A flag in a column: `T` and `F`, or JSON's words. */
export function flagIn(row: ZeekRow, name: string): boolean | undefined {
  const text = row.text(name);
  return text === "T" || text === "true" ? true : text === "F" || text === "false" ? false : undefined;
}

/** A span of time in a column, in seconds there: ns. */
export function spanIn(row: ZeekRow, name: string): number | undefined {
  const seconds = numberIn(row, name);
  return seconds === undefined ? undefined : Math.round(seconds * 1e6) * 1000;
}
