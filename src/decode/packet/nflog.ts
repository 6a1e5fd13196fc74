import type { Frame } from "./frame.js";
import { readVersion } from "./ppp.js";

const HEADER = 4;
/** NFULA_PAYLOAD of linux/netfilter/nfnetlink_log.h. */
const PAYLOAD = 9;

/**
 * LINKTYPE_NFLOG, what `tcpdump -i nflog` writes: a header, then values with length and type in the capturing host's byte order, which its
 * first length betrays; the packet is one of them. Gives false when there is none.
 */
export function readNflog(frame: Frame): boolean {
  const { bytes, end } = frame;
  let at = frame.at + HEADER;
  if (at + 4 > end) return false;
  const isLittle = bytes[at]! !== 0;
  const u16 = (from: number) =>
    isLittle ? bytes[from]! | (bytes[from + 1]! << 8) : (bytes[from]! << 8) | bytes[from + 1]!;
  while (at + 4 <= end) {
    const length = u16(at);
    if (length < 4) return false;
    if ((u16(at + 2) & 0x7fff) === PAYLOAD) {
      frame.at = at + 4;
      return readVersion(frame);
    }
    at += (length + 3) & ~3;
  }
  return false;
}
