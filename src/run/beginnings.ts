import { PacketReader } from "../decode/packet/reader.js";
import { openChunks, type Packing, PackingError } from "../evidence/open.js";
import { type FoundFile, reasonOf } from "../evidence/walk.js";

/** Why nothing at all comes out of a packed file; `undefined` when nothing was put in. */
export async function damageAtOnce({ absolute }: FoundFile, packing: Packing): Promise<string | undefined> {
  try {
    for await (const _ of openChunks(absolute, packing)) break;
    return undefined;
  } catch (error) {
    const reason = error instanceof PackingError ? error.message : reasonOf(error);
    return `the data that is packed with ${packing} is damaged from its beginning on (${reason}); nothing of it could be read`;
  }
}

/** Enough of a capture to learn which day it is. */
const FEW_PACKETS = 8 << 10;

/** The times of the packets in a capture's beginning. */
export function rangeOfPackets(head: Buffer): [number, number] | undefined {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const reader = new PacketReader(0, (events) => {
    for (const { time } of events) {
      from = Math.min(from, time);
      to = Math.max(to, time);
    }
  });
  reader.push(head.subarray(0, FEW_PACKETS));
  reader.end();
  return from <= to ? [from, to] : undefined;
}
