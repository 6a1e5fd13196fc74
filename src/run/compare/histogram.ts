/** Each bucket ends so much above where it begins: quantiles are right to one percent. */
const GROWTH = 1.02;
const LOG_GROWTH = Math.log(GROWTH);

/**
 * Durations in buckets that grow with them, so that quantiles need little memory however many there are, and do not
 * depend on the order in which they came (after C. Masson et al., "DDSketch", VLDB 2019).
 */
export class Histogram {
  private readonly buckets = new Map<number, number>();
  count = 0;

  /** @param us a duration in µs; below 1 µs it counts as 1 µs */
  add(us: number): void {
    const bucket = Math.floor(Math.log(Math.max(us, 1)) / LOG_GROWTH);
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + 1);
    this.count += 1;
  }

  /**
   * @param share 0…1: 0.5 for the median
   * @returns µs, the middle of the bucket; NaN when nothing was added
   */
  quantile(share: number): number {
    let left = Math.ceil(share * this.count);
    for (const [bucket, count] of [...this.buckets].sort(([a], [b]) => a - b)) {
      left -= count;
      if (left <= 0) return Math.round(GROWTH ** (bucket + 0.5));
    }
    return Number.NaN;
  }
}
