/**
 * Unpacks one block of LZ4 (lz4/lz4, doc/lz4_Block_format.md): sequences of literals and of matches with what was unpacked before.
 *
 * It is written out here, since the libraries that read bare blocks either trust them, or are native code.
 *
 * @returns how many bytes were written to `target`; `undefined` when the block is damaged or `target` is too small
 */
export function unpackLz4Block(block: Uint8Array, target: Uint8Array): number | undefined {
  const { length } = block;
  let from = 0;
  let to = 0;
  while (from < length) {
    const token = block[from++]!;
    let count = token >> 4;
    if (count === 15)
      for (let more = 255; more === 255; count += more) {
        if (from >= length) return undefined;
        more = block[from++]!;
      }
    if (from + count > length || to + count > target.length) return undefined;
    for (const end = from + count; from < end; ) target[to++] = block[from++]!;
    // The last sequence has no match.
    if (from === length) return to;
    if (from + 2 > length) return undefined;
    const distance = block[from]! | (block[from + 1]! << 8);
    from += 2;
    let match = (token & 15) + LEAST_MATCH;
    if ((token & 15) === 15)
      for (let more = 255; more === 255; match += more) {
        if (from >= length) return undefined;
        more = block[from++]!;
      }
    if (distance === 0 || distance > to || to + match > target.length) return undefined;
    // A match may reach into what it writes: byte after byte.
    for (const end = to + match; to < end; to++) target[to] = target[to - distance]!;
  }
  return undefined;
}

const LEAST_MATCH = 4;
