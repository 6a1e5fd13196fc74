import { droppedAtEnd } from "../decode/packet/pcapng-tail.js";
import { openChunks, readTail } from "../evidence/open.js";
import type { Gap } from "../model/source.js";
import { droppedWhy } from "../timeline/topology/gap-teller.js";
import type { Surveyed } from "./survey.js";

/** So much of a capture's end is looked at. */
const TAIL_BYTES = 16 << 10;
/** What is packed must be unpacked to be seen: not more than so many packed bytes. */
const MOST_PACKED = 64 << 20;
/** What tcpdump says when it stops (print_capture_stats in tcpdump.c); once for each run. */
const DROPPED = /^(?:\^C)?(\d{1,15}) packets? dropped by (?:kernel|interface)\r?$/gm;

/**
 * What a capture says at its end of packets that were dropped: it is known before the first absence is to be judged. They may be missing
 * anywhere in it. `undefined`: none, or the capture does not tell.
 */
export async function droppedInAll({
  kind,
  source,
  detection,
  file,
  packing,
}: Surveyed): Promise<Gap | undefined> {
  const isBinary = kind === "packets" && source.format === "pcapng";
  if (!isBinary && detection.ranked[0]?.grammar.name !== "tcpdump") return undefined;
  try {
    const { tail, length } =
      packing === "plain"
        ? { tail: readTail(file.absolute, TAIL_BYTES), length: file.bytes }
        : file.bytes > MOST_PACKED
          ? { tail: Buffer.alloc(0), length: 0 }
          : await unpackedTail(openChunks(file.absolute, packing));
    const told = isBinary ? droppedAtEnd(tail) : droppedInText(tail);
    return (
      told && {
        from: Number.NEGATIVE_INFINITY,
        to: Number.POSITIVE_INFINITY,
        why: droppedWhy(told.dropped),
        lost: told.dropped,
        offset: length - tail.length + told.at,
      }
    );
  } catch {
    // What is wrong with the file is told when it is read.
    return undefined;
  }
}

function droppedInText(tail: Buffer): { dropped: number; at: number } | undefined {
  let [dropped, at] = [0, -1];
  for (const match of tail.toString("latin1").matchAll(DROPPED)) {
    dropped += Number(match[1]);
    if (at < 0) at = match.index;
  }
  return dropped > 0 ? { dropped, at } : undefined;
}

async function unpackedTail(chunks: AsyncIterable<Buffer>): Promise<{ tail: Buffer; length: number }> {
  let tail: Buffer = Buffer.alloc(0);
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    tail = Buffer.from(
      chunk.length >= TAIL_BYTES
        ? chunk.subarray(-TAIL_BYTES)
        : Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES),
    );
  }
  return { tail, length };
}
