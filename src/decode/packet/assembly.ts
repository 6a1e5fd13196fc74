import fs from "node:fs";
import type { PacketAccounts } from "./accounts.js";
import type { PacketSegment } from "./row.js";
import type { PacketRows } from "./row-decoder.js";
import type { SegmentConfig } from "./segment-reader.js";
import { PacketSequence } from "./sequence.js";

const CHUNK = 1 << 18;

/**
 * Puts a capture's segments, which come in order and each begin where the one before ended, in their place: numbers their
 * packets and keeps the accounts. From a segment on that depends on what lies before it, the rest is read here, in sequence.
 *
 * @param accounts are complete, and closed, when the generator is done
 * @param letGo is handed the segments that nobody looks at any more, as far as that is told ({@link PacketRows.done})
 */
export async function* assemble(
  source: number,
  file: string,
  config: SegmentConfig,
  segments: AsyncIterable<PacketSegment>,
  accounts: PacketAccounts,
  letGo?: (segment: PacketSegment) => void,
): AsyncGenerator<PacketRows> {
  let offset = -1;
  for await (const segment of segments) {
    if (segment.needsSequence) {
      offset = segment.begin;
      break;
    }
    const before = accounts.records;
    accounts.add(segment.counts);
    if (segment.length > 0) yield { source, before, segment, done: letGo && (() => letGo(segment)) };
  }
  if (offset >= 0) {
    const sequence = new PacketSequence(source, config.asked, accounts, { head: config.head, offset });
    for (const chunk of chunksFrom(file, offset)) {
      const rows = sequence.push(chunk);
      if (rows.segment.length > 0) yield rows;
    }
    const rows = sequence.end();
    if (rows.segment.length > 0) yield rows;
  }
  accounts.close();
}

/** The file's bytes from `offset` on; the same buffer is filled again for each chunk. */
function* chunksFrom(file: string, offset: number): Generator<Buffer> {
  const fd = fs.openSync(file, "r");
  const buffer = Buffer.allocUnsafeSlow(CHUNK);
  try {
    for (let at = offset; ; ) {
      // The first chunk ends at an aligned offset: reads that begin at one are faster.
      const length = fs.readSync(fd, buffer, 0, CHUNK - (at % CHUNK), at);
      if (length === 0) return;
      at += length;
      yield buffer.subarray(0, length);
    }
  } finally {
    fs.closeSync(fd);
  }
}
