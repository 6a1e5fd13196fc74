import { BIG, BLOCK, LITTLE, type Order, readStatistics } from "./pcapng-blocks.js";

/** Blocks at a file's end that are looked at: statistics of so many interfaces, names, comments. */
const MOST_BLOCKS = 256;

/**
 * What the statistics at a pcapng file's end say was dropped, added up over its interfaces. Every block says its length at both ends
 * (draft-ietf-opsawg-pcapng, "General Block Structure"), so that the last ones are found from the end.
 *
 * @param tail the file's last bytes
 * @returns how many packets, and the first such block's place in `tail`; `undefined`: none, or none is told
 */
export function droppedAtEnd(tail: Buffer): { dropped: number; at: number } | undefined {
  const order = [LITTLE, BIG].find((one) => lastBlock(tail, tail.length, one) !== undefined);
  if (!order) return undefined;
  let [dropped, at] = [0, -1];
  let end = tail.length;
  for (let i = 0; i < MOST_BLOCKS; i++) {
    const begin = lastBlock(tail, end, order);
    if (begin === undefined) break;
    const type = order.u32(tail, begin);
    if (type === BLOCK.ENHANCED_PACKET || type === BLOCK.SIMPLE_PACKET || type === BLOCK.PACKET) break;
    const said =
      type === BLOCK.STATISTICS && end - begin >= 24
        ? readStatistics(tail, begin + 20, end - 4, order)
        : undefined;
    if (said?.dropped !== undefined) {
      dropped += said.dropped;
      at = begin;
    }
    end = begin;
  }
  return dropped > 0 ? { dropped, at } : undefined;
}

/** Where the block begins that ends at `end`; `undefined`: it begins before the bytes, or there is none. */
function lastBlock(tail: Buffer, end: number, order: Order): number | undefined {
  if (end < 12) return undefined;
  const length = order.u32(tail, end - 4);
  const begin = end - length;
  if (length < 12 || (length & 3) !== 0 || begin < 0) return undefined;
  return order.u32(tail, begin + 4) === length ? begin : undefined;
}
