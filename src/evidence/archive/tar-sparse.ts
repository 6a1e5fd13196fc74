import { PackingError } from "../packing-error.js";
import type { ByteStream } from "./byte-stream.js";
import { BLOCK_BYTES, numberAt } from "./tar-header.js";

/** A file with holes: only what lies between them is in the archive (GNU tar, "Storing Sparse Files"). */
export interface Sparse {
  /** Where data lies in the file, ascending: offset and length in bytes. */
  parts: [offset: number, length: number][];
  /** Length of the file with its holes. */
  size: number;
}

/** Where the old GNU form keeps its table: in the head, and in blocks behind it. */
const PAIRS_AT = 386;
const PAIRS = 4;
const MORE_AT = 482;
const SIZE_AT = 483;
const PAIRS_BEHIND = 21;
const MORE_BEHIND_AT = 504;
const NUMBER_BYTES = 12;
const MOST_PARTS = 1_000_000;

function pairs(block: Buffer, at: number, count: number, into: Sparse["parts"]): void {
  for (let i = 0; i < count; i++) {
    const from = at + i * 2 * NUMBER_BYTES;
    if (block[from] === 0) return;
    into.push([numberAt(block, [from, NUMBER_BYTES]), numberAt(block, [from + NUMBER_BYTES, NUMBER_BYTES])]);
  }
}

/** Reads the table of the old GNU form (type `S`), of which a part may follow the head. */
export async function readOldSparse(head: Buffer, source: ByteStream): Promise<Sparse> {
  const parts: Sparse["parts"] = [];
  pairs(head, PAIRS_AT, PAIRS, parts);
  for (let more = head[MORE_AT] !== 0; more; ) {
    const block = await source.take(BLOCK_BYTES);
    if (block.length < BLOCK_BYTES || parts.length > MOST_PARTS)
      throw new PackingError("a table of holes is damaged");
    pairs(block, 0, PAIRS_BEHIND, parts);
    more = block[MORE_BEHIND_AT] !== 0;
  }
  return checked({ parts, size: numberAt(head, [SIZE_AT, NUMBER_BYTES]) });
}

/**
 * Reads the table of the POSIX form 1.0: decimal numbers, a line each, before the data, filled up to a whole block.
 */
export async function readNewSparse(size: number, source: ByteStream): Promise<Sparse> {
  for (let text = ""; ; ) {
    const block = await source.take(BLOCK_BYTES);
    if (block.length < BLOCK_BYTES || text.length > 40 * MOST_PARTS)
      throw new PackingError("a table of holes is damaged");
    text += block.toString("latin1");
    const numbers = text.split("\n");
    const count = Number(numbers[0]);
    // What follows the last line end may be a part of a number.
    if (!(numbers.length - 1 > 2 * count)) continue;
    const parts = Array.from({ length: count }, (_, i): [number, number] => [
      Number(numbers[1 + 2 * i]),
      Number(numbers[2 + 2 * i]),
    ]);
    return checked({ parts, size });
  }
}

function checked(sparse: Sparse): Sparse {
  let end = 0;
  for (const [offset, length] of sparse.parts) {
    if (!(offset >= end && length >= 0)) throw new PackingError("a table of holes is damaged");
    end = offset + length;
  }
  if (!(sparse.size >= end)) throw new PackingError("a table of holes is damaged");
  return sparse;
}

const ZEROS = Buffer.alloc(256 << 10);

/** The file's bytes, its holes as zeros. */
export async function* withHoles({ parts, size }: Sparse, source: ByteStream): AsyncGenerator<Buffer> {
  let at = 0;
  for (const [offset, length] of [...parts, [size, 0] as const]) {
    for (; at < offset; at += Math.min(ZEROS.length, offset - at)) yield ZEROS.subarray(0, offset - at);
    yield* source.stream(length);
    at = offset + length;
  }
}
