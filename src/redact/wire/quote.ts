const NAMED: Readonly<Record<number, string>> = {
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
  34: '\\"',
  92: "\\\\",
};

/**
 * Writes bytes as strace does between quotes (src/util.c, string_quote): octal, with as few digits as tell it from what follows; with
 * `-x` and `-xx` as `\xHH`.
 */
export function quoteBytes(bytes: Uint8Array, form: "octal" | "hex"): string {
  if (form === "hex") return Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
  let out = "";
  for (const [i, byte] of bytes.entries()) {
    const named = NAMED[byte];
    const next = bytes[i + 1];
    const isFollowed = next !== undefined && next >= 48 && next <= 57;
    if (named !== undefined) out += named;
    else if (byte >= 32 && byte < 127) out += String.fromCharCode(byte);
    else out += `\\${isFollowed ? byte.toString(8).padStart(3, "0") : byte.toString(8)}`;
  }
  return out;
}
