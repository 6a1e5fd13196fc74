import { textOf } from "../bytes.js";

const ESCAPES: Record<string, string> = {
  "\n": "\\n",
  "\t": "\\t",
  "\r": "\\r",
  "\x1b": "\\e",
  '"': '\\"',
  "\\": "\\\\",
};

/** Bytes as a quoted text of the grammar language. */
export function quote(bytes: string): string {
  const isText = Buffer.from(textOf(bytes), "utf8").toString("latin1") === bytes;
  const text = isText ? textOf(bytes) : bytes;
  const hidden = isText ? /[\x00-\x1f\x7f-\x9f"\\\ufeff]/g : /[\x00-\x1f\x7f-\xff"\\]/g;
  return `"${text.replace(hidden, (char) => ESCAPES[char] ?? escapeOf(char, isText))}"`;
}

function escapeOf(char: string, isText: boolean): string {
  const hex = char.charCodeAt(0).toString(16);
  return isText && char > "\x7f" ? `\\u{${hex}}` : `\\x${hex.padStart(2, "0")}`;
}

/** A record behind `sample` or `reject`: raw lines where quoting would hide what it looks like. */
export function recordText(bytes: string): string {
  const quoted = quote(bytes);
  if (!/[\\]/.test(quoted) || !isRaw(bytes)) return ` ${quoted}`;
  return bytes
    .split("\n")
    .map((line) => `\n  > ${textOf(line)}`)
    .join("");
}

/** Can the record stand in the file as it is? */
function isRaw(bytes: string): boolean {
  return !/[\x00-\x08\x0b-\x1f\x7f]/.test(bytes) && quote(bytes.replaceAll("\n", "")).search(/\\x|\\u/) < 0;
}
