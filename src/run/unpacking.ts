import type { FoundFile } from "../evidence/walk.js";

/** The name alone tells so early: what else is packed like this is found when it is looked at, and unpacked all the same. */
const ZSTD = /\.zst$/i;

/**
 * Starts what unpacks large zstd files beside the calling thread before any of them is looked at: it takes about as long as finding out what the
 * files are.
 *
 * @returns to be called when nothing is unpacked any more
 */
export async function beginUnpacking(
  files: readonly FoundFile[],
): Promise<(() => Promise<void>) | undefined> {
  const packed = files.filter(({ absolute }) => ZSTD.test(absolute));
  if (packed.length === 0) return undefined;
  const { holdThread, isLarge } = await import("../evidence/zstd-chunks.js");
  return packed.some(({ bytes }) => isLarge(bytes)) ? holdThread() : undefined;
}
