/**
 * Counts how often a reading that begins anew, as the time of day does at midnight, did so: forwards where it falls by more than half its
 * period, and back again where a record of before the turn comes late. Smaller falls are disorder, or a clock that was set.
 */
export class Turns {
  /** Turns since the first reading; negative before it. */
  count = 0;
  private last = Number.NaN;

  /**
   * @param period after which it begins anew
   * @param late a record may come so much too late
   * @param backwards do the records run backwards in time?
   */
  constructor(
    private readonly period: number,
    private readonly late: number,
    private readonly backwards = false,
  ) {}

  /** Takes the next reading in the order of the file; NaN is none. @returns the turns up to it */
  take(reading: number): number {
    if (Number.isNaN(reading)) return this.count;
    const step = this.backwards ? this.last - reading : reading - this.last;
    if (step < -this.period / 2) this.count += this.backwards ? -1 : 1;
    else if (step > this.period - this.late) this.count += this.backwards ? 1 : -1;
    this.last = reading;
    return this.count;
  }
}
