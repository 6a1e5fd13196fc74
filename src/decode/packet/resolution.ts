import { isPcap, readPcapHeader } from "./pcap-header.js";
import { isPcapng } from "./pcapng.js";
import { BIG, BLOCK, LITTLE, readInterface } from "./pcapng-blocks.js";

const PCAP_HEADER = 24;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** A block's type and length stand before its body, and its length again behind it. */
const BLOCK_HEAD = 8;
const BLOCK_TAIL = 4;

/**
 * The step of a capture's stamps, in seconds: by the magic number of a classic pcap, by `if_tsresol` of the first interface of a pcapng.
 *
 * @param head the file's beginning
 * @returns `undefined` when it breaks off too early to tell, or is no capture
 */
export function resolutionOfCapture(head: Buffer): number | undefined {
  if (isPcap(head)) return head.length < PCAP_HEADER ? undefined : 1 / readPcapHeader(head).units;
  if (!isPcapng(head)) return undefined;
  const order = LITTLE.u32(head, 8) === BYTE_ORDER_MAGIC ? LITTLE : BIG;
  for (let at = 0; at + BLOCK_HEAD <= head.length; ) {
    const length = order.u32(head, at + 4);
    if (length < BLOCK_HEAD + BLOCK_TAIL || at + length > head.length) return undefined;
    if (order.u32(head, at) === BLOCK.INTERFACE) {
      const found = readInterface(head, at + BLOCK_HEAD, at + length - BLOCK_TAIL, order);
      return found && 1 / Number(found.resolution.unitsPerSecond);
    }
    at += length;
  }
  return undefined;
}
