import type { Clue } from "../clue.js";

/** Longer keys name nothing that is worth the room. */
const MAX_KEY = 512;

/** How often one source may tell of the same key; what is seen more often identifies no moment. */
const MAX_REPEATS = 16;

/** A hash has so many bits. */
const HASH_BITS = 32;

export interface KeepLimits {
  /** Keys of one source. */
  perSource: number;
  /** Keys of all sources together. */
  inAll: number;
}

/** More sharpen nothing. */
export const KEEP_LIMITS: KeepLimits = { perSource: 20_000, inAll: 100_000 };

/** What was kept of one source. */
class KeptSource {
  readonly byKey = new Map<string, Clue[]>();
  /** Only keys are kept whose hash begins with so many zero bits. */
  level = 0;
}

/**
 * Keeps clues in bounded memory. Where there are more than the limits allow, a sample is kept that depends on the keys
 * alone: those whose hash begins with n zero bits. What is kept at a higher n is also kept at a lower one, so that two sources
 * keep the same keys, and the order in which clues come makes no difference.
 */
export class KeptClues {
  private readonly sources = new Map<number, KeptSource>();
  private level = 0;
  private size = 0;
  /** Clues that were not kept, for want of room or as too frequent. */
  dropped = 0;

  constructor(private readonly limits: KeepLimits = KEEP_LIMITS) {}

  take(clue: Clue): void {
    const { key, source } = clue;
    let kept = this.sources.get(source);
    if (!kept) {
      kept = new KeptSource();
      this.sources.set(source, kept);
    }
    const level = Math.max(kept.level, this.level);
    if (key.length > MAX_KEY || level >= HASH_BITS || !isSampled(key, level)) {
      this.dropped++;
      return;
    }
    const list = kept.byKey.get(key);
    if (list) {
      // One more than may be kept is kept, as the sign of it.
      if (list.length <= MAX_REPEATS) list.push(clue);
      else this.dropped++;
      return;
    }
    kept.byKey.set(key, [clue]);
    this.size++;
    while (kept.byKey.size > this.limits.perSource && kept.level < HASH_BITS)
      this.thin(kept, Math.max(kept.level, this.level) + 1);
    while (this.size > this.limits.inAll && this.level < HASH_BITS) {
      this.level++;
      for (const each of this.sources.values()) if (each.level < this.level) this.thin(each, this.level);
    }
  }

  /**
   * Two sources are stamped by one clock: puts what one told to what the other did, its windows `ahead` µs earlier. What both tell of,
   * the other knows better.
   */
  join(from: number, into: number, ahead: number): void {
    const joined = this.sources.get(from);
    if (!joined) return;
    const other = this.sources.get(into);
    this.sources.delete(from);
    for (const [key, clues] of joined.byKey) {
      this.size--;
      if (other?.byKey.has(key)) continue;
      for (const { lo, hi, record } of clues)
        this.take({ key, source: into, lo: lo - ahead, hi: hi - ahead, record });
    }
  }

  /** Sources in ascending order, each with its clues by key; keys that were seen too often are left out. */
  *kept(): Generator<{ source: number; byKey: ReadonlyMap<string, readonly Clue[]> }> {
    for (const source of [...this.sources.keys()].sort((a, b) => a - b)) {
      const { byKey } = this.sources.get(source)!;
      for (const [key, list] of byKey)
        if (list.length > MAX_REPEATS) {
          byKey.delete(key);
          this.size--;
          this.dropped += list.length;
        }
      yield { source, byKey };
    }
  }

  private thin(kept: KeptSource, level: number): void {
    kept.level = level;
    for (const [key, list] of kept.byKey)
      if (!isSampled(key, level)) {
        kept.byKey.delete(key);
        this.size--;
        this.dropped += list.length;
      }
  }
}

function isSampled(key: string, level: number): boolean {
  return level === 0 || hash(key) >>> (HASH_BITS - level) === 0;
}

/** FNV-1a over UTF-16 units, then the finalizer of MurmurHash3: FNV's high bits alone differ too little for short keys. */
function hash(key: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
