import type { FoundFile } from "../evidence/walk.js";

/** The name alone tells so early: what else is packed like this is found when it is looked at, and unpacked all the same. */
const ZSTD = /\.zst$/i;

/**
 * Begins to unpack the largest zstd file, if it is large, in a thread beside the calling one before any file is looked at: by the time that it is
 * read the thread runs, and its code is compiled.
 *
 * @returns to be called when nothing is unpacked any more
 */
export async function beginUnpacking(
  files: readonly FoundFile[],
): Promise<(() => Promise<void>) | undefined> {
  const [first, ...others] = files.filter(({ absolute }) => ZSTD.test(absolute));
  if (!first) return undefined;
  const { beginBeside, isLarge } = await import("../evidence/zstd-chunks.js");
  const largest = others.reduce((most, file) => (file.bytes > most.bytes ? file : most), first);
  return isLarge(largest.bytes) ? beginBeside(largest.absolute) : undefined;
}
