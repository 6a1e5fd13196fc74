import { bytesOf, textOf } from "../bytes.js";

const SIMPLE: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\x07",
  e: "\x1b",
  "0": "\0",
};
const ESCAPE =
  /\\(?:u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{3})|([\s\S]))/g;

/**
 * Text of a quoted string as Go's %q, logfmt, JSON or C write it; text without quotes passes through.
 * Bytes in, text out.
 */
export function quoted(bytes: string): string {
  const mark = bytes.charCodeAt(0);
  if (
    (mark !== 34 && mark !== 39 && mark !== 96) ||
    bytes.length < 2 ||
    bytes.charCodeAt(bytes.length - 1) !== mark
  ) {
    return textOf(bytes);
  }
  const inner = bytes.slice(1, -1);
  return mark === 96 ? textOf(inner) : json(inner);
}

/** Text of the inside of a JSON, Go or C string: its escapes undone. Bytes in, text out. */
export function json(bytes: string): string {
  return textOf(bytes.indexOf("\\") < 0 ? bytes : bytes.replace(ESCAPE, undo));
}

function undo(
  _all: string,
  unit?: string,
  low?: string,
  long?: string,
  hex?: string,
  octal?: string,
  char?: string,
): string {
  if (unit !== undefined) {
    const first = Number.parseInt(unit, 16);
    const pair =
      low !== undefined ? String.fromCharCode(first, Number.parseInt(low, 16)) : String.fromCharCode(first);
    return bytesOf(pair);
  }
  if (long !== undefined) {
    const code = Number.parseInt(long, 16);
    return code <= 0x10ffff ? bytesOf(String.fromCodePoint(code)) : "\xef\xbf\xbd";
  }
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
  return SIMPLE[char!] ?? char!;
}
