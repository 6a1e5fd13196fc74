/**
 * Finds the places in a chunk where one of many literals stands, in one pass over the bytes, without caring which.
 *
 * For every literal a window of seven bytes is chosen; whatever the alignment, one of its four 4-grams lies on an
 * offset divisible by four. So probing every fourth offset in a hash table of 4-grams finds each window; a
 * candidate is then compared byte by byte. Shorter literals are searched one by one with the runtime's own search.
 * (The idea of multi-pattern filters over q-grams is that of Wu and Manber, "A fast algorithm for multi-pattern
 * searching", 1994.)
 */
export class Prefilter {
  private readonly table: Uint8Array;
  private readonly buckets: { literal: Buffer; at: number }[][] = [];
  private readonly bucketOf: Int32Array;
  private readonly short: Buffer[] = [];
  private hits = new Int32Array(1024);
  private count = 0;
  /** A literal begins before the gram that betrayed it, so finds can come out of order. */
  private disordered = false;

  private static readonly BITS = 15;
  private static readonly WINDOW = 7;

  /** @param literals texts of one char per byte; the empty ones are ignored */
  constructor(literals: readonly string[]) {
    const size = 1 << Prefilter.BITS;
    this.table = new Uint8Array(size);
    this.bucketOf = new Int32Array(size).fill(-1);
    for (const text of [...new Set(literals)].sort()) {
      const literal = Buffer.from(text, "latin1");
      if (literal.length === 0) continue;
      if (literal.length < Prefilter.WINDOW) {
        this.short.push(literal);
        continue;
      }
      const window = rarestWindow(literal, Prefilter.WINDOW);
      for (let k = 0; k < 4; k++) {
        const at = window + k;
        const h = hash(
          literal[at]! | (literal[at + 1]! << 8) | (literal[at + 2]! << 16) | (literal[at + 3]! << 24),
        );
        this.table[h] = 1;
        if (this.bucketOf[h]! < 0) {
          this.bucketOf[h] = this.buckets.length;
          this.buckets.push([]);
        }
        this.buckets[this.bucketOf[h]!]!.push({ literal, at });
      }
    }
  }

  /**
   * Offsets at which some literal begins, ascending, possibly the same one twice. The array is used again by the next call.
   * @param end how many bytes of the chunk to look at
   */
  search(chunk: Buffer, end: number): { hits: Int32Array; count: number } {
    this.count = 0;
    this.disordered = false;
    const { table, bucketOf } = this;
    const words = end >> 2;
    const aligned = chunk.byteOffset % 4 === 0;
    if (aligned) {
      const ints = new Int32Array(chunk.buffer, chunk.byteOffset, words);
      for (let i = 0; i < words; i++) {
        const h = (Math.imul(ints[i]!, 0x9e3779b1) >>> 17) | 0;
        if (table[h] === 1) this.verify(chunk, end, i << 2, bucketOf[h]!);
      }
    } else {
      for (let i = 0; i + 3 < end; i += 4) {
        const h = hash(chunk[i]! | (chunk[i + 1]! << 8) | (chunk[i + 2]! << 16) | (chunk[i + 3]! << 24));
        if (table[h] === 1) this.verify(chunk, end, i, bucketOf[h]!);
      }
    }
    if (this.short.length > 0) {
      for (const literal of this.short) {
        for (
          let at = chunk.indexOf(literal);
          at >= 0 && at < end;
          at = chunk.indexOf(literal, at + literal.length)
        )
          this.add(at);
      }
    }
    if (this.disordered) this.hits.subarray(0, this.count).sort();
    return { hits: this.hits, count: this.count };
  }

  private verify(chunk: Buffer, end: number, offset: number, bucket: number): void {
    for (const { literal, at } of this.buckets[bucket]!) {
      const start = offset - at;
      if (start < 0 || start + literal.length > end) continue;
      let i = 0;
      while (i < literal.length && chunk[start + i] === literal[i]) i++;
      if (i === literal.length) {
        this.add(start);
        return;
      }
    }
  }

  private add(offset: number): void {
    if (this.count === this.hits.length) {
      const grown = new Int32Array(this.hits.length * 2);
      grown.set(this.hits);
      this.hits = grown;
    }
    if (this.count > 0 && offset < this.hits[this.count - 1]!) this.disordered = true;
    this.hits[this.count++] = offset;
  }
}

function hash(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> 17;
}

/** How common a byte is in logs: blanks, vowels and digits most. A static guess, enough to avoid the worst windows. */
function weight(byte: number): number {
  if (byte === 32) return 8;
  if (byte >= 48 && byte <= 57) return 4;
  if ("etaoinsr".includes(String.fromCharCode(byte))) return 3;
  if (byte >= 97 && byte <= 122) return 2;
  return 1;
}

/** Offset of the window whose commonest 4-gram is rarest. */
function rarestWindow(literal: Buffer, length: number): number {
  let best = 0;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let at = 0; at + length <= literal.length; at++) {
    let cost = 0;
    for (let k = 0; k < 4; k++) {
      let gram = 1;
      for (let j = 0; j < 4; j++) gram *= weight(literal[at + k + j]!);
      cost = Math.max(cost, gram);
    }
    if (cost < bestCost) {
      bestCost = cost;
      best = at;
    }
  }
  return best;
}
