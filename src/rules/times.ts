import { isFloating } from "../model/time.js";

/** Dated times first, then those without a known date, then none: their order among each other means nothing. */
function rank(time: number): number {
  if (Number.isNaN(time)) return 2;
  return isFloating(time) ? 1 : 0;
}

/** Orders times (µs), for sorting: the same for the same evidence. */
export function compareTimes(a: number, b: number): number {
  return rank(a) - rank(b) || (Number.isNaN(a) ? 0 : a - b);
}

/** A span of time that grows. A dated time drives out what has no date; nothing without a time counts. */
export class Span {
  from = Number.NaN;
  /** The latest that its begin can have been. */
  latestFrom = Number.NaN;
  to = Number.NaN;

  /** @param from µs, with `latestFrom` where it is an interval */
  stretch(from: number, latestFrom: number, to: number): void {
    const better = rank(from) - rank(this.from);
    if (Number.isNaN(from) || better > 0) return;
    if (better < 0) {
      this.from = from;
      this.latestFrom = latestFrom;
      this.to = to;
      return;
    }
    if (from < this.from) {
      this.from = from;
      this.latestFrom = latestFrom;
    }
    if (to > this.to) this.to = to;
  }
}
