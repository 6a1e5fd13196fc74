/** Sources are read in pieces between these lengths. */
const LEAST_PIECE_BYTES = 32 << 10;
const MOST_PIECE_BYTES = 1 << 20;

/**
 * How many bytes of each source are looked at, so that all together cost no more than `total`: small sources are read whole, the larger
 * ones share the rest evenly ("water filling").
 *
 * @param sizes bytes of each source
 */
export function shares(sizes: readonly number[], total: number): number[] {
  const order = [...sizes.keys()].sort((a, b) => sizes[a]! - sizes[b]! || a - b);
  const result = sizes.map(() => 0);
  let left = total;
  for (const [taken, place] of order.entries()) {
    const share = Math.min(sizes[place]!, Math.floor(left / (order.length - taken)));
    result[place] = share;
    left -= share;
  }
  return result;
}

/** How a source is read of which only so many bytes are looked at: not much beyond them. */
export function piecesOf(most: number): { stretchBytes: number; chunkBytes: number } {
  const bytes = Math.min(MOST_PIECE_BYTES, Math.max(LEAST_PIECE_BYTES, (most >> 1) & ~0xfff));
  return { stretchBytes: bytes, chunkBytes: bytes };
}
