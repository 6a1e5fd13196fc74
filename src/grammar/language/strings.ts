import { bytesOf } from "../bytes.js";

const SIMPLE: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  e: "\x1b",
  "0": "\0",
  '"': '"',
  "\\": "\\",
};

/**
 * Bytes of a quoted text of the grammar language (quotes included): `\n \t \r \e \0 \" \\`, `\xHH` (one byte),
 * `\u{H…}` (a character, as UTF-8). `error` is the first unknown escape.
 */
export function unquote(quoted: string): { bytes: string; error?: string } {
  let bytes = "";
  let error: string | undefined;
  for (const [part] of quoted
    .slice(1, -1)
    .matchAll(/\\x[0-9a-fA-F]{2}|\\u\{[0-9a-fA-F]{1,6}\}|\\[\s\S]|[^\\]+/g)) {
    if (part[0] !== "\\") bytes += bytesOf(part);
    else if (part[1] === "x" && part.length === 4)
      bytes += String.fromCharCode(Number.parseInt(part.slice(2), 16));
    else if (part[1] === "u" && part.length > 2) {
      const code = Number.parseInt(part.slice(3, -1), 16);
      if (code > 0x10ffff) error ??= part;
      else bytes += bytesOf(String.fromCodePoint(code));
    } else if (part[1]! in SIMPLE) bytes += SIMPLE[part[1]!]!;
    else error ??= part;
  }
  return { bytes, ...(error === undefined ? {} : { error }) };
}
