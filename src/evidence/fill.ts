import fs from "node:fs";

/** Fills a piece of memory with the next bytes of the packed file. @returns how many; 0 at its end */
export type ReadPacked = (target: Uint8Array) => number;

/** Unpacks as it is asked. */
export interface FillingReader {
  /**
   * Fills `target` with the next unpacked bytes.
   *
   * @returns how many: fewer than there is room for only before the end or before damage, 0 at the end
   * @throws PackingError when the file is damaged or cut, after all bytes before that were given; the system's error
   */
  fill(target: Uint8Array): number;
  close(): void;
}

/** Pieces of this size are unpacked at a time. */
export const PIECE_BYTES = 256 << 10;

/**
 * The unpacked bytes of a file, unpacked by the calling thread as they are asked for. The same buffer is filled again for each chunk.
 *
 * @param tap is told how many bytes were read of the packed file
 * @throws what the reader throws
 */
export async function* chunksFrom(
  file: string,
  open: (read: ReadPacked) => FillingReader,
  tap?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const fd = fs.openSync(file, "r");
  const reader = open((target) => {
    const count = fs.readSync(fd, target, 0, target.length, null);
    tap?.(count);
    return count;
  });
  const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
  try {
    for (let count = reader.fill(piece); count > 0; count = reader.fill(piece))
      yield piece.subarray(0, count);
  } finally {
    reader.close();
    fs.closeSync(fd);
  }
}
