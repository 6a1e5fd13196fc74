/** What the lines that begin with `#` say of the rows behind them (Zeek, src/logging/writers/ascii/Ascii.cc). */
export interface ZeekHeader {
  separator: string;
  /** Between the members of sets and vectors. */
  setSeparator: string;
  /** An empty text, set or vector; a value that is not there. */
  empty: string;
  unset: string;
  /** The log's name: `conn`, `dns`. */
  path: string;
  fields: readonly string[];
  types: readonly string[];
}

const HEADER_LINES = 16;
const HEADER_BYTES = 16 << 10;
const NAMES = /^#(separator|set_separator|empty_field|unset_field|path|open|fields|types)(.)(.*)$/;

/** The lines at a text's beginning that are a Zeek log's header; an empty text when it has none. */
export function zeekHead(text: string): string {
  if (!text.startsWith("#separator ") && !text.startsWith("#fields")) return "";
  const lines: string[] = [];
  for (const line of text.slice(0, HEADER_BYTES).split(/\r?\n/, HEADER_LINES)) {
    if (!NAMES.test(line)) break;
    lines.push(line);
  }
  return lines.join("\n");
}

/** Reads a header. `undefined` when it names no columns. */
export function readHeader(head: string): ZeekHeader | undefined {
  const said = new Map<string, string>();
  let separator = "\t";
  for (const line of head.split("\n")) {
    const [, name, , value] = NAMES.exec(line) ?? [];
    if (name === undefined) continue;
    // The separator's own line has a blank, and writes it as bytes.
    if (name === "separator") separator = unescaped(value!) || separator;
    else said.set(name, value!);
  }
  const fields = said.get("fields")?.split(separator);
  if (fields === undefined || fields.length < 2) return undefined;
  return {
    separator,
    setSeparator: said.get("set_separator") ?? ",",
    empty: said.get("empty_field") ?? "(empty)",
    unset: said.get("unset_field") ?? "-",
    path: said.get("path") ?? "",
    fields,
    types: said.get("types")?.split(separator) ?? [],
  };
}

/** Zeek writes bytes that are no text, and its own separators inside values, as `\x09`. */
export const unescaped = (text: string): string =>
  text.includes("\\x")
    ? text.replace(/\\x([0-9a-fA-F]{2})/g, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      )
    : text;
