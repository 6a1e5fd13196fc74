/** Counts of things in time, in a row of equal spans. */
export interface Bins {
  /** µs that each span is long: a power of two. */
  width: number;
  /** Bin i counts [(first + i) · width, (first + i + 1) · width), µs since the epoch. */
  first: number;
  counts: number[];
}

/** A span of time, µs since the epoch; the end is outside. */
export interface Stretch {
  from: number;
  to: number;
}

/**
 * Counts over time with few bins, however long that is: bins begin at multiples of their width, which doubles when more would be needed.
 * What was counted does not depend on the order in which it came.
 */
export class Histogram {
  private width = 1;
  private first = 0;
  private counts: number[] = [];

  /**
   * @param most bins
   * @param within only this is counted; absent: all
   */
  constructor(
    private readonly most: number,
    private readonly within?: Stretch,
  ) {}

  /** @param us µs since the epoch */
  add(us: number, count = 1): void {
    const { within } = this;
    if (within && (us < within.from || us >= within.to)) return;
    this.cover(us, us);
    this.counts[Math.floor(us / this.width) - this.first]! += count;
  }

  /** Counts so many as lie evenly in [from, to), µs since the epoch. */
  spread(from: number, to: number, count: number): void {
    if (!(to > from)) {
      this.add(from, count);
      return;
    }
    const { within } = this;
    const begin = Math.max(from, within?.from ?? from);
    const end = Math.min(to, within?.to ?? to);
    if (begin >= end) return;
    // Of the count, what lies before a time: whole numbers whose differences add up, however wide the bins are.
    const before = (us: number) => Math.floor((count * (us - from)) / (to - from));
    this.cover(begin, end - 1);
    const { width, first, counts } = this;
    for (let bin = Math.floor(begin / width); bin * width < end; bin++) {
      const [left, right] = [Math.max(begin, bin * width), Math.min(end, (bin + 1) * width)];
      counts[bin - first]! += before(right) - before(left);
    }
  }

  /** What was counted; `undefined` when that is nothing. */
  get bins(): Bins | undefined {
    const { width, first, counts } = this;
    return counts.length === 0 ? undefined : { width, first, counts };
  }

  /** Makes room for these times, in bins twice as wide as often as it takes. */
  private cover(from: number, to: number): void {
    for (;;) {
      const { width, counts } = this;
      const empty = counts.length === 0;
      const low = Math.min(Math.floor(from / width), empty ? Number.POSITIVE_INFINITY : this.first);
      const high = Math.max(
        Math.floor(to / width),
        empty ? Number.NEGATIVE_INFINITY : this.first + counts.length - 1,
      );
      if (high - low >= this.most) {
        this.double();
        continue;
      }
      if (empty) this.first = low;
      while (this.first > low) {
        counts.unshift(0);
        this.first--;
      }
      while (this.first + counts.length <= high) counts.push(0);
      return;
    }
  }

  private double(): void {
    const { first, counts } = this;
    const half = Math.floor(first / 2);
    const joined: number[] = [];
    for (const [i, count] of counts.entries()) {
      const bin = Math.floor((first + i) / 2) - half;
      joined[bin] = (joined[bin] ?? 0) + count;
    }
    this.width *= 2;
    this.first = half;
    this.counts = joined;
  }
}
