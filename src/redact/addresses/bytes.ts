import { isIPv4, isIPv6 } from "node:net";

/** The four bytes of an IPv4 address as inet_ntop prints it; `undefined` for anything else. */
export function bytes4(text: string): Uint8Array | undefined {
  return isIPv4(text) ? Uint8Array.from(text.split("."), Number) : undefined;
}

/** The sixteen bytes of an IPv6 address in any form of RFC 4291, 2.2, without a zone; `undefined` for anything else. */
export function bytes6(text: string): Uint8Array | undefined {
  if (!isIPv6(text) || text.includes("%")) return undefined;
  const dotted = text.lastIndexOf(".") < 0 ? undefined : bytes4(text.slice(text.lastIndexOf(":") + 1));
  const hex = dotted
    ? `${text.slice(0, text.lastIndexOf(":") + 1)}${hexWord(dotted, 0)}:${hexWord(dotted, 2)}`
    : text;
  const [head = "", tail] = hex.split("::");
  const words = (part: string) =>
    part === "" ? [] : part.split(":").map((word) => Number.parseInt(word, 16));
  const [before, after] = [words(head), words(tail ?? "")];
  const zeros = new Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0);
  const out = new Uint8Array(16);
  for (const [i, word] of [...before, ...zeros, ...after].entries()) {
    out[2 * i] = word >> 8;
    out[2 * i + 1] = word & 255;
  }
  return out;
}

const hexWord = (bytes: Uint8Array, at: number) => ((bytes[at]! << 8) | bytes[at + 1]!).toString(16);

export const text4 = (bytes: Uint8Array): string => bytes.join(".");

/** The text of an IPv6 address as inet_ntop and RFC 5952 write it. */
export function text6(bytes: Uint8Array): string {
  const words = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!);
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (at + length < 8 && words[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  if (best.at === 0 && best.length === 5 && words[5] === 0xffff) return `::ffff:${text4(bytes.subarray(12))}`;
  const hex = (from: number, to: number) =>
    words
      .slice(from, to)
      .map((word) => word.toString(16))
      .join(":");
  return best.at < 0 ? hex(0, 8) : `${hex(0, best.at)}::${hex(best.at + best.length, 8)}`;
}

/** Clears all bits behind the first `length`: the address of the network. */
export function networkOf(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.map((octet, i) => octet & (0xff00 >> Math.min(8, Math.max(0, length - i * 8))));
}
