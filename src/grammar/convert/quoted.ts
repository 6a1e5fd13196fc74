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
/** An escape, or a byte beyond ASCII: without any, a text is as it is written. */
const SPECIAL = /[\\\x80-\uffff]/;
/**
 * Text of a quoted string as Go's %q, logfmt, JSON or C write it; text without quotes passes through.
 * Bytes in, text out.
 */
export function quoted(bytes: string): string {
  const inner = insideOf(bytes);
  if (inner === undefined) return textOf(bytes);
  return bytes.charCodeAt(0) === BACK_QUOTE ? textOf(inner) : json(inner);
}

/** The same, bytes out: for a text that is handed on to a further layer. */
export function quotedBytes(bytes: string): string {
  const inner = insideOf(bytes) ?? bytes;
  return SPECIAL.test(inner) ? bytesOf(quoted(bytes)) : inner;
}

const BACK_QUOTE = 96;

/** What stands between quotes; `undefined` without them. */
function insideOf(bytes: string): string | undefined {
  const mark = bytes.charCodeAt(0);
  const isMark = mark === 34 || mark === 39 || mark === BACK_QUOTE;
  if (!isMark || bytes.length < 2 || bytes.charCodeAt(bytes.length - 1) !== mark) return undefined;
  return bytes.slice(1, -1);
}

/** Text of the inside of a JSON, Go or C string: its escapes undone. Bytes in, text out. */
export function json(bytes: string): string {
  return SPECIAL.test(bytes) ? textOf(unescaped(bytes)) : bytes;
}

/** Nearly all escapes are one char behind a backslash: these are undone without an expression. */
function unescaped(bytes: string): string {
  let result = "";
  let from = 0;
  for (let at = bytes.indexOf("\\"); at >= 0; at = bytes.indexOf("\\", from)) {
    if (at + 1 === bytes.length || mayBeLong(bytes.charCodeAt(at + 1)))
      return result + bytes.slice(from).replace(ESCAPE, undo);
    const char = bytes[at + 1]!;
    result += bytes.slice(from, at) + (SIMPLE[char] ?? char);
    from = at + 2;
  }
  return result + bytes.slice(from);
}

/** Can an escape with this char behind its backslash have more of them? `u`, `U`, `x` and octal digits. */
function mayBeLong(code: number): boolean {
  return code === 117 || code === 85 || code === 120 || (code >= 48 && code <= 55);
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
