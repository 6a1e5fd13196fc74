import { writeCodes } from "./codes";
import { beginBlock, forgetOffsets } from "./copies";
import { forgetCodes } from "./huffman";
import { readLiterals } from "./literals";
import { runSequences } from "./sequences";
import { forgetTables } from "./tables";

export { beginChecksum, endChecksum, takeStripes } from "./checksum";

/** Nothing of a frame is left when the next begins. */
export function beginFrame(): void {
  writeCodes();
  forgetCodes();
  forgetOffsets();
  forgetTables();
}

/**
 * Unpacks a compressed block (RFC 8878, 3.1.1.3).
 * @param from where the packed block lies
 * @param size its bytes
 * @param to where in the ring it is to be unpacked
 * @param reach how many bytes of the frame lie before it, at most the window
 * @param turn where what was unpacked before the ring began anew ends
 * @returns where the unpacked block ends, or 0 when it is not in order
 */
export function unpackBlock(from: usize, size: i32, to: usize, reach: u32, turn: usize): usize {
  const end = from + size;
  const sequences = readLiterals(from, end);
  if (sequences === 0) return 0;
  beginBlock(to, reach, turn);
  return runSequences(sequences, end);
}
