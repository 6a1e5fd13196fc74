import type { FieldValue } from "../../model/event.js";
import { readTail } from "./tail.js";

/** So many records in a row whose spans only grow, or only shrink, are sorted by them: by chance once in a billion. */
const SORTED_RUN = 16;
const SORTED_DIFFERENT = 6;
/** Stamps of a thread run backwards so many times, and once in so many records: no clock is set back that often. */
const BACKWARDS = 4;
const BACKWARDS_SHARE = 20;
const MAX_THREADS = 4096;
/** Who sorts, sorts from the beginning. */
const SPANS_LOOKED_AT = 2000;

/**
 * Notices that the records are in no order of time, as after sorting in a spreadsheet. Descriptors then cannot be followed: the same
 * number stands for different things, and only what a record says by itself is true.
 */
export class Disorder {
  /** The order is known to be lost. */
  known = false;
  private readonly lastTime = new Map<number, number>();
  private backwards = 0;
  private stamped = 0;
  private spans = 0;
  private lastSpent = Number.NaN;
  private growing = 0;
  private growingSteps = 0;
  private shrinking = 0;
  private shrinkingSteps = 0;

  /** Do stamps alone tell from here on? Enough spans have been looked at. */
  get needsNoSpans(): boolean {
    return this.spans >= SPANS_LOOKED_AT;
  }

  /**
   * Takes the next record. True for each record once the order is known to be lost.
   * @param time µs, NaN unplaced
   * @param tail what stands behind its result; absent where nothing does, or where {@link needsNoSpans}
   */
  shownBy(time: number, thread: number, tail: FieldValue | undefined): boolean {
    if (this.known) return true;
    if (typeof tail === "string" && tail.length > 8 && !this.needsNoSpans) this.spent(readTail(tail).spent);
    this.stamp(time, thread);
    this.known =
      (this.backwards >= BACKWARDS && this.backwards * BACKWARDS_SHARE >= this.stamped) ||
      (this.growing >= SORTED_RUN && this.growingSteps >= SORTED_DIFFERENT) ||
      (this.shrinking >= SORTED_RUN && this.shrinkingSteps >= SORTED_DIFFERENT);
    return this.known;
  }

  private stamp(time: number, thread: number): void {
    if (Number.isNaN(time)) return;
    this.stamped++;
    const last = this.lastTime.get(thread);
    if (last !== undefined && time < last) this.backwards++;
    if (last !== undefined || this.lastTime.size < MAX_THREADS) this.lastTime.set(thread, time);
  }

  private spent(spent: number): void {
    if (Number.isNaN(spent)) return;
    this.spans++;
    const last = this.lastSpent;
    this.lastSpent = spent;
    if (Number.isNaN(last)) return;
    if (spent > last) {
      this.shrinking = 0;
      this.shrinkingSteps = 0;
    } else {
      this.shrinking++;
      if (spent < last) this.shrinkingSteps++;
    }
    if (spent < last) {
      this.growing = 0;
      this.growingSteps = 0;
    } else {
      this.growing++;
      if (spent > last) this.growingSteps++;
    }
  }
}
