import { type Cost, cheapestWindow, countedCost, gramAt, guessedCost, slotOf } from "./windows.js";

/** Four grams in a row: one of them lies on an offset divisible by four. */
const LONG = 7;
/** Two grams in a row: one of them lies on an even offset. */
const MIDDLE = 5;
/** What the table says of a gram: it betrays long literals only, or also shorter ones. */
const OF_LONG = 1;
const OF_MIDDLE = 2;
/** So many bytes tell which grams are common in a source; shorter chunks are not worth learning from. */
const SAMPLE = 128 << 10;
/** More candidates than one in so many probes: the windows are chosen anew, though not for every chunk. */
const TOLERABLE = 32;
const PATIENCE = 32;

/**
 * Finds the places in a chunk where one of many literals stands, in one pass over the bytes, without caring which.
 *
 * For every literal a window of seven bytes is chosen; whatever the alignment, one of its four 4-grams lies on an
 * offset divisible by four. So probing every fourth offset in a hash table of 4-grams finds each window; a
 * candidate is then compared byte by byte. For literals of five and six bytes every second offset is probed; shorter ones are
 * searched one by one with the runtime's own search. Windows are chosen for grams that are rare in the source's beginning,
 * and again when too many candidates turn out to be none.
 * (The idea of multi-pattern filters over q-grams is that of Wu and Manber, "A fast algorithm for multi-pattern
 * searching", 1994.)
 */
export class Prefilter {
  private readonly literals: Buffer[] = [];
  private readonly short: Buffer[] = [];
  private readonly probesHalves: boolean;
  private readonly table = new Uint8Array(1 << 15);
  private readonly bucketOf = new Int32Array(1 << 15);
  private buckets: { literal: Buffer; at: number }[][] = [];
  private hits = new Int32Array(1024);
  private count = 0;
  private candidates = 0;
  /** Chunks until the windows may be chosen again. */
  private patience = 0;
  /** A literal begins before the gram that betrayed it, so finds can come out of order. */
  private disordered = false;

  /** @param literals texts of one char per byte; the empty ones are ignored */
  constructor(literals: readonly string[]) {
    for (const text of [...new Set(literals)].sort()) {
      if (text.length >= MIDDLE) this.literals.push(Buffer.from(text, "latin1"));
      else if (text.length > 0) this.short.push(Buffer.from(text, "latin1"));
    }
    this.probesHalves = this.literals.some(({ length }) => length < LONG);
    this.choose(guessedCost);
  }

  /**
   * Offsets at which some literal begins, ascending, possibly the same one twice. The array is used again by the next call.
   * @param end how many bytes of the chunk to look at
   */
  search(chunk: Buffer, end: number): { hits: Int32Array; count: number } {
    this.count = 0;
    this.candidates = 0;
    this.disordered = false;
    if (chunk.byteOffset % 4 === 0) this.probeWords(chunk, end);
    else this.probeBytes(chunk, end);
    for (const literal of this.short) {
      const { length } = literal;
      for (let at = chunk.indexOf(literal); at >= 0 && at < end; at = chunk.indexOf(literal, at + length))
        this.add(at);
    }
    if (this.disordered) this.hits.subarray(0, this.count).sort();
    this.patience--;
    if (end >= SAMPLE && this.patience < 0 && this.candidates - this.count > (end >> 2) / TOLERABLE) {
      this.patience = PATIENCE;
      this.choose(countedCost(chunk.subarray(0, SAMPLE)));
    }
    return { hits: this.hits, count: this.count };
  }

  private probeWords(chunk: Buffer, end: number): void {
    const { table, probesHalves } = this;
    const words = end >> 2;
    const ints = new Int32Array(chunk.buffer, chunk.byteOffset, words);
    let word = words > 0 ? ints[0]! : 0;
    for (let i = 0; i < words; i++) {
      const slot = slotOf(word);
      if (table[slot] !== 0) this.verify(chunk, end, i << 2, slot);
      const next =
        i + 1 < words ? ints[i + 1]! : (chunk[end & ~3] ?? 0) | ((chunk[(end & ~3) + 1] ?? 0) << 8);
      if (probesHalves) {
        // What lies behind the end may take part here: whatever it betrays does not fit and is no hit.
        const half = slotOf((word >>> 16) | (next << 16));
        if (table[half]! >= OF_MIDDLE) this.verify(chunk, end, (i << 2) + 2, half);
      }
      word = next;
    }
  }

  /** The same for a chunk that begins between two words: rare, so that it need not be fast. */
  private probeBytes(chunk: Buffer, end: number): void {
    for (let at = 0; at + 4 <= end; at += 2) {
      const slot = slotOf(gramAt(chunk, at));
      if (this.table[slot] !== 0) this.verify(chunk, end, at, slot);
    }
  }

  /** Chooses each literal's window and enters its grams. */
  private choose(cost: Cost): void {
    this.table.fill(0);
    this.buckets = [];
    for (const literal of this.literals) {
      const grams = literal.length < LONG ? 2 : 4;
      const window = cheapestWindow(literal, grams, cost);
      for (let at = window; at < window + grams; at++) {
        const slot = slotOf(gramAt(literal, at));
        if (this.table[slot] === 0) this.bucketOf[slot] = this.buckets.push([]) - 1;
        this.table[slot]! |= grams === 2 ? OF_MIDDLE : OF_LONG;
        this.buckets[this.bucketOf[slot]!]!.push({ literal, at });
      }
    }
  }

  private verify(chunk: Buffer, end: number, offset: number, slot: number): void {
    this.candidates++;
    const bucket = this.buckets[this.bucketOf[slot]!]!;
    for (let k = 0; k < bucket.length; k++) {
      const { literal, at } = bucket[k]!;
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
