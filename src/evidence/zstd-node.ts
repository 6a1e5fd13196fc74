import fs from "node:fs";
import type { Transform } from "node:stream";
import zlib from "node:zlib";
import { isLikeBomb } from "./bomb.js";
import { PIECE_BYTES, seen, through } from "./through.js";
import { isOneFrame } from "./zstd-frame.js";

/** Packed bytes are read in pieces of this size. */
const PACKED_BYTES = 128 << 10;

interface Zstd {
  /** Since 22.15 and 23.8. */
  createZstdDecompress?(options: { chunkSize: number }): Transform & { bytesWritten: number };
}
const { createZstdDecompress } = zlib as Zstd;

/** Has this Node.js a decoder of zstd? */
export const hasZstd = createZstdDecompress !== undefined;

/**
 * Can Node's own decoder be trusted with a zstd file? Of what follows a frame, or lacks at its end, one version says nothing, another tells: it
 * is given only files that are one whole frame.
 * @throws the system's error
 */
export const isForNode = (file: string): boolean => hasZstd && isOneFrame(file, isLikeBomb);

/**
 * The unpacked bytes of a zstd file that {@link isForNode}, by Node's own decoder, in the threads that Node keeps for such work. Each chunk is only looked
 * at until the next is asked for. Before damage was noticed it may have given other bytes than the decoder that runs everywhere: of processors of
 * 64 bits it reads damaged blocks in another way.
 *
 * @param tap is told how many bytes were read of the packed file
 * @throws whatever is wrong
 */
export async function* zstdChunksByNode(
  file: string,
  tap: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const unpacker = createZstdDecompress!({ chunkSize: PIECE_BYTES });
  for await (const chunk of through(pieces(file, tap), unpacker)) {
    yield chunk;
    seen(chunk);
  }
  if (unpacker.bytesWritten !== fs.statSync(file).size) throw new Error("not all of it was taken");
}

async function* pieces(file: string, tap: (bytes: number) => void): AsyncGenerator<Buffer> {
  const fd = fs.openSync(file, "r");
  try {
    for (;;) {
      const piece = Buffer.allocUnsafeSlow(PACKED_BYTES);
      const length = fs.readSync(fd, piece);
      if (length === 0) return;
      tap(length);
      yield piece.subarray(0, length);
    }
  } finally {
    fs.closeSync(fd);
  }
}
