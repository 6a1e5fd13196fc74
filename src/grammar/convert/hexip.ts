import { canonicalIp } from "./ip.js";

/**
 * An address as the kernel's tables under `/proc/net` print it: each 32 bits as one number in the machine's own byte order. That is
 * taken to be the little-endian one, as on x86, ARM and RISC-V.
 */
export function hexip(text: string): string | undefined {
  if (!/^(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{32})$/.test(text)) return undefined;
  const bytes: string[] = [];
  for (let word = 0; word < text.length; word += 8)
    for (let at = word + 6; at >= word; at -= 2) bytes.push(text.slice(at, at + 2));
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join(".");
  return canonicalIp(bytes.map((byte, i) => (i % 2 === 1 && i < 15 ? `${byte}:` : byte)).join(""));
}
