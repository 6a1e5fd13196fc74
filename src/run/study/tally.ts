import { isFloating } from "../../model/time.js";
import { Histogram, type Stretch } from "./histogram.js";

/** Counts one source's records over time, from the times of some or of all of them. */
export class SourceTally {
  readonly whole: Histogram;
  readonly parts: readonly Histogram[];
  /** Records, or lines where only some of them were looked at, that have a time. */
  counted = 0;
  /** Were any counted whose own time was not looked at? */
  estimated = false;
  private line = 0;
  private us = Number.NaN;

  /**
   * @param bins at most so many for the whole and for each part
   * @param stretches what is counted once more, in finer bins
   */
  constructor(bins: number, stretches: readonly Stretch[] = []) {
    this.whole = new Histogram(bins);
    this.parts = stretches.map((stretch) => new Histogram(bins, stretch));
  }

  /** A record has this time, µs: its own, and of no other. A record that is told of twice, one time after the other, counts once. */
  record(line: number, us: number): void {
    if (line === this.line) return;
    this.line = line;
    if (!isDated(us)) return;
    this.counted++;
    for (const histogram of [this.whole, ...this.parts]) histogram.add(us);
  }

  /** The record at a line has this time, µs; those since the line that was told before lie between. */
  milestone(line: number, us: number): void {
    const lines = line - this.line;
    if (lines <= 0 || !isDated(us)) return;
    this.counted += lines;
    if (lines > 1) this.estimated = true;
    // What stands before the first time is counted at that.
    const before = Number.isNaN(this.us) ? us : this.us;
    this.whole.spread(Math.min(before, us), Math.max(before, us), lines - 1);
    this.whole.add(us);
    this.line = line;
    this.us = us;
  }
}

const isDated = (us: number): boolean => !Number.isNaN(us) && !isFloating(us);
