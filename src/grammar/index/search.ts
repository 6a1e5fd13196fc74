const SLOT_BITS = 14;
const SLOTS = 1 << SLOT_BITS;
/** Two grams in a row, one of which lies on an even offset. Shorter literals are looked for by one expression for them all. */
const SPAN = 5;
/** Room for most texts; longer ones get a buffer of their own. */
const ROOM = 64 << 10;

/**
 * Which of many literals stand in a text, in one pass over it.
 *
 * Every literal has a window of five bytes, its two 4-grams are in a hash table, and every second gram of a text is looked up:
 * whatever the alignment, one of the two is met, and the literal is then compared. (Wu and Manber, "A fast algorithm for multi-pattern
 * searching", 1994, shift by such grams.) Its cost does not grow with the number of literals. Texts are latin1: one char per byte.
 */
export class LiteralSearch {
  private readonly bytes: Uint8Array;
  /** Where each literal begins in `bytes`, and where the last one ends. */
  private readonly starts: number[] = [];
  private readonly short: { literal: string; id: number }[] = [];
  private readonly anyShort: RegExp | undefined;
  /** A slot's first entry in `entries`, 0 for none; a list ends with -1. */
  private readonly slots = new Uint16Array(SLOTS);
  /** Pairs: a literal, and the offset in it of the gram. */
  private readonly entries: number[] = [-1];
  private readonly text = Buffer.allocUnsafeSlow(ROOM);
  /** What the last text had: the first `count` hold. */
  readonly found: number[] = [];
  count = 0;

  /** @param literals not empty; a find is reported by its index */
  constructor(literals: readonly string[]) {
    this.bytes = Buffer.from(literals.join(""), "latin1");
    let end = 0;
    for (const { length } of literals) this.starts.push((end += length) - length);
    this.starts.push(end);
    const slots = new Map<number, number[]>();
    const places = this.placesOfGrams();
    const counts = this.countGrams(places);
    literals.forEach((literal, id) => {
      if (literal.length < SPAN) this.short.push({ literal, id });
      else this.enter(id, slots, places, counts);
    });
    if (this.short.length > 0)
      this.anyShort = new RegExp(this.short.map(({ literal }) => escaped(literal)).join("|"), "g");
    for (const [slot, entries] of slots) {
      this.slots[slot] = this.entries.length;
      for (const entry of entries) this.entries.push(entry);
      this.entries.push(-1);
    }
  }

  /** The place in the table of the gram at each byte of `bytes`; the last three are none. */
  private placesOfGrams(): Uint16Array {
    const { bytes } = this;
    const places = new Uint16Array(bytes.length);
    let gram = 0;
    for (let at = 0; at < bytes.length; at++) {
      gram = (gram >>> 8) | (bytes[at]! << 24);
      if (at >= 3) places[at - 3] = slotOf(gram);
    }
    return places;
  }

  /** How often the literals have each gram: they are a sample of what the texts say, and words that many of them have are met often. */
  private countGrams(places: Uint16Array): Uint16Array {
    const { starts } = this;
    const counts = new Uint16Array(SLOTS);
    for (let id = 0; id + 1 < starts.length; id++) {
      const last = starts[id + 1]! - 4;
      for (let at = starts[id]!; at <= last; at++) counts[places[at]!]!++;
    }
    return counts;
  }

  /** Enters a literal by those two neighbouring grams that the fewest literals have. */
  private enter(id: number, slots: Map<number, number[]>, places: Uint16Array, counts: Uint16Array): void {
    const { starts } = this;
    const start = starts[id]!;
    const last = starts[id + 1]! - SPAN;
    let window = start;
    let least = Number.POSITIVE_INFINITY;
    let before = counts[places[start]!]!;
    for (let at = start; at <= last; at++) {
      const next = counts[places[at + 1]!]!;
      const most = Math.max(before, next);
      before = next;
      if (most < least) {
        window = at;
        least = most;
      }
    }
    for (let at = window; at <= window + 1; at++) {
      const slot = places[at]!;
      const entries = slots.get(slot);
      if (entries) entries.push(id, at - start);
      else slots.set(slot, [id, at - start]);
    }
  }

  /** Finds the literals that stand in the text, some perhaps twice. */
  scan(text: string): void {
    const { slots } = this;
    this.count = 0;
    const bytes = text.length <= ROOM ? this.text : Buffer.allocUnsafe(text.length);
    const length = bytes.write(text, "latin1");
    let low = bytes[0]! | (bytes[1]! << 8);
    for (let at = 2; at + 2 <= length; at += 2) {
      const high = bytes[at]! | (bytes[at + 1]! << 8);
      const first = slots[slotOf(low | (high << 16))]!;
      if (first !== 0) this.verify(bytes, length, at - 2, first);
      low = high;
    }
    if (this.anyShort) this.scanForShort(text, this.anyShort);
  }

  /** Each place where one of them begins: others may begin there or inside of it. */
  private scanForShort(text: string, any: RegExp): void {
    any.lastIndex = 0;
    for (let match = any.exec(text); match; match = any.exec(text)) {
      const { index } = match;
      for (const { literal, id } of this.short) if (text.startsWith(literal, index)) this.add(id);
      any.lastIndex = index + 1;
    }
  }

  private verify(bytes: Uint8Array, length: number, at: number, first: number): void {
    const { entries, starts, bytes: literals } = this;
    for (let entry = first; entries[entry]! >= 0; entry += 2) {
      const id = entries[entry]!;
      const begin = starts[id]!;
      const end = starts[id + 1]!;
      const shift = at - entries[entry + 1]! - begin;
      if (begin + shift < 0 || end + shift > length) continue;
      let i = begin;
      while (i < end && literals[i] === bytes[i + shift]) i++;
      if (i === end) this.add(id);
    }
  }

  private add(id: number): void {
    this.found[this.count++] = id;
  }
}

/** Knuth's multiplicative hashing. */
function slotOf(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> (32 - SLOT_BITS);
}

/** The literal as an expression that matches nothing else. */
const escaped = (literal: string): string =>
  literal.replace(/[^A-Za-z0-9 ]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
