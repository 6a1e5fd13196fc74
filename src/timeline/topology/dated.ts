import { comparable } from "../../model/time.js";

/** Changes of one value that are remembered. */
const MAX_CHANGES = 64;

/** A value that changes, such as the bridge that an interface is a port of: what it was said to be, and when. */
export class Dated<T> {
  private changes: { time: number; value: T | undefined }[] = [];
  private undated: T | undefined;

  /**
   * @param value `undefined`: from then on it has none
   * @param time µs UTC; NaN when nobody knows
   */
  set(value: T | undefined, time: number): void {
    if (Number.isNaN(time)) {
      this.undated = value ?? this.undated;
      return;
    }
    let at = this.changes.length;
    while (at > 0 && this.changes[at - 1]!.time > time) at--;
    if (at > 0 && this.changes[at - 1]!.value === value) return;
    this.changes.splice(at, 0, { time, value });
    if (this.changes.length > MAX_CHANGES) this.changes.shift();
  }

  /**
   * What it was at `time` (µs UTC): as said last before then, else as said first after it, else as said at an unknown time. With NaN, what
   * it was said to be last.
   */
  at(time: number): T | undefined {
    if (Number.isNaN(time))
      return this.changes.findLast(({ value }) => value !== undefined)?.value ?? this.undated;
    const changes = this.changes.filter((change) => comparable(change.time, time));
    const before = changes.findLast((change) => change.time <= time);
    if (before !== undefined) return before.value;
    return changes.find(({ value }) => value !== undefined)?.value ?? this.undated;
  }
}
